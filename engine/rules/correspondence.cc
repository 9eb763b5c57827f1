// Rules of correspondence: nothing is registered twice, and nothing arrives before it is written.
#include "projections/rows/correspondence.h"

#include <string>

#include "engine/rules/guard.h"
#include "engine/rules/rule_values.h"

namespace consulta {

namespace {

/// The same incoming reference from one sender is the same letter.
void checkReference(const Case& on, EntityId sender, const std::string& theirs, Refusals& no) {
  if (!sender || theirs.empty()) return;
  for (const auto id : on.state.linkedTo(sender)) {
    const auto row = on.state.row(id);
    const auto* other = tryAs<Correspondence>(row.get());
    if (other == nullptr || other->sender != sender || other->theirReference != theirs) continue;
    if (on.row != nullptr && on.row->head.id == id) continue;
    no.refuse(
        "correspondence.reference.once",
        msg("{sender} sent {reference} before: it is {letter}; look at it with \"consulta "
            "show {letter}\"",
            arg("sender", on.name(sender)), arg("reference", theirs), arg("letter", on.name(id))));
    return;
  }
}

void checkDates(std::string_view written, std::string_view sent, std::string_view received,
                Refusals& no) {
  if (certainlyBefore(sent, written)) {
    no.refuse("correspondence.dates.sent", msg("it cannot be sent before it is written"));
  }
  if (certainlyBefore(received, sent) || certainlyBefore(received, written)) {
    no.refuse("correspondence.dates.received",
              msg("it cannot arrive before it is written and sent"));
  }
}

template <typename Opening>
void checkOpening(const Case& on, Opening e, Refusals& no) {
  if (e.getDirection() == schema::Direction::INCOMING) {
    checkReference(on, EntityId(e.getSender()), e.getTheirReference().cStr(), no);
  }
  checkDates(e.getWritten().getEdtf().cStr(), e.getSent().getEdtf().cStr(),
             e.getReceived().getEdtf().cStr(), no);
}

void check(const Case& on, schema::Event::Reader all, Refusals& no) {
  const auto event = all.getCorrespondence();
  if (event.isRegistered()) return checkOpening(on, event.getRegistered(), no);
  if (event.isFound()) return checkOpening(on, event.getFound(), no);
  const auto& row = as<Correspondence>(*on.row);
  if (event.isSent()) {
    checkDates(row.written.edtf, event.getSent().getSent().getEdtf().cStr(), row.received.edtf, no);
  } else if (event.isReceived()) {
    checkDates(row.written.edtf, row.sent.edtf, event.getReceived().getReceived().getEdtf().cStr(),
               no);
  } else if (event.isAnswered() && EntityId(event.getAnswered().getReply()) == on.row->head.id) {
    no.refuse("correspondence.answered.itself", msg("a letter does not answer itself"));
  }
}

}  // namespace

const Rules& rulesOfCorrespondence() {
  static const Rules rules{nullptr, &check, nullptr};
  return rules;
}

}  // namespace consulta
