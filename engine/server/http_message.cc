#include "engine/server/http_message.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/buffers_to_string.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include "events/limits.h"

namespace consulta {

namespace http = boost::beast::http;
namespace urls = boost::urls;

namespace {

constexpr std::size_t read_bytes = std::size_t{16} << 10U;
constexpr unsigned http_1_1 = 11;

std::string lowered(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(),
                         [](char one) { return one >= 'A' && one <= 'Z' ? one - 'A' + 'a' : one; });
  return out;
}

Failure unreadable(const boost::system::error_code& why) {
  if (why == http::error::header_limit) {
    return usage("http.head", msg("the head of a request has at most {max} bytes",
                                  arg("max", limits::http_head_bytes_max)));
  }
  if (why == http::error::body_limit) {
    return usage("http.body", msg("the body of a request has at most {max} bytes",
                                  arg("max", limits::frame_bytes_max)));
  }
  return usage("http.request", msg("this is no HTTP request: {why}", arg("why", why.message())));
}

Result<HttpRequest> taken(http::request<http::string_body> message) {
  const auto target = message.target();
  const auto url = urls::parse_origin_form({target.data(), target.size()});
  if (!url) {
    return usage("http.target", msg("the target of a request is a path, as in /v1/status, perhaps "
                                    "with a query"));
  }
  HttpRequest out;
  out.method = std::string(message.method_string());
  for (const auto& segment : url->segments()) out.path.emplace_back(segment);
  for (const auto& one : url->params()) out.query.emplace_back(one.key, one.value);
  for (const auto& field : message) {
    const std::string_view value(field.value().data(), field.value().size());
    auto& kept = out.headers[lowered({field.name_string().data(), field.name_string().size()})];
    kept += (kept.empty() ? "" : ", ") + std::string(value);
  }
  out.keepsAlive = message.keep_alive();
  out.takesChunks = message.version() >= http_1_1;
  out.body = std::move(message.body());
  return out;
}

template <typename Message>
std::string headText(Message& message) {
  typename http::fields::writer writer(message, message.version(), message.result_int());
  return boost::beast::buffers_to_string(writer.get());
}

}  // namespace

std::string HttpRequest::header(std::string_view name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string() : found->second;
}

std::optional<std::string> HttpRequest::parameter(std::string_view name) const {
  using Parameter = std::pair<std::string, std::string>;
  const auto last = std::ranges::find(query.rbegin(), query.rend(), name, &Parameter::first);
  return last == query.rend() ? std::nullopt : std::optional(last->second);
}

struct HttpReader::Parts {
  using Parser = http::request_parser<http::string_body>;

  explicit Parts(std::size_t most) : body_bytes_max(most) { begin(); }
  void begin() {
    parser.emplace();
    parser->header_limit(limits::http_head_bytes_max);
    parser->body_limit(body_bytes_max);
    parser->eager(true);
    askedToGoOn = false;
    taken = 0;
  }

  std::size_t body_bytes_max;
  boost::beast::flat_buffer buffer;
  std::optional<Parser> parser;
  bool askedToGoOn = false;
  std::size_t taken = 0;  // bytes of the request that the parser has
};

HttpReader::HttpReader(std::size_t body_bytes_max)
    : parts_(std::make_unique<Parts>(body_bytes_max)) {}

HttpReader::~HttpReader() = default;

void HttpReader::allow(std::size_t body_bytes_max) {
  parts_->body_bytes_max = body_bytes_max;
  parts_->parser->body_limit(body_bytes_max);
}

std::span<char> HttpReader::space() {
  const auto space = parts_->buffer.prepare(read_bytes);
  return {static_cast<char*>(space.data()), space.size()};
}

void HttpReader::received(std::size_t count) {
  parts_->buffer.commit(count);
}

Result<std::optional<HttpRequest>> HttpReader::next() {
  auto& buffer = parts_->buffer;
  auto& parser = parts_->parser;
  while (buffer.size() > 0) {
    boost::system::error_code error;
    const auto count = parser->put(buffer.data(), error);
    buffer.consume(count);
    parts_->taken += count;
    if (error && error != http::error::need_more) return unreadable(error);
    if (parser->is_done()) {
      auto request = taken(parser->release());
      parts_->begin();
      if (!request) return std::move(request).failures();
      return std::optional<HttpRequest>(std::move(*request));
    }
    if (error || count == 0) break;
  }
  return std::optional<HttpRequest>();
}

bool HttpReader::inRequest() const {
  return parts_->buffer.size() > 0 || parts_->parser->got_some();
}

std::size_t HttpReader::begun() const {
  return parts_->taken + parts_->buffer.size();
}

bool HttpReader::headIsWhole() const {
  return parts_->parser->is_header_done();
}

bool HttpReader::asksToGoOn() {
  if (parts_->askedToGoOn || !headIsWhole()) return false;
  parts_->askedToGoOn = true;
  const auto expected = parts_->parser->get()[http::field::expect];
  return lowered({expected.data(), expected.size()}) == "100-continue";
}

std::string httpText(const HttpAnswer& answer, bool keepsAlive, bool headOnly) {
  http::response<http::string_body> out(http::int_to_status(answer.status), http_1_1);
  out.set(http::field::server, "consulta");
  out.set(http::field::content_type, answer.type);
  for (const auto& [name, value] : answer.headers) out.set(name, value);
  out.keep_alive(keepsAlive);
  out.content_length(answer.body.size());
  return headText(out) + (headOnly ? std::string() : answer.body);
}

std::string httpHead(std::string_view type, bool keepsAlive, bool chunked) {
  http::response<http::string_body> out(http::status::ok, http_1_1);
  out.set(http::field::server, "consulta");
  out.set(http::field::content_type, {type.data(), type.size()});
  out.set(http::field::cache_control, "no-store");
  out.keep_alive(keepsAlive && chunked);
  if (chunked) out.chunked(true);
  return headText(out);
}

std::string httpPiece(std::string_view bytes, bool chunked) {
  // A piece of no bytes would be the end.
  if (!chunked || bytes.empty()) return std::string(bytes);
  return fmt::format("{:x}\r\n{}\r\n", bytes.size(), bytes);
}

std::string_view httpEnd(bool chunked) {
  return chunked ? "0\r\n\r\n" : "";
}

}  // namespace consulta
