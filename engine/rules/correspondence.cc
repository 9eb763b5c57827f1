// Rules of correspondence: nothing is registered twice, nothing arrives before it is written, and
// an answer goes the other way.
#include "projections/rows/correspondence.h"

#include <algorithm>
#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/naming.h"
#include "engine/rules/rule_values.h"
#include "projections/rows.h"
#include "projections/rows/office.h"

namespace consulta {

namespace {

using E = schema::CorrespondenceEvent;
using schema::Direction;

bool contains(const std::vector<EntityId>& list, EntityId id) {
  return std::ranges::find(list, id) != list.end();
}

// --- by state alone ---

void guard(const Case& on, Refusals& no) {
  const auto* letter = tryAs<Correspondence>(on.row);
  if (letter == nullptr) return;
  const auto once = [&](std::string_view rule, const RowDate& date, std::string_view field) {
    if (date.edtf.empty()) return;
    no.refuse(rule, msg("{letter} has its date of that already, {date}; if it is wrong, correct "
                        "--{field} of the entry that says so with \"consulta correct\"",
                        arg("letter", on.self()), arg("date", date.edtf), arg("field", field)));
  };
  if (on.act.tag == E::SENT) once("correspondence.sent.once", letter->sent, "sent");
  if (on.act.tag == E::RECEIVED) once("correspondence.received.once", letter->received, "received");
}

// --- opening ---

/// The same incoming reference from one sender is the same letter.
void checkReference(const Case& on, EntityId sender, const std::string& theirs, Refusals& no) {
  if (!sender || theirs.empty()) return;
  on.state.scan(referenceKeys(sender, theirs), [&](std::string_view key) {
    const auto id = keyedId(key);
    if (id == on.entity) return true;
    no.refuse(
        "correspondence.reference.once",
        msg("{sender} sent {reference} before: it is {letter}; look at it with \"consulta "
            "show {letter}\", and enter there what is new",
            arg("sender", on.name(sender)), arg("reference", theirs), arg("letter", on.name(id))));
    return false;
  });
}

void checkDates(const Case& on, std::string_view written, std::string_view sent,
                std::string_view received, Refusals& no) {
  for (const auto date : {written, sent, received}) {
    if (!certainlyAfter(date, on.nowNs + zones_ahead_ns)) continue;
    no.refuse("correspondence.dates.past",
              msg("{date} has not come yet; leave the date out, and enter \"correspondence send\" "
                  "or \"correspondence receive\" when it has",
                  arg("date", date)));
  }
  if (certainlyBefore(sent, written)) {
    no.refuse("correspondence.dates.sent",
              msg("it cannot be sent on {sent}, before it is written on {written}; give the right "
                  "--sent or --written",
                  arg("sent", sent), arg("written", written)));
  }
  for (const auto before : {written, sent}) {
    if (!certainlyBefore(received, before)) continue;
    no.refuse("correspondence.dates.received",
              msg("it cannot arrive on {received}, before it is written and sent on {before}; give "
                  "the right --received",
                  arg("received", received), arg("before", before)));
    return;
  }
}

/// What one of our own offices writes does not come in.
void checkSender(const Case& on, Direction direction, EntityId sender,
                 capnp::List<std::uint64_t>::Reader addressees, Refusals& no) {
  const auto row = on.state.row(sender);
  if (direction == Direction::INCOMING && tryAs<Office>(row.get()) != nullptr) {
    no.refuse("correspondence.sender.direction",
              msg("{sender} is an office of ours, so its letter does not come in; give --direction "
                  "outgoing or internal, or another --sender",
                  arg("sender", on.name(sender))));
  }
  for (auto addressee : addressees) {
    if (!sender || EntityId(addressee) != sender) continue;
    no.refuse("correspondence.sender.addressee",
              msg("{sender} does not write to itself; leave it out of --addressees",
                  arg("sender", on.name(sender))));
  }
}

// --- answers ---

/// A letter as far as answers look at it; also one that is only being entered.
struct Side {
  EntityId id;
  Direction direction = Direction::INCOMING;
  std::string day;  // it was written, or sent; empty: not known
};

std::string dayOf(std::string_view written, std::string_view sent) {
  return std::string(written.empty() ? sent : written);
}

Side sideOf(EntityId id, const Correspondence& letter) {
  return Side{id, letter.direction, dayOf(letter.written.edtf, letter.sent.edtf)};
}

/// An answer goes the other way, and is not older than what it answers.
void checkAnswer(const Case& on, const Side& asked, const Side& answer, Refusals& no) {
  const auto answerArg = arg("answer", on.name(answer.id));
  const auto askedArg = arg("asked", on.name(asked.id));
  if (asked.id == answer.id) {
    return no.refuse(
        "correspondence.answered.itself",
        msg("{asked} does not answer itself; name another letter, or leave it out", askedArg));
  }
  const bool within = asked.direction == Direction::INTERNAL;
  if (within ? answer.direction != Direction::INTERNAL
             : answer.direction == asked.direction || answer.direction == Direction::INTERNAL) {
    no.refuse("correspondence.answered.direction",
              within
                  ? msg("{asked} stayed inside, so {answer} is no answer to it; name an internal "
                        "letter",
                        askedArg, answerArg)
                  : msg("{answer} does not go the other way than {asked}, so it is no answer to "
                        "it; what came in is answered by what goes out, and the reverse: name "
                        "such a letter",
                        answerArg, askedArg));
  }
  if (certainlyBefore(answer.day, asked.day)) {
    no.refuse("correspondence.answered.later",
              msg("{answer} of {its} is older than {asked} of {day}, which it would answer; name a "
                  "later letter, or correct the date that is wrong",
                  answerArg, askedArg, arg("its", answer.day), arg("day", asked.day)));
  }
}

std::vector<EntityId> repliedTo(const Row& row) {
  const auto* letter = tryAs<Correspondence>(&row);
  return letter == nullptr ? std::vector<EntityId>{} : std::vector<EntityId>{letter->inReplyTo};
}

template <typename Opening>
void checkInReplyTo(const Case& on, Opening e, Refusals& no) {
  const auto id = EntityId(e.getInReplyTo());
  const auto row = on.state.row(id);
  const auto* asked = tryAs<Correspondence>(row.get());
  if (asked == nullptr) return;
  const auto day = dayOf(e.getWritten().getEdtf().cStr(), e.getSent().getEdtf().cStr());
  checkAnswer(on, sideOf(id, *asked), Side{on.entity, e.getDirection(), day}, no);
  if (id == on.entity || !leadsBack(on, id, AsOf::today, &repliedTo)) return;
  no.refuse("correspondence.reply.circle",
            msg("{asked} is itself in reply to this one; name the letter that came first with "
                "--in-reply-to, or leave it out",
                arg("asked", on.name(id))));
}

void checkAnswered(const Case& on, const Correspondence& letter, EntityId reply, Refusals& no) {
  const auto row = on.state.row(reply);
  const auto* answer = tryAs<Correspondence>(row.get());
  if (answer == nullptr) return;
  checkAnswer(on, sideOf(on.entity, letter), sideOf(reply, *answer), no);
  if (!answer->inReplyTo || answer->inReplyTo == on.entity) return;
  no.refuse("correspondence.answered.other",
            msg("{answer} is in reply to {other}; name the letter that answers {asked}, or correct "
                "--in-reply-to of {answer}",
                arg("answer", on.name(reply)), arg("other", on.name(answer->inReplyTo)),
                arg("asked", on.self())));
}

template <typename Opening>
void checkOpening(const Case& on, Opening e, Refusals& no) {
  const auto sender = EntityId(e.getSender());
  if (e.getDirection() == Direction::INCOMING) {
    checkReference(on, sender, e.getTheirReference().cStr(), no);
  }
  checkSender(on, e.getDirection(), sender, e.getAddressees(), no);
  checkDates(on, e.getWritten().getEdtf().cStr(), e.getSent().getEdtf().cStr(),
             e.getReceived().getEdtf().cStr(), no);
  checkDistinct(on, "correspondence.addressees.distinct", "addressees", e.getAddressees(), no);
  checkDistinct(on, "correspondence.about.distinct", "about", e.getAbout(), no);
  checkDistinct(on, "correspondence.files.distinct", "files", e.getFiles(), no);
  needsStanding(on, "correspondence.files.retired", e.getFiles(), no);
  checkInReplyTo(on, e, no);
}

// --- later ---

void checkAddressee(const Case& on, const Correspondence& row, EntityId addressee, Refusals& no) {
  if (addressee != row.sender && !contains(row.addressees, addressee)) return;
  no.refuse("correspondence.addressee.once",
            msg("{addressee} is an addressee of {letter} already, or its sender; name another "
                "--addressee",
                arg("addressee", on.name(addressee)), arg("letter", on.self())));
}

void checkAbout(const Case& on, const Correspondence& row, EntityId about, Refusals& no) {
  if (about != on.entity && !contains(row.about, about)) return;
  no.refuse("correspondence.about.once",
            msg("{about} is named there already, or is {letter} itself; name something else with "
                "--about",
                arg("about", on.name(about)), arg("letter", on.self())));
}

void checkEnclosed(const Case& on, const Correspondence& row, EntityId file, Refusals& no) {
  needsStanding(on, "correspondence.files.retired", file, no);
  if (!contains(row.files, file)) return;
  no.refuse("correspondence.file.once",
            msg("{file} is enclosed in {letter} already; name another --file",
                arg("file", on.name(file)), arg("letter", on.self())));
}

void checkAsked(const Case& on, const Correspondence& row,
                schema::CorrespondenceReplyAsked::Reader e, Refusals& no) {
  needsStanding(on, "correspondence.reply.office", EntityId(e.getOffice()), no);
  const std::string by = e.getBy().getEdtf().cStr();
  for (const auto& before : {std::string(on.occurred), row.written.edtf}) {
    if (!certainlyBefore(by, before)) continue;
    no.refuse("correspondence.reply.by",
              msg("a reply by {by} would be asked for when that is over, on {day}; give a later "
                  "--by, or the day it was asked for with --on",
                  arg("by", by), arg("day", before)));
    return;
  }
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getCorrespondence();
  if (event.isRegistered()) return checkOpening(on, event.getRegistered(), no);
  if (event.isFound()) return checkOpening(on, event.getFound(), no);
  const auto& row = as<Correspondence>(*on.row);
  if (event.isAddresseeAdded()) {
    checkAddressee(on, row, EntityId(event.getAddresseeAdded().getAddressee()), no);
  } else if (event.isSubjectCovered()) {
    checkAbout(on, row, EntityId(event.getSubjectCovered().getAbout()), no);
  } else if (event.isFileEnclosed()) {
    checkEnclosed(on, row, EntityId(event.getFileEnclosed().getFile()), no);
  } else if (event.isSent()) {
    checkDates(on, row.written.edtf, event.getSent().getSent().getEdtf().cStr(), row.received.edtf,
               no);
  } else if (event.isReceived()) {
    checkDates(on, row.written.edtf, row.sent.edtf,
               event.getReceived().getReceived().getEdtf().cStr(), no);
  } else if (event.isReplyAsked()) {
    checkAsked(on, row, event.getReplyAsked(), no);
  } else if (event.isAnswered()) {
    checkAnswered(on, row, EntityId(event.getAnswered().getReply()), no);
  }
}

}  // namespace

const Rules& rulesOfCorrespondence() {
  static const Rules rules{&guard, &check, nullptr};
  return rules;
}

}  // namespace consulta
