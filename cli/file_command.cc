// consulta file save, file check: the bytes of attached files, given back and verified.
#include <boost/json.hpp>
#include <cerrno>
#include <filesystem>
#include <ostream>

#include "cli/actors.h"
#include "cli/attached.h"
#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/named_file.h"
#include "cli/progress.h"
#include "engine/rules/decide.h"
#include "projections/rows.h"
#include "projections/rows/file.h"

namespace consulta {

namespace json = boost::json;
namespace fs = std::filesystem;

namespace {

/// One file of the register, as it was at the moment that was asked for.
struct Found {
  Position entry;
  FileFacts facts;
  std::string symbol;
  std::string name;  // as its owner called it; empty when that is not known or closed
};

Found foundFile(const Looking& at, const Row& row) {
  Found out{Position(row.head.id.value), factsOf(row), at.symbolOf(row.head.id), {}};
  const auto& name = as<File>(row).name;
  if (name.at) out.name = at.reveal(name.at, name.field).value_or("");
  return out;
}

Failure notWhole(FileRead outcome, const Found& file) {
  if (outcome == FileRead::closed) {
    return unavailable("file.closed",
                       msg("{file} is closed: its key is not in the key store. Restore the newest "
                           "key store, if the file was not erased",
                           arg("file", file.symbol)));
  }
  return refused("file.elsewhere",
                 msg("the bytes of {file} are not stored here, the register knows only their hash; "
                     "look for them where {file} was entered",
                     arg("file", file.symbol)));
}

/// What is in a file nobody has marked, value by value, as personal or not.
Failure notForIntegrators(const Found& file) {
  return refused(
      "role.personal",
      msg("{file} may hold personal values, and an integrator sees none unless that was "
          "granted. An administrator grants it: \"consulta register grant REG --actor YOU "
          "--role integrator --personal-values\"",
          arg("file", file.symbol)));
}

/// Streams the bytes to `sink`; anything but all of them, checked, is a failure. What the sink
/// stopped for is in errno.
Status readWhole(const Register& reg, const Found& file, const fs::path& to,
                 const ClearSink& sink) {
  const auto read = reg.files().read(file.entry, file.facts, sink);
  if (!read) return read.failures();
  if (*read == FileRead::whole) return Done{};
  if (*read == FileRead::stopped) return fileFailure(to, errno);
  return notWhole(*read, file);
}

Status saveTo(NamedFiles& files, const Register& reg, const Found& file, const fs::path& path,
              bool force) {
  Status read = Done{};
  const int why = files.write(path, force, [&](const PutBytes& put) {
    read = readWhole(reg, file, path, put);
    return static_cast<bool>(read);
  });
  if (!read || why == 0) return read;
  if (why != EEXIST) return fileFailure(path, why);
  return refused("file.save.exists", msg("{path} is there already. Name another, or give --force "
                                         "to put the file in its place",
                                         arg("path", path.string())));
}

/// Into a directory a file goes under its own name, which cannot lead out of it.
fs::path placeIn(NamedFiles& files, const fs::path& written, const Found& file) {
  if (files.look(written).kind != PathFacts::Kind::directory) return written;
  const auto name = fs::path(file.name).filename();
  return written /
         (name.empty() || name == "." || name == ".." ? fs::path(file.symbol).filename() : name);
}

/// Nothing is given out before all of it is known to be right.
Status passOn(Session& session, const Register& reg, const Found& file) {
  const auto pass = [](std::string_view) { return true; };
  if (auto whole = readWhole(reg, file, "-", pass); !whole) return whole;
  return readWhole(reg, file, "-", [&](std::string_view piece) {
    return static_cast<bool>(session.out().write(piece.data(), std::ssize(piece)));
  });
}

void printSaved(Session& session, const Found& file, const fs::path& path) {
  const bool dry = session.options.dryRun;
  if (session.options.json) {
    session.out() << json::serialize(json::object{{"path", path.string()},
                                                  {"sha256", file.facts.sha256},
                                                  {"size", file.facts.size},
                                                  {"dryRun", dry}})
                  << '\n';
  } else if (dry) {
    session.say(msg("it is whole; nothing was written, for --dry-run"));
  } else {
    session.out() << session.speech()(
                         msg("saved in {path}, and it is what was attached: {size}",
                             arg("path", path.string()),
                             arg("size", bytesText(session.speech(), file.facts.size))))
                  << '\n';
  }
}

int save(Session& session, const Arguments& arguments) {
  const bool passes = arguments.at("PATH") == "-";
  if (passes && session.options.json) {
    return session.fail(
        usage("file.save.json", msg("on standard output is either the file or what --json prints; "
                                    "leave out --json, or name a file")));
  }
  Found file;
  const int looked = look(session, [&](const Looking& at) {
    const auto id = at.find(arguments.at("FILE-ID"), {"file"});
    if (!id) return session.fail(id.failures());
    const auto row = at.state.row(*id);
    file = foundFile(at, *row);
    if (!at.seesPersonal) return session.fail({notForIntegrators(file)});
    return 0;
  });
  if (looked != 0) return looked;
  const auto reg = session.reg();
  const auto& reading = **reg;
  const fs::path path =
      passes ? fs::path("-") : placeIn(session.files(), arguments.at("PATH"), file);
  Status done = Done{};
  if (session.options.dryRun) {
    done = readWhole(reading, file, path, [](std::string_view) { return true; });
  } else if (passes) {
    done = passOn(session, reading, file);
  } else {
    done = saveTo(session.files(), reading, file, path, arguments.has("force"));
  }
  if (!done) return session.fail(done.failures());
  if (!passes || session.options.dryRun) printSaved(session, file, path);
  return 0;
}

/// Goes through stored files, and counts what it finds.
class Check {
 public:
  Check(Session& session, const Register& reg) : session_(session), reg_(reg) {}

