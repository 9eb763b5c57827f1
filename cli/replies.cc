// consulta replies MEETING: who was invited, and what became of each invitation.
#include <boost/json/serialize.hpp>
#include <map>
#include <ostream>

#include "cli/looking.h"
#include "cli/looking_commands.h"
#include "cli/node_json.h"
#include "cli/table.h"
#include "projections/describe.h"
#include "projections/due.h"
#include "projections/rows/correspondence.h"
#include "projections/rows/meeting.h"

namespace consulta {

namespace {

namespace json = boost::json;

bool isAwaited(const Invitation& one) {
  return one.state == InvitationState::sent || one.state == InvitationState::noReply;
}

/// Until the day by which an answer was asked for, while one is still awaited: nobody waits for it
/// once the meeting has begun or is cancelled.
std::optional<DaysLeft> daysLeftFor(const Looking& at, const Row& meeting, const Invitation& one) {
  const auto state = stateOf<schema::MeetingState>(meeting.head);
  if (!isAwaited(one) || wasConvened(state) || isOver(state)) return std::nullopt;
  return daysLeft(one.replyBy, at.today());
}

/// The reference that the letter itself carries, where that is not its symbol here.
std::string referenceOf(const Looking& at, EntityId letter) {
  const auto row = at.state.row(letter);
  const auto* fields = tryAs<Correspondence>(row.get());
  if (fields == nullptr) return {};
  const auto& reference =
      fields->ourReference.empty() ? fields->theirReference : fields->ourReference;
  return reference == row->head.name() ? std::string() : reference;
}

/// How many invitations stand where, in the order of their life.
std::map<InvitationState, std::size_t> totals(const Meeting& meeting) {
  std::map<InvitationState, std::size_t> out;
  for (const auto& one : meeting.invitations) ++out[one.state];
  return out;
}

std::size_t overdueIn(const Looking& at, const Meeting& meeting) {
  std::size_t out = 0;
  for (const auto& one : meeting.invitations) {
    const auto left = isAwaited(one) ? daysLeft(one.replyBy, at.today()) : std::nullopt;
    if (left && left->atMost < 0) ++out;
  }
  return out;
}

class RepliesPrinter {
 public:
  RepliesPrinter(const Looking& at, const Row& row)
      : at_(at), row_(row), id_(row.head.id), meeting_(as<Meeting>(row)), view_(at.view()) {}

  void text() {
    auto& out = at_.session.out();
    at_.head();
    out << styled(Style::bold, at_.titledName(id_), at_.session.terminal.colour) << "\n\n";
    if (meeting_.invitations.empty()) {
      out << at_.say("nobody has been invited") << '\n';
      return;
    }
    Table table({{at_.say("party"), true, false},
                 {at_.say("answer"), true, false},
                 {at_.say("answered on"), true, false, 11},
                 {at_.say("reply by"), true, false, 11},
                 {at_.say("days left"), false, true},
                 {at_.say("letter"), true, false, 14},
                 {at_.say("representative"), true, false}});
    for (const auto& one : meeting_.invitations) add(table, one);
    table.leaveOutEmpty();
    table.print(out, at_.session.terminal);
    printTotals(out);
  }

  json::object object() const {
    const auto json = at_.json();
    json::array replies;
    for (const auto& one : meeting_.invitations) replies.push_back(reply(one, json));
    json::object sums;
    for (const auto& [state, count] : totals(meeting_)) sums[described::enumName(state)] = count;
    json::object out{{"meeting", at_.state.nameOf(id_)},
                     {"roll", meeting_.invitations.size()},
                     {"replies", std::move(replies)},
                     {"totals", std::move(sums)},
                     {"overdue", overdueIn(at_, meeting_)}};
    if (at_.possibly(id_)) out["possibly"] = true;
    return out;
  }

