// consulta backup, consulta restore.
#include <boost/json.hpp>
#include <filesystem>
#include <limits>
#include <ostream>

#include "cli/attached.h"
#include "cli/entering.h"
#include "cli/progress.h"

namespace consulta {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

constexpr const char* default_key_name = "backup.key";

/// An option that is a whole number from 1, or 0 when it was not given.
Result<std::uint64_t> numberOf(const Arguments& arguments, const std::string& option) {
  const auto written = arguments.get(option);
  if (!written) return std::uint64_t{0};
  const auto number =
      readNumber("--" + option, *written, 1, std::numeric_limits<std::int64_t>::max());
  if (!number) return number.failures();
  return static_cast<std::uint64_t>(*number);
}

/// A directory, however it was written: without the slash at its end.
fs::path directoryOf(const std::string& written) {
  const auto path = fs::path(written).lexically_normal();
  return path.has_filename() ? path : path.parent_path();
}

Arg filesWords(std::uint64_t count) {
  return arg("files", msgs("{count} file", "{count} files", count));
}

/// Said even with --quiet: it is what went wrong, though not with this one.
void sayDamaged(Session& session, const BackupMade& made) {
  for (const auto& [number, file] : made.damaged) {
    session.err() << session.speech()(
                         msg("backup {number} is damaged: {file}, the list of its files, is not "
                             "what was written there, so it cannot be restored. Backup {made} is "
                             "whole without it. Put the file back from another copy of the "
                             "backups, or remove it",
                             arg("number", number), arg("file", file.string()),
                             arg("made", made.number)))
                  << '\n';
  }
}

void printMade(Session& session, const Register& reg, const Arguments& arguments,
               const fs::path& directory, const fs::path& keyFile, const BackupMade& made) {
  if (session.options.json) {
    json::array damaged;
    for (const auto& one : made.damaged) damaged.emplace_back(one.first);
    session.out() << json::serialize(json::object{{"backup", made.number},
                                                  {"directory", directory.string()},
                                                  {"position", made.last.value},
                                                  {"hash", made.lastHash},
                                                  {"files", made.files},
                                                  {"filesNew", made.filesNew},
                                                  {"bytes", made.bytes},
                                                  {"bytesNew", made.bytesNew},
                                                  {"damaged", std::move(damaged)},
                                                  {"keyFile", keyFile.string()}})
                  << '\n';
    return;
  }
  const auto& say = session.speech();
  session.out() << say(msg("backup {number} in {directory}: everything up to entry {position}",
                           arg("number", made.number), arg("directory", directory.string()),
                           arg("position", made.last.value)))
                << '\n'
                << say(msg("{files}, {size}; new: {new}, {newSize}", filesWords(made.files),
                           arg("size", bytesText(say, made.bytes)), arg("new", made.filesNew),
                           arg("newSize", bytesText(say, made.bytesNew))))
                << '\n'
                << say(msg("its newest entry, for --behind of a restore: {position}:{hash}",
                           arg("position", made.last.value), arg("hash", made.lastHash)))
                << '\n';
  session.say(msg("keep apart from it: {key}, without which it cannot be read",
                  arg("key", keyFile.string())));
  if (const auto copy = arguments.get("keys-copy")) {
    return session.say(
        msg("the keys of personal values, which it does not hold, are copied to "
            "{keys}: keep that apart too",
            arg("keys", *copy)));
  }
  session.say(
      msg("it holds no keys of personal values: keep the newest copy of {keys} apart too, "
          "made while nobody uses the register; without it names, free texts and files "
          "stay closed",
          arg("keys", reg.keysDirectory().string())));
}

/// Through a server the directories are on its machine, written with its rights: so it takes those
/// of nobody else, and a path that means the same to both.
Status checkServersOwn(const Session& session, const Arguments& arguments) {
  if (!session.isLent()) return Done{};
  if (const auto& who = session.account.id; who != ownAccount().id && who != "uid:0") {
    return refused("backup.account",
                   msg("the server writes a backup with its own rights, so only the account that "
                       "it runs under may ask it to. Ask its administrator"));
  }
  for (const auto* name : {"DIR", "key-file", "keys-copy"}) {
    const auto path = arguments.get(name);
    if (!path || fs::path(*path).is_absolute()) continue;
    return usage("backup.path", msg("the backup is made by the server, on its machine: write the "
                                    "whole path, from / on, instead of {path}",
                                    arg("path", *path)));
  }
  return Done{};
}

int back(Session& session, const Arguments& arguments) {
  if (session.options.dryRun) {
    return session.fail(
        usage("backup.dry-run", msg("--dry-run checks what is to be entered, and a backup enters "
                                    "nothing; leave it out")));
  }
  if (auto fits = checkServersOwn(session, arguments); !fits) return session.fail(fits.failures());
  const auto keep = numberOf(arguments, "keep");
  if (!keep) return session.fail(keep.failures());
  auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto directory = directoryOf(arguments.at("DIR"));
  const fs::path keyFile = arguments.has("key-file") ? fs::path(arguments.at("key-file"))
                                                     : (*reg)->keysDirectory() / default_key_name;
  Result<BackupMade> made(BackupMade{});
  {
    Progress progress(session.err(), session.showsProgress(), session.speech()(msg("backing up")),
                      session.clock());
    made = (*reg)->backup(directory, keyFile, *keep,
                          [&](std::uint64_t done, std::uint64_t all) { progress.at(done, all); });
  }
  if (!made) return session.fail(made.failures());
  sayDamaged(session, *made);
  if (const auto copy = arguments.get("keys-copy")) {
    if (auto copied = (*reg)->copyKeys(directoryOf(*copy), directory); !copied) {
      return session.fail(copied.failures());
    }
  }
  printMade(session, **reg, arguments, directory, keyFile, *made);
  if (!session.options.json) sayDamaged(session, *made);
  return 0;
}

// --- restoring ---

Result<RestoreRequest> requestFrom(const Arguments& arguments) {
  RestoreRequest out;
  out.backup = directoryOf(arguments.at("DIR"));
  if (const auto keys = arguments.get("keys")) out.keys = directoryOf(*keys);
  if (const auto file = arguments.get("key-file")) {
    out.keyFile = *file;
  } else if (!out.keys.empty()) {
    out.keyFile = out.keys / default_key_name;
  } else {
    return usage("restore.key-file",
                 msg("say which key the backup was made with: --key-file FILE; or where a copy of "
                     "the directory \"keys\" is, if that holds it: --keys DIR"));
  }
  const auto number = numberOf(arguments, "number");
  if (!number) return number.failures();
  out.number = *number;
  if (const auto behind = arguments.get("behind")) {
    auto known = readKnownHead(*behind);
    if (!known) return std::move(known).failures();
    out.behind = *known;
  }
  return out;
}

json::object restoredJson(const Session& session, const Restored& what) {
  json::object out{{"backup", what.number},       {"directory", session.options.data.string()},
                   {"position", what.last.value}, {"files", what.files},
                   {"bytes", what.bytes},         {"dryRun", session.options.dryRun}};
  if (session.options.dryRun) return out;
  out["epoch"] = what.epoch.epoch;
  out["newEpoch"] = what.epoch.isNew;
  if (what.epoch.isNew) out["lostFrom"] = what.epoch.lostFrom;
  if (what.epoch.lostTo != 0) out["lostTo"] = what.epoch.lostTo;
  out["keys"] = what.keys;
  return out;
}

Message epochMessage(const EpochChoice& choice) {
  if (!choice.isNew) {
    return msg("nothing that was acknowledged is lost: epoch {epoch} goes on",
               arg("epoch", choice.epoch));
  }
  if (choice.lostTo != 0) {
    return msgs("entry {from} of before is lost; entry {from} says so and begins epoch {epoch}",
                "the entries {from} to {to} of before are lost; entry {from} says so and begins "
                "epoch {epoch}",
                choice.lostTo - choice.lostFrom + 1, arg("from", choice.lostFrom),
                arg("to", choice.lostTo), arg("epoch", choice.epoch));
  }
  return msg(
      "what was entered after the backup is lost, if anything was; entry {from} says so and "
      "begins epoch {epoch}",
      arg("from", choice.lostFrom), arg("epoch", choice.epoch));
}

void printRestored(Session& session, const Restored& what) {
  if (session.options.json) {
    session.out() << json::serialize(restoredJson(session, what)) << '\n';
    return;
  }
  const auto& say = session.speech();
  const auto size = arg("size", bytesText(say, what.bytes));
  const auto number = arg("number", what.number);
  const auto position = arg("position", what.last.value);
  if (session.options.dryRun) {
    session.out() << say(msg(
                         "backup {number} is whole: everything up to entry {position}, {files}, "
                         "{size}",
                         number, position, filesWords(what.files), size))
                  << '\n';
    return;
  }
  session.out() << say(msg("backup {number} is restored in {directory}: everything up to entry "
                           "{position}, {files}, {size}, all of it checked",
                           number, arg("directory", session.options.data.string()), position,
                           filesWords(what.files), size))
                << '\n'
                << say(epochMessage(what.epoch)) << '\n';
  if (what.keys) return;
  session.say(
      msg("next: put the newest copy of the key store into {keys}; until then names, free "
          "texts and files are closed, and nothing can be entered. Then \"file check\" opens the "
          "files, which only the keys can",
          arg("keys", (session.options.data / "keys").string())));
}

int restore(Session& session, const Arguments& arguments) {
  if (session.options.data.empty()) {
    return session.fail(usage("data.missing", msg("say where the register is to be: --data DIR, or "
                                                  "set CONSULTA_DATA")));
  }
  const auto request = requestFrom(arguments);
  if (!request) return session.fail(request.failures());
  Restored what;
  Status done = Done{};
  {
    Progress bar(session.err(), session.showsProgress(), session.speech()(msg("restoring")),
                 session.clock());
    const auto progress = [&](std::uint64_t at, std::uint64_t all) { bar.at(at, all); };
    if (session.options.dryRun) {
      done = Register::checkRestore(*request, progress, what);
    } else {
      std::error_code ignored;
      fs::create_directories(session.options.data.parent_path(), ignored);
      auto made = Register::restore(session.catalogue(), session.registerOptions(), *request,
                                    progress, what);
      done = made ? (*made)->complete() : Status(std::move(made).failures());
    }
  }
  if (!done) return session.fail(done.failures());
  printRestored(session, what);
  return 0;
}

Parameter keyFileOption(std::string help) {
  return {.name = "key-file", .value = "FILE", .help = std::move(help), .file = true};
}

}  // namespace

