// The readers of what comes over a socket, before anything is done with it: frames of the event
// protocol, requests of HTTP, entries that are submitted.
#include <fmt/format.h>
#include <kj/exception.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/server/frame.h"
#include "engine/server/http_message.h"
#include "engine/server/http_routes.h"
#include "engine/server/http_upgrade.h"
#include "engine/server/protocol.capnp.h"
#include "engine/server/submission_text.h"
#include "events/catalogue.h"
#include "events/limits.h"
#include "tests/fuzz/promises.h"
#include "tests/fuzz/targets.h"

namespace consulta::test {
namespace {

constexpr std::size_t frame_bytes_max = 4'096;
constexpr std::size_t body_bytes_max = 1'000;

const Catalogue& everyAct() {
  static const Catalogue all;  // it never changes
  return all;
}

/// All that comes out of a stream when it comes in pieces of that many bytes. What is not whole yet
/// may be refused at once or only with more of it: a head that is wrong is looked at when it can
/// be.
template <typename Reader, typename Tell>
std::vector<std::string> cut(Reader& reader, std::string_view bytes, std::size_t piece, Tell tell) {
  std::vector<std::string> out;
  while (true) {
    const auto next = reader.next();
    if (!next) {
      promiseSaid(next.failures());
      return out;
    }
    if (next->has_value()) {
      out.push_back(tell(**next));
      continue;
    }
    if (bytes.empty()) return out;
    const auto space = reader.space();
    promise(!space.empty(), "there is always room for more");
    const auto count = std::min({piece, bytes.size(), space.size()});
    std::copy_n(bytes.begin(), count, space.begin());
    reader.received(count);
    bytes.remove_prefix(count);
  }
}

/// What a server looks at in a message; an exception is how Cap'n Proto says that it leads out of
/// itself.
std::string told(const Frame& frame) {
  try {
    const auto message = frame.root<wire::ToServer>();
    std::string out = std::to_string(message.getRequest()) + " " +
                      std::to_string(message.getRegister().getHigh()) + " " +
                      std::to_string(static_cast<int>(message.which())) + " ";
    const auto add = [&out](capnp::Text::Reader text) { out.append(text.cStr(), text.size()); };
    if (message.isHello()) add(message.getHello().getClient());
    if (message.isSubmit()) {
      const auto submit = message.getSubmit();
      const auto entries = submit.getEntries();
      out.append(reinterpret_cast<const char*>(entries.begin()), entries.size());
      add(submit.getLanguage());
      out += std::to_string(submit.getId().getLow() ^ submit.getOnBehalfOf().getLow());
    }
    if (message.isSubscribe()) {
      add(message.getSubscribe().getFilter());
      add(message.getSubscribe().getConsumer());
    }
    if (message.isRun()) {
      for (const auto word : message.getRun().getWords()) add(word);
      add(message.getRun().getTimeZone());
    }
    if (message.isAnswer()) out += std::to_string(message.getAnswer().getBytes().size());
    if (message.isRetry()) add(message.getRetry().getReason());
    if (message.isPark()) add(message.getPark().getReason());
    return out;
  } catch (const kj::Exception&) {
    return "leads out of itself";
  }
}

void promiseNoOption(const HttpMatch& match, const HttpRequest& request) {
  const auto line = commandOf(match, request);
  if (!line) return promiseSaid(line.failures());
  const auto& fixed = match.route->command;
  promise(line->words.front() == fixed.front(), "a path begins the command that it is to");
  for (std::size_t i = 0; i < fixed.size() && i < line->words.size(); ++i) {
    if (!fixed[i].starts_with('{')) continue;
    promise(!line->words[i].starts_with('-'), "what stands in a path is never taken for an option");
  }
  promise(line->words.back() == "--json", "a command answers in JSON");
}

std::string told(const HttpRequest& request) {
  promise(request.body.size() <= body_bytes_max, "a body has at most so many bytes");
  const auto match = matchHttp(request);
  if (!match) promiseSaid(match.failures());
  if (match && match->route->kind == HttpRoute::Kind::command) promiseNoOption(*match, request);
  const auto key = webSocketKey(request, {"https://intranet.example.org"});
  if (!key) promiseSaid(key.failures());
  if (key && *key) promise((*key)->size() == 24, "the key of a handshake is 16 bytes in base64");
  std::string out = request.method;
  for (const auto& segment : request.path) out.append("/").append(segment);
  for (const auto& [name, value] : request.query) out += fmt::format("&{}={}", name, value);
  for (const auto& [name, value] : request.headers) {
    const bool small = std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
    promise(small, "the names of headers are in lower case");
    promise(value.find_first_of("\r\n") == value.npos, "a header has one line");
    out += fmt::format("\n{}: {}", name, value);
  }
  return out + "\n" + request.body;
}

template <typename Reader>
void promiseCut(std::string_view bytes, std::size_t bound) {
  constexpr std::size_t few = 7;
  const auto tell = [](const auto& one) { return told(one); };
  Reader whole(bound);
  Reader inPieces(bound);
  promise(cut(whole, bytes, bytes.size(), tell) == cut(inPieces, bytes, few, tell),
          "what is read does not depend on the pieces it comes in");
}

}  // namespace

void fuzzFrame(std::span<const std::byte> input) {
  promiseCut<FrameReader>(textOf(input), frame_bytes_max);
}

void fuzzHttp(std::span<const std::byte> input) {
  promiseCut<HttpReader>(textOf(input), body_bytes_max);
}

void fuzzSubmission(std::span<const std::byte> input) {
  const auto entries = readSubmissionText(everyAct(), std::string(textOf(input)), EntryDefaults{});
  if (!entries) return promiseSaid(entries.failures());
  promise(!entries->empty(), "a submission has entries");
  promise(entries->size() <= limits::submission_entries_max, "and not too many");
  for (const auto& one : *entries)
    promise(one.act != nullptr, "each is of something that is known");
}

}  // namespace consulta::test