 private:
  void add(Table& table, const Invitation& one) const {
    const auto left = daysLeftFor(at_, row_, one);
    const bool late = left && left->atMost < 0;
    std::string days;
    if (left) {
      days = std::to_string(left->atMost);
      if (left->atLeast != left->atMost) days = std::to_string(left->atLeast) + " … " + days;
    }
    auto letter = one.letter ? at_.symbolOf(one.letter) : std::string();
    if (const auto reference = referenceOf(at_, one.letter); !reference.empty()) {
      letter += " (" + reference + ")";
    }
    table.add({Cell{at_.titledName(one.party), Style::bold},
               Cell{words(described::enumName(one.state), view_), late ? Style::red : Style::plain},
               dateText(one.answered, view_), dateText(one.replyBy, view_),
               Cell{days, late ? Style::red : Style::plain}, letter, representatives(one)});
  }

  /// Who heads the delegation comes first.
  std::string representatives(const Invitation& one) const {
    std::string head;
    std::string others;
    for (const auto& delegate : one.delegates) {
      if (delegate.head) {
        head = at_.titledName(delegate.person);
      } else {
        others += "; " + at_.titledName(delegate.person);
      }
    }
    return head.empty() && !others.empty() ? others.substr(2) : head + others;
  }

  void printTotals(std::ostream& out) const {
    std::string parts;
    for (const auto& [state, count] : totals(meeting_)) {
      parts += (parts.empty() ? "" : " + ") + std::to_string(count) + " " +
               words(described::enumName(state), view_);
    }
    const auto& speech = at_.session.speech();
    out << '\n'
        << speech(msg("{roll} on the roll of invitations = {parts}",
                      arg("roll", meeting_.invitations.size()), arg("parts", parts)))
        << '\n';
    if (const auto late = overdueIn(at_, meeting_); late > 0) {
      out << speech(msg("{count} without an answer after the day by which it was asked for",
                        arg("count", late)))
          << '\n';
    }
  }

  json::object reply(const Invitation& one, const JsonView& json) const {
    json::object out{{"party", at_.state.nameOf(one.party)},
                     {"state", described::enumName(one.state)}};
    const auto entity = [&](const char* name, EntityId id) {
      if (id) out[name] = at_.state.nameOf(id);
    };
    const auto date = [&](const char* name, const RowDate& value) {
      if (!value.edtf.empty()) out[name] = nodeJson(Node{value}, json);
    };
    entity("letter", one.letter);
    if (const auto reference = referenceOf(at_, one.letter); !reference.empty()) {
      out["letterReference"] = reference;
    }
    date("sent", one.sent);
    date("replyBy", one.replyBy);
    if (const auto left = daysLeftFor(at_, row_, one)) {
      out["daysLeft"] = left->atMost;
      if (left->atLeast != left->atMost) out["daysLeftAtLeast"] = left->atLeast;
    }
    date("answered", one.answered);
    entity("reply", one.reply);
    if (!one.delegates.empty()) {
      json::array all;
      for (const auto& delegate : one.delegates) {
        json::object person{{"person", at_.state.nameOf(delegate.person)}};
        if (delegate.head) person["head"] = true;
        if (delegate.accredited) person["accredited"] = true;
        all.push_back(std::move(person));
      }
      out["representatives"] = std::move(all);
    }
    date("credentialsOn", one.credentialsOn);
    return out;
  }

  const Looking& at_;
  const Row& row_;
  const EntityId id_;
  const Meeting& meeting_;
  const ValueView view_;
};

int runReplies(Session& session, const Arguments& arguments) {
  return look(session, [&](const Looking& at) {
    const auto id = at.find(arguments.at("MEETING"), {"meeting"});
    if (!id) return session.fail(id.failures());
    const auto row = at.state.row(*id);
    RepliesPrinter printer(at, *row);
    if (session.options.json) {
      session.out() << json::serialize(printer.object()) << '\n';
    } else {
      printer.text();
    }
    return 0;
  });
}

}  // namespace

Command repliesCommand() {
  Command out;
  out.name = "replies";
  out.help = "Show who was invited to a meeting and what each one answered";
  out.example = "replies MTG-2006-001";
  out.about =
      "Every invitation has its row: where it stands, the letter that carried it, the day "
      "by which an answer was asked for with the days that are left (negative: past by so many), "
      "when the answer came and who represents the party. What no invitation has yet is left out. "
      "The totals at the end are the whole roll of invitations, each counted once.";
  out.places = {Parameter{
      .name = "MEETING", .help = "whose invitations", .required = true, .refs = {"meeting"}}};
  out.run = runReplies;
  return out;
}

}  // namespace consulta