Command backupCommand() {
  Command out;
  out.name = "backup";
  out.makes = true;
  out.help = "Add a backup to a directory of backups, sealed, without keys";
  out.example = "backup /media/backups --key-file /root/consulta-backup.key";
  out.about =
      "The first backup copies everything, each later one only what is new; all of them can be "
      "restored. Every entry is read before it counts, so a damaged history is never taken for a "
      "backup. The key file is made with the first backup. The keys of personal values are no "
      "part of it, so that an erasure reaches every backup; --keys-copy copies them elsewhere.";
  out.places = {{.name = "DIR",
                 .help = "where the backups are; made when it is not there",
                 .required = true,
                 .names = Names::directory}};
  out.options = {
      keyFileOption("the key that seals them; without it backup.key among the "
                    "register's keys"),
      {.name = "keys-copy",
       .value = "DIR",
       .help = "also copy the register's keys there, in the place of an older copy; for a place "
               "apart from the backups",
       .names = Names::directory},
      {.name = "keep", .value = "N", .help = "afterwards remove all but the newest N backups"}};
  out.run = back;
  return out;
}

Command restoreCommand() {
  Command out;
  out.name = "restore";
  out.owns = true;
  out.makes = true;
  out.help = "Make a register of a backup, in a new or empty directory";
  out.example = "restore /media/backups --keys /media/keys --behind /srv/old-register";
  out.about =
      "All of it is checked before it is a register. If entries may have been acknowledged after "
      "the backup, positions are given out a second time: then a new epoch begins, with an entry "
      "that says what is lost. --behind names the newest entry that is known: the old directory, "
      "if its file \"head\" is left, or POSITION:HASH as a backup prints it. With --dry-run the "
      "backup is only checked.";
  out.places = {{.name = "DIR",
                 .help = "where the backups are",
                 .required = true,
                 .names = Names::directory}};
  out.options = {
      keyFileOption("the key that they were sealed with; without it backup.key in --keys"),
      {.name = "keys",
       .value = "DIR",
       .help = "a copy of the register's directory \"keys\", to be put in place",
       .names = Names::directory},
      {.name = "behind",
       .value = "HEAD|POSITION:HASH",
       .help = "the newest entry that is known to have been acknowledged",
       .file = true},
      {.name = "number", .value = "N", .help = "which backup; without it the newest"}};
  out.run = restore;
  return out;
}

}  // namespace consulta
