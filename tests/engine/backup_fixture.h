// A register with some entries and a stored file, and backups of it.
#pragma once

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/runtime/register.h"
#include "engine/runtime/stored_files.h"
#include "events/catalogue.h"
#include "events/entry.h"
#include "tests/engine/scratch_directory.h"

namespace consulta::test {

namespace fs = std::filesystem;
namespace json = boost::json;

using consulta::testing::contentOf;
using consulta::testing::filesWith;
using consulta::testing::replaceContent;
using consulta::testing::ScratchDirectory;

inline const Catalogue& backupCatalogue() {
  static const Catalogue catalogue;
  return catalogue;
}

template <typename T>
std::string whyNot(const Result<T>& result) {
  return result ? std::string() : inEnglish(result.failures().front().text);
}

struct BackupFixture {
  static constexpr std::int64_t now_ns = 1'150'000'000'000'000'000;  // June 2006

  ScratchDirectory scratch;
  fs::path directory = scratch.path() / "register";
  fs::path backups = scratch.path() / "backups";
  fs::path keyFile = scratch.path() / "backup.key";
  std::unique_ptr<Register> reg;
  ActorId actor;
  int meetings = 0;
  Position first;  // a meeting with a remark

  BackupFixture() : actor(randomId<ActorId>()) {
    auto made = Register::create(backupCatalogue(), optionsFor(directory));
    REQUIRE(made.ok());
    reg = std::move(*made);
    enter("reference.listed", "language/en",
          {{"list", "language"}, {"code", "en"}, {"names", "en:English"}});
    enter("register.opened", "register:REG",
          {{"organization", "en:Test"},
           {"registerId", toText(reg->id())},
           {"timeZone", "Europe/Vienna"},
           {"languages", json::array{"en"}}});
    REQUIRE(reg->complete().ok());
    first = meeting();
  }

  static RegisterOptions optionsFor(const fs::path& where) {
    RegisterOptions out;
    out.directory = where;
    out.command = "test";
    out.clock = [] { return now_ns; };
    out.ownerWait_ms = 0;
    return out;
  }

  Submission submission(const std::string& type, const std::string& entity, json::object data,
                        const std::string& note = {}) const {
    json::object entry{
        {"type", type}, {"entity", entity}, {"occurred", "2006-04-06"}, {"data", std::move(data)}};
    if (!note.empty()) entry["note"] = note;
    auto proposal = readEntry(backupCatalogue(), entry, EntryDefaults{});
    INFO(type);
    REQUIRE(proposal.ok());
    Submission out;
    out.id = randomId<SubmissionId>();
    out.actor = actor;
    out.entries.push_back(std::move(*proposal));
    return out;
  }
  Position enter(const std::string& type, const std::string& entity, json::object data,
                 const std::string& note = {}) {
    auto receipt = reg->submit(submission(type, entity, std::move(data), note));
    INFO(whyNot(receipt));
    REQUIRE(receipt.ok());
    return receipt->records.front()->position();
  }
  Position meeting() {
    return enter("meeting.scheduled", "MTG-" + std::to_string(++meetings),
                 {{"kind", "expert-group"}, {"title", "en:Quicksilver"}}, "a private remark");
  }
  /// The entry that attached it.
  std::pair<Position, FileFacts> attach(const std::string& id, const std::string& content) {
    replaceContent(scratch.path() / "source", content);
    const auto facts = factsOfFile(scratch.path() / "source", "");
    REQUIRE(facts.ok());
    REQUIRE(reg->files().keep(*openSource(scratch.path() / "source"), *facts).ok());
    auto wanted = submission("file.attached", id,
                             {{"kind", "text"},
                              {"sha256", facts->sha256},
                              {"size", facts->size},
                              {"mediaType", facts->mediaType}});
    wanted.keptFiles.push_back(facts->sha256);
    const auto receipt = reg->submit(std::move(wanted));
    REQUIRE(receipt.ok());
    return {receipt->records.front()->position(), *facts};
  }

  Result<BackupMade> tryBackup(std::size_t keep = 0) {
    return reg->backup(backups, keyFile, keep, [](std::uint64_t, std::uint64_t) {});
  }
  BackupMade backup(std::size_t keep = 0) {
    auto made = tryBackup(keep);
    INFO(whyNot(made));
    REQUIRE(made.ok());
    return *made;
  }

  RestoreRequest request() const { return {backups, keyFile, 0, {}, std::nullopt}; }
  /// Restores into a directory of this name.
  Result<std::unique_ptr<Register>> restore(const std::string& name, const RestoreRequest& request,
                                            Restored& what) const {
    auto out = Register::restore(
        backupCatalogue(), optionsFor(scratch.path() / name), request,
        [](std::uint64_t, std::uint64_t) {}, what);
    if (out) REQUIRE((*out)->complete().ok());
    return out;
  }
  /// The rule by which it is refused; nothing is left behind then.
  std::string refusalOf(const RestoreRequest& request) const {
    Restored what;
    const auto out = restore("refused", request, what);
    if (out) return {};
    CHECK_FALSE(fs::exists(scratch.path() / "refused"));
    return out.failures().front().rule;
  }
  KnownHead head() const {
    const auto read = readKnownHead(directory.string());
    REQUIRE(read.ok());
    return *read;
  }
};

/// The bytes of all records of a register.
inline std::vector<std::string> recordsOf(const Register& reg) {
  std::vector<std::string> out;
  REQUIRE(reg.log(Position(1), reg.last(),
                  [&](const RecordPtr& record) {
                    const auto bytes = encode(record->get());
                    out.push_back(bytes);
                    return true;
                  })
              .ok());
  return out;
}

inline std::vector<fs::path> objectsOf(const fs::path& backups) {
  std::vector<fs::path> out;
  for (const auto& one : fs::recursive_directory_iterator(backups / "objects")) {
    if (one.is_regular_file()) out.push_back(one.path());
  }
  return out;
}

}  // namespace consulta::test
