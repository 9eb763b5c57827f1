#include "engine/server/submission_intake.h"

#include <algorithm>
#include <array>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <memory>
#include <string_view>
#include <utility>

#include "engine/server/submission_text.h"
#include "events/values/lang.h"

namespace consulta {

namespace {

constexpr std::size_t long_text_bytes = std::size_t{64} << 10U;

bool isLanguage(std::string_view text) {
  return std::ranges::any_of(std::array{Lang::en, Lang::fr, Lang::es},
                             [&](Lang one) { return langCode(one) == text; });
}

Failures faultsOf(const IncomingSubmission& incoming) {
  Failures out;
  if (!incoming.id) {
    out.push_back(usage("submission.id", msg("a submission has a random id of its own, so that it "
                                             "can be sent again")));
  }
  if (!incoming.language.empty() && !isLanguage(incoming.language)) {
    out.push_back(usage("submission.language", msg("a language is en, fr or es")));
  }
  return out;
}

}  // namespace

void submit(Service& service, IncomingSubmission incoming,
            std::function<void(const Result<Receipt>&)> answer) {
  // Until it is answered there is work, whatever becomes of the connection.
  const auto answered = [&service, work = boost::asio::make_work_guard(service.io),
                         answer = std::move(answer)](Result<Receipt> receipt) {
    boost::asio::post(service.io, [answer, receipt = std::move(receipt)] { answer(receipt); });
  };
  if (auto faults = faultsOf(incoming); !faults.empty()) return answered(std::move(faults));
  EntryDefaults defaults;
  if (!incoming.language.empty()) defaults.language = incoming.language;
  defaults.today = dayAt(service.reg.now());
  const bool dry = incoming.dryRun;
  const bool isLong = dry || incoming.entries.size() > long_text_bytes;
  auto enter = [&service, answered, defaults,
                given = std::make_shared<IncomingSubmission>(std::move(incoming))] {
    auto entries = readSubmissionText(service.reg.catalogue(), given->entries, defaults);
    if (!entries) return answered(std::move(entries).failures());
    Submission submission;
    submission.id = given->id;
    submission.actor = given->actor;
    submission.onBehalfOf = given->onBehalfOf;
    submission.entries = std::move(*entries);
    if (given->dryRun) return answered(service.reg.dryRun(std::move(submission)));
    service.reg.submit(std::move(submission), answered);
  };
  if (!isLong) return enter();
  if (service.commands.start(std::move(enter))) return;
  answered(unavailable("server.busy", msg("too much is under way here. Try again")));
}

}  // namespace consulta
