#include "cli/session.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstdlib>
#include <ctime>
#include <ostream>
#include <utility>

#include "cli/actors.h"
#include "cli/entering.h"
#include "cli/last_words.h"
#include "cli/named_file.h"
#include "cli/progress.h"
#include "engine/rules/roles.h"
#include "engine/server/user_account.h"
#include "events/gravest.h"
#include "events/values/utf8.h"
#include "events/values/zoned_time.h"

namespace consulta {

std::optional<std::string> fromEnvironment(const char* name) {
  const char* value = std::getenv(name);
  if (value == nullptr || *value == '\0') return std::nullopt;
  return value;
}

std::filesystem::path defaultDataDirectory() {
  if (const auto stated = fromEnvironment("CONSULTA_DATA")) return *stated;
  if (const auto base = fromEnvironment("XDG_DATA_HOME")) {
    return std::filesystem::path(*base) / "consulta";
  }
  if (const auto home = fromEnvironment("HOME")) {
    return std::filesystem::path(*home) / ".local/share/consulta";
  }
  return {};
}

Account ownAccount() {
  auto own = accountOf(::getuid());
  return {std::move(own.id), std::move(own.name)};
}

Session::Session(const Catalogue& catalogue, Streams streams, Terminal terminal_, Clock clock,
                 std::string catalogues)
    : terminal(terminal_),
      catalogue_(catalogue),
      streams_(streams),
      clock_(std::move(clock)),
      catalogues_(std::move(catalogues)),
      speech_(speechIn(Lang::en)),
      ownFiles_(std::make_unique<LocalFiles>()),
      files_(ownFiles_.get()) {}

Session::~Session() = default;

void Session::speak(Lang lang) {
  speech_ = speechIn(lang);
  terminal.lang = lang;
}

Speech Session::speechIn(Lang lang) const {
  return Speech(lang, catalogues_, [this](const ActorArg& actor) {
    const auto id = readWideId<ActorId>(actor.id);
    auto out = actor.id;
    const auto* reg = lent_ != nullptr ? lent_ : register_.get();
    if (reg == nullptr || !id) return out;
    reg->read([&](const State& now) {
      if (seesPersonal(now)) out = nameOfActor(*reg, now, *id);
    });
    return out;
  });
}

Day Session::today() const {
  if (!timeZone.empty()) {
    if (const auto day = dayInZone(timeZone, now())) return *day;
  }
  const auto seconds = static_cast<std::time_t>(now() / nsPerSecond);
  std::tm local{};
  ::localtime_r(&seconds, &local);
  return Day{local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

std::int64_t Session::dayStart(Day day) const {
  if (!timeZone.empty()) {
    if (const auto start = dayStartInZone(timeZone, day)) return *start;
  }
  std::tm local{};
  local.tm_year = day.year - 1900;
  local.tm_mon = day.month - 1;
  local.tm_mday = day.day;
  local.tm_isdst = -1;  // as it is on that day
  return static_cast<std::int64_t>(::mktime(&local)) * nsPerSecond;
}

RegisterOptions Session::registerOptions() const {
  RegisterOptions out;
  out.directory = options.data;
  out.command = "consulta " + command;
  out.clock = clock_;
  out.clockConfirmed = options.confirmClock;
  out.ownerWait_ms = options.ownerWait_ms;
  return out;
}

Result<Register*> Session::reg(std::size_t subjectKeysAhead) {
  if (lent_ != nullptr) {
    if (!options.confirmClock) return lent_;
    return usage("clock.served", msg("a server has the register, and it goes by its own clock; "
                                     "--confirm-clock is for \"consulta serve\""));
  }
  if (register_) return register_.get();
  if (options.data.empty()) {
    return usage("data.missing", msg("say where the register is: --data DIR, or set "
                                     "CONSULTA_DATA"));
  }
  if (!std::filesystem::exists(options.data)) {
    return unavailable("data.missing",
                       msg("there is no register in {directory}. \"consulta init\" makes one; "
                           "--data DIR or CONSULTA_DATA names another place",
                           arg("directory", options.data.string())));
  }
  const auto aborted =
      damaged("register.aborted",
              msg("the database stopped the program while it used the register in {directory}: one "
                  "of its files is damaged, and the line above says what was found. What was "
                  "acknowledged is not changed. Keep the directory as it is, and restore the "
                  "register from a backup (\"consulta restore\"), or the key store from the copy "
                  "that you keep apart",
                  arg("directory", options.data.string())));
  sayWhenAborted(options.json ? STDOUT_FILENO : STDERR_FILENO, told({aborted}),
                 static_cast<int>(aborted.fault));
  auto how = registerOptions();
  how.subjectKeysAhead = subjectKeysAhead;
  Progress progress(err(), showsProgress(), speech_(msg("rebuilding")), clock_);
  how.rebuilding = [&](Position at, Position all) { progress.at(at.value, all.value); };
  auto opened = Register::open(catalogue_, how);
  if (!opened) return std::move(opened).failures();
  register_ = std::move(opened).value();
  return register_.get();
}

void Session::adopt(std::unique_ptr<Register> made) {
  register_ = std::move(made);
}

bool Session::seesPersonal(const State& now) const {
  return lent_ == nullptr || consulta::seesPersonal(now, orBroken(actingActor(*this, *lent_)));
}

void Session::close() {
  register_.reset();
  forgetLastWords();
}

Result<Moment> Session::moment() {
  Moment out;
  Failures failures;
  if (options.asOf) {
    auto date = readMomentDate("--as-of", *options.asOf);
    if (date) {
      out.asOfNs = date->value.bounds().latestNs;
    } else {
      failures = std::move(date).failures();
    }
  }
  if (options.knownAt) {
    auto date = readMomentDate("--known-at", *options.knownAt);
    if (!date) {
      std::ranges::move(std::move(date).failures(), std::back_inserter(failures));
    } else if (auto opened = reg(); !opened) {
      std::ranges::move(std::move(opened).failures(), std::back_inserter(failures));
    } else {
      out.known = (*opened)->knownAt(date->value.bounds().latestNs);
    }
  }
  if (!failures.empty()) return failures;
  return out;
}

std::string Session::momentHeading() {
  // The dates have been read once by moment(), which has said how.
  const auto shown = [&](const std::string& text) {
    const auto date = readHumanDate(text, today());
    return date ? showDate(date->value, lang()) : text;
  };
  if (options.asOf && options.knownAt) {
    return speech_(msg("as it stood on {date}, as we knew it on {known}",
                       arg("date", shown(*options.asOf)), arg("known", shown(*options.knownAt))));
  }
  if (options.asOf) return speech_(msg("as it stood on {date}", arg("date", shown(*options.asOf))));
  if (options.knownAt) {
    return speech_(msg("as we knew it on {date}", arg("date", shown(*options.knownAt))));
  }
  return "";
}

Result<HumanDate> Session::readDate(std::string_view option, std::string_view text) {
  auto date = readHumanDate(text, today());
  if (!date) {
    Failures failures;
    for (auto one : date.failures()) {
      one.text = msg("{option}: {why}", arg("option", option), arg("why", std::move(one.text)));
      failures.push_back(std::move(one));
    }
    return failures;
  }
  if (!date->words.empty()) {
    say(msg("{option} \"{words}\" is read as {date} ({shown})", arg("option", option),
            arg("words", forTerminal(date->words)), arg("date", date->value.text()),
            arg("shown", showDate(date->value, lang()))));
  }
  return date;
}

Result<HumanDate> Session::readMomentDate(std::string_view option, std::string_view text) {
  auto date = readDate(option, text);
  if (!date || !date->value.isUnknown()) return date;
  return usage("moment.date",
               msg("{option}: an unknown date is no moment; write a day, a month or a year",
                   arg("option", option)));
}

void Session::say(const Message& message) {
  if (!options.quiet) err() << speech_(message) << '\n';
}

std::string Session::told(const Failures& failures) const {
  // What is quoted may be any bytes; JSON holds none that are not UTF-8.
  const auto shown = [&](const Failure& one) { return forTerminal(speech_(one.text)); };
  if (!options.json) {
    std::string lines;
    for (const auto& one : failures) lines += shown(one) + '\n';
    return lines;
  }
  boost::json::array list;
  for (const auto& one : failures) {
    list.push_back(boost::json::object{
        {"rule", one.rule}, {"fault", faultName(one.fault)}, {"text", shown(one)}});
  }
  return boost::json::serialize(boost::json::object{{"error", std::move(list)}}) + '\n';
}

int Session::fail(const Failures& failures) {
  if (onFailure) onFailure(failures);
  (options.json ? out() : err()) << told(failures);
  return static_cast<int>(gravest(failures).fault);
}

Result<Receipt> Session::enter(Register& reg, Submission submission, bool dry) {
  auto receipt = dry ? reg.dryRun(std::move(submission)) : reg.submit(std::move(submission));
  if (receipt && onAccepted) onAccepted();
  return receipt;
}

bool Session::showsProgress() const {
  return terminal.talkIsSeen && !options.quiet && !options.json;
}

}  // namespace consulta
