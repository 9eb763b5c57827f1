#include "cli/draft_letter.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <utility>

#include "cli/locations.h"
#include "cli/named_file.h"
#include "engine/rules/decide.h"
#include "engine/store/crypto.h"
#include "events/limits.h"
#include "events/values/utf8.h"
#include "projections/documents/letter_template.h"
#include "projections/rows/meeting.h"
#include "projections/rows/party.h"
#include "projections/rows/reference.h"
#include "projections/rows/register.h"

namespace consulta {

namespace {

namespace fs = std::filesystem;

/// A template with what is said of it in each draft.
struct ShippedTemplate {
  LetterTemplate letter;
  std::string mark;  // "invitation.es; version=1; sha256=..."
};

// --- templates ---

/// Where templates are looked for, one place after the other.
struct TemplatePlace {
  fs::path directory;
  NamedFiles& files;
};

Result<ShippedTemplate> readTemplate(const std::vector<TemplatePlace>& places,
                                     const std::string& name) {
  for (const auto& place : places) {
    const auto path = place.directory / (name + ".txt");
    const auto file = place.files.open(path);
    if (!file) continue;
    const auto text = readBounded(*file, limits::text_bytes_max);
    if (!text || text->size() > limits::text_bytes_max) {
      return unavailable("letter.template.file",
                         msg("{file} cannot be read, or has more than {max} bytes",
                             arg("file", path.string()), arg("max", limits::text_bytes_max)));
    }
    auto letter = readLetterTemplate(*text, path.string());
    if (!letter) return std::move(letter).failures();
    auto mark = name + "; version=" + letter->version + "; sha256=" + hexOf(Crypto().sha256(*text));
    return ShippedTemplate{std::move(letter).value(), std::move(mark)};
  }
  return unavailable(
      "letter.template.file",
      msg("there is no template {name}.txt; put one into the directory that --templates or "
          "$CONSULTA_TEMPLATES names",
          arg("name", name)));
}

std::vector<TemplatePlace> templatePlaces(const Arguments& arguments, NamedFiles& theirs,
                                          NamedFiles& ours) {
  std::vector<TemplatePlace> out;
  if (const auto own = arguments.get("templates")) {
    out.push_back({*own, theirs});
  } else if (const char* set = std::getenv("CONSULTA_TEMPLATES"); set != nullptr && *set != 0) {
    out.push_back({set, ours});
  }
  out.push_back({lettersDirectory(), ours});
  return out;
}

// --- what is written ---

class Drafting {
 public:
  Drafting(const Looking& at, LetterKind kind, const Arguments& arguments)
      : at_(at), kind_(kind), arguments_(arguments) {}

  /// The letters, in the order of the invitations.
  Result<Drafts> run() {
    const auto id = at_.find(arguments_.at("MEETING"), {"meeting"});
    if (!id) return id.failures();
    row_ = at_.state.row(*id);
    meeting_ = &as<Meeting>(*row_);
    if (auto fits = checkState(); !fits) return std::move(fits).failures();
    if (auto from = readFrom(); !from) return std::move(from).failures();
    auto parties = wanted();
    if (!parties) return std::move(parties).failures();
    Drafts out;
    out.meeting = *id;
    for (const auto party : *parties) {
      auto draft = write(party);
      if (!draft) return std::move(draft).failures();
      out.letters.push_back(std::move(draft).value());
    }
    return out;
  }

 private:
  [[nodiscard]] std::string meeting() const { return at_.symbolOf(row_->head.id); }

  /// Nobody is invited to what is over, and nothing is regretted that will be held.
  Status checkState() const {
    using S = schema::MeetingState;
    const auto state = stateOf<S>(row_->head);
    const bool ahead = state == S::SCHEDULED || state == S::CONFIRMED;
    const bool off = state == S::CANCELLED || state == S::POSTPONED;
    if (kind_ == LetterKind::regret ? off : ahead) return Done{};
    const auto meeting = arg("meeting", this->meeting());
    const auto now = arg("state", at_.states(*row_));
    if (kind_ == LetterKind::regret) {
      return refused("draft.regret.state",
                     msg("{meeting} is {state}; a regret is for a meeting that is cancelled or "
                         "postponed, so enter \"meeting cancel\" or \"meeting postpone\" first",
                         meeting, now));
    }
    return refused("draft.ahead", msg("{meeting} is {state}; only to a meeting that is scheduled "
                                      "or confirmed is anybody invited",
                                      meeting, now));
  }

  /// --from "Name <address>", or an address alone.
  Status readFrom() {
    if (const auto row = registerRow(at_.state)) {
      organization_ = as<RegisterRow>(*row).organization;
    }
    const auto written = arguments_.get("from");
    if (!written) return Done{};
    std::string_view text = trimmed(*written);
    if (text.ends_with('>') && text.find('<') != text.npos) {
      const auto open = text.rfind('<');
      from_.name = trimmed(text.substr(0, open));
      text = text.substr(open + 1, text.size() - open - 2);
    }
    from_.address = text;
    if (isPlainAddress(from_.address)) return Done{};
    return usage("draft.from", msg("--from is an address, or a name and an address: \"Conferences "
                                   "<conferences@example.org>\"; not \"{written}\"",
                                   arg("written", excerpt(*written))));
  }