  void one(const Found& file) {
    const auto read =
        reg_.files().read(file.entry, file.facts, [](std::string_view) { return true; });
    if (!read) {
      for (const auto& failure : read.failures()) failures_.push_back(failure);
    } else if (*read == FileRead::whole) {
      ++whole_;
      bytes_ += file.facts.size;
    } else if (*read == FileRead::closed) {
      ++closed_;
    } else {
      ++elsewhere_;
    }
  }

  void unused(std::size_t count, bool removed) {
    unused_ = count;
    removed_ = removed;
  }

  int answer() {
    if (!failures_.empty()) return session_.fail(failures_);
    if (session_.options.json) {
      session_.out() << json::serialize(json::object{{"whole", whole_},
                                                     {"bytes", bytes_},
                                                     {"closed", closed_},
                                                     {"elsewhere", elsewhere_},
                                                     {"unused", unused_},
                                                     {"removed", removed_ ? unused_ : 0}})
                     << '\n';
      return 0;
    }
    const auto& say = session_.speech();
    auto& out = session_.out();
    out << say(msgs("{count} file is whole: {size}", "{count} files are whole: {size}", whole_,
                    arg("size", bytesText(say, bytes_))))
        << '\n';
    if (closed_ != 0) {
      out << say(msgs("{count} is closed: its key is not in the key store",
                      "{count} are closed: their keys are not in the key store", closed_))
          << '\n';
    }
    if (elsewhere_ != 0) {
      out << say(msgs("{count} is not stored here: the register knows its hash only",
                      "{count} are not stored here: the register knows their hash only",
                      elsewhere_))
          << '\n';
    }
    if (unused_ == 0) return 0;
    out << (removed_ ? say(msgs("{count} that no entry names was removed",
                                "{count} that no entry names were removed", unused_))
                     : say(msgs("{count} is named by no entry, left by an attaching that was not "
                                "finished; --remove-unused removes it",
                                "{count} are named by no entry, left by an attaching that was not "
                                "finished; --remove-unused removes them",
                                unused_)))
        << '\n';
    return 0;
  }

 private:
  Session& session_;
  const Register& reg_;
  Failures failures_;
  std::uint64_t whole_ = 0;
  std::uint64_t bytes_ = 0;
  std::uint64_t closed_ = 0;
  std::uint64_t elsewhere_ = 0;
  std::size_t unused_ = 0;
  bool removed_ = false;
};

/// Which files are to be checked: one, or all.
Result<std::vector<Found>> filesToCheck(Session& session, const Register& reg,
                                        const Arguments& arguments) {
  std::vector<Found> out;
  Failures failures;
  reg.read([&](const State& now) {
    const Looking at(session, reg, now, nullptr);
    if (const auto written = arguments.get("FILE-ID")) {
      const auto id = at.find(*written, {"file"});
      if (!id) {
        failures = id.failures();
      } else {
        out.push_back(foundFile(at, *now.row(*id)));
      }
      return;
    }
    now.each(File::aggregate, [&](const RowPtr& row) {
      out.push_back(
          Found{Position(row->head.id.value), factsOf(*row), at.symbolOf(row->head.id), {}});
      return true;
    });
  });
  if (!failures.empty()) return failures;
  return out;
}

/// What no entry has ever named, withdrawn ones and earlier hashes included.
Result<std::vector<std::string>> unusedFiles(const Register& reg) {
  std::vector<std::string> named;
  auto read = reg.log(Position(1), reg.last(), [&](const RecordPtr& record) {
    const auto event = record->get().getEvent();
    if (event.isFile() && event.getFile().isAttached()) {
      named.emplace_back(event.getFile().getAttached().getSha256().cStr());
    }
    return true;
  });
  if (!read) return std::move(read).failures();
  return reg.files().unnamed(named);
}

int check(Session& session, const Arguments& arguments) {
  if (arguments.has("FILE-ID") && arguments.has("remove-unused")) {
    return session.fail(usage("file.check.unused",
                              msg("--remove-unused is about all stored bytes; leave out FILE-ID")));
  }
  // All stored bytes are read for it, and may be removed.
  if (auto may = checkKeepsRegister(session); !may) return session.fail(may.failures());
  const auto reg = session.reg();
  if (!reg) return session.fail(reg.failures());
  const auto files = filesToCheck(session, **reg, arguments);
  if (!files) return session.fail(files.failures());
  Check found(session, **reg);
  {
    Progress progress(session.err(), session.showsProgress(),
                      session.speech()(msg("checking the files")), session.clock());
    std::uint64_t done = 0;
    for (const auto& file : *files) {
      found.one(file);
      progress.at(++done, files->size());
    }
  }
  if (arguments.has("FILE-ID")) return found.answer();
  const auto unused = unusedFiles(**reg);
  if (!unused) return session.fail(unused.failures());
  const bool removes = arguments.has("remove-unused") && !session.options.dryRun;
  if (removes) {
    for (const auto& one : *unused) {
      if (auto gone = (*reg)->files().remove(one); !gone) return session.fail(gone.failures());
    }
  }
  found.unused(unused->size(), removes);
  return found.answer();
}

}  // namespace

Command fileSaveCommand() {
  Command out;
  out.name = "file save";
  out.help = "Give an attached file back, checked against its entry";
  out.example = "file save FILE-2006-001 memorandum.pdf";
  out.about =
      "Into a directory it goes under the name it had when it was attached; \"-\" is standard "
      "output. What is there already stays, unless --force is given.";
  out.places = {{.name = "FILE-ID", .help = "which file", .required = true, .refs = {"file"}},
                {.name = "PATH", .help = "where to, or -", .required = true, .file = true}};
  out.options = {{.name = "force", .help = "put it in the place of a file that is there"}};
  out.run = save;
  return out;
}

Command fileCheckCommand() {
  Command out;
  out.name = "file check";
  out.help = "Read every stored file and compare it with its entry";
  out.example = "file check";
  out.places = {{.name = "FILE-ID", .help = "this one only", .refs = {"file"}}};
  out.options = {{.name = "remove-unused", .help = "remove stored bytes that no entry names"}};
  out.run = check;
  return out;
}

}  // namespace consulta