  /// The parties to be written to: those named, else those on the list of invitations.
  Result<std::vector<EntityId>> wanted() const {
    std::vector<EntityId> out;
    Failures failures;
    for (const auto& written : arguments_.all("party")) {
      const auto id = at_.find(written, {"party"});
      if (!id) {
        failures.insert(failures.end(), id.failures().begin(), id.failures().end());
      } else if (kind_ != LetterKind::invitation && invitationOf(*meeting_, *id) == nullptr) {
        failures.push_back(refused(
            "draft.invited", msg("{party} was not invited to {meeting}",
                                 arg("party", at_.symbolOf(*id)), arg("meeting", meeting()))));
      } else if (std::ranges::find(out, *id) == out.end()) {
        out.push_back(*id);
      }
    }
    if (!failures.empty()) return failures;
    if (arguments_.has("party")) return out;
    for (const auto& one : meeting_->invitations) {
      if (isWanted(one)) out.push_back(one.party);
    }
    if (!out.empty()) return out;
    return refused("draft.nobody",
                   meeting_->invitations.empty()
                       ? msg("nobody has been invited to {meeting}; enter \"meeting invite\" "
                             "first, or name with --party whom to write to",
                             arg("meeting", meeting()))
                       : msg("of those invited to {meeting} there is none to write this to; "
                             "\"consulta replies {meeting}\" shows where each stands",
                             arg("meeting", meeting())));
  }

  [[nodiscard]] bool isWanted(const Invitation& one) const {
    if (one.state == InvitationState::withdrawn) return false;
    const bool unanswered =
        one.state == InvitationState::sent || one.state == InvitationState::noReply;
    if (kind_ == LetterKind::reminder || arguments_.has("unanswered")) return unanswered;
    return kind_ != LetterKind::regret || one.state != InvitationState::declined;
  }

  Result<Draft> write(EntityId party) {
    Draft out;
    out.to = recipientOf(at_, party, meeting_->programme);
    const auto code = std::string(langCode(out.to.language));
    const auto name = std::string(nameOf(kind_)) + "." + code;
    const auto known = templates_.find(name);
    if (known == templates_.end()) {
      LocalFiles ours;
      auto read = readTemplate(templatePlaces(arguments_, at_.session.files(), ours), name);
      if (!read) return std::move(read).failures();
      templates_.emplace(name, std::move(read).value());
    }
    const auto& letter = templates_.at(name);
    const auto filled = fillLetter(letter.letter, places(out.to));
    Mail mail;
    mail.from = from_;
    if (mail.from.name.empty()) mail.from.name = inLanguage(organization_, out.to.language);
    mail.to = {MailParty{out.to.name.empty() ? partyName(out.to) : out.to.name, out.to.address}};
    mail.subject = filled.subject;
    mail.body = filled.body;
    mail.language = code;
    mail.id = toText(randomId<SubmissionId>()) + "@" + toText(at_.reg.id());
    mail.dateNs = at_.session.now();
    mail.fields = {{"Consulta-Template", letter.mark},
                   {"Consulta-Meeting", at_.state.nameOf(row_->head.id)},
                   {"Consulta-Party", at_.state.nameOf(party)}};
    out.text = mailText(mail);
    out.mark = letter.mark;
    out.file = fileOf(party);
    return out;
  }

  /// Two parties never share one.
  std::string fileOf(EntityId party) {
    auto name = fileNameOf(at_.symbolOf(party));
    if (!files_.insert(name).second) name += "-" + std::to_string(party.value);
    return name + ".eml";
  }

  [[nodiscard]] std::string partyName(const LetterRecipient& to) const {
    const auto row = at_.state.row(to.party);
    const auto name = inLanguage(as<Party>(*row).name, to.language);
    return name.empty() ? at_.symbolOf(to.party) : name;
  }

  [[nodiscard]] std::string placeName(Lang lang) const {
    auto out = meeting_->place;
    const auto* references = at_.state.catalogue().aggregate("reference");
    const auto found = at_.state.named("country/" + meeting_->country, references->tag);
    if (found.empty()) return out;
    const auto row = at_.state.row(found.front());
    const auto country = inLanguage(as<Reference>(*row).names, lang);
    if (country.empty() || country == out) return out;
    return out.empty() ? country : out + " (" + country + ")";
  }

  [[nodiscard]] std::map<std::string, std::string> places(const LetterRecipient& to) const {
    ValueView view;
    view.lang = to.language;
    const auto* invitation = invitationOf(*meeting_, to.party);
    std::map<std::string, std::string> out{
        {"organization", inLanguage(organization_, to.language)},
        {"party", partyName(to)},
        {"name", to.name},
        {"title", inLanguage(meeting_->title, to.language)},
        {"dates", dateText(meeting_->dates, view)},
        {"place", placeName(to.language)},
        {"meeting", meeting()},
        {"today", showDate(Edtf::day(at_.today()), to.language)}};
    if (invitation != nullptr) {
      out["reply-by"] = dateText(invitation->replyBy, view);
      out["sent"] = dateText(invitation->sent, view);
    }
    return out;
  }

  const Looking& at_;
  const LetterKind kind_;
  const Arguments& arguments_;
  RowPtr row_;
  const Meeting* meeting_ = nullptr;
  RowTexts organization_;
  MailParty from_;
  std::map<std::string, ShippedTemplate> templates_;
  std::set<std::string> files_;
};

}  // namespace

const char* nameOf(LetterKind kind) {
  switch (kind) {
    case LetterKind::invitation:
      return "invitation";
    case LetterKind::reminder:
      return "reminder";
    case LetterKind::regret:
      return "regret";
  }
  return "";
}

std::string fileNameOf(const std::string& symbol) {
  auto out = symbol;
  std::ranges::replace_if(
      out,
      [](char c) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        return !letter && !isDigit(c) && c != '-' && c != '_';
      },
      '_');
  return out;
}

Result<Drafts> draftLetters(const Looking& at, LetterKind kind, const Arguments& arguments) {
  return Drafting(at, kind, arguments).run();
}

}  // namespace consulta
