// Requests and answers of HTTP/1.1 (RFC 9112), cut out of a stream of bytes and put into one.
//
// Boost.Beast and Boost.URL do it, behind this header because theirs take long to read. What comes
// from outside may be anything: whatever is no request is a failure, never an exception.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "events/result.h"

namespace consulta {

struct HttpRequest {
  std::string method;
  std::vector<std::string> path;                            // its segments, decoded
  std::vector<std::pair<std::string, std::string>> query;   // decoded, in their order
  std::map<std::string, std::string, std::less<>> headers;  // by their names in lower case
  std::string body;
  bool keepsAlive = false;
  bool takesChunks = false;  // an answer of unknown length may be sent in pieces

  /// Empty when it was not sent.
  [[nodiscard]] std::string header(std::string_view name) const;
  /// The last one of that name.
  [[nodiscard]] std::optional<std::string> parameter(std::string_view name) const;
};

/// For one thread.
class HttpReader {
 public:
  explicit HttpReader(std::size_t body_bytes_max);
  ~HttpReader();
  HttpReader(const HttpReader&) = delete;
  HttpReader& operator=(const HttpReader&) = delete;

  /// How long the body of the next request may be.
  void allow(std::size_t body_bytes_max);

  /// Where the next bytes are to be put, never empty. Valid until the next call of anything here.
  [[nodiscard]] std::span<char> space();
  /// So many bytes of it came.
  void received(std::size_t count);

  /// The next request, or nothing until more has come. After a failure the stream cannot be read
  /// any further.
  [[nodiscard]] Result<std::optional<HttpRequest>> next();

  /// Whether something of a request has come that is not whole yet, and its head.
  [[nodiscard]] bool inRequest() const;
  [[nodiscard]] bool headIsWhole() const;
  /// How many bytes of it have come.
  [[nodiscard]] std::size_t begun() const;
  /// True once for a peer that waits to be told that it may send the rest.
  [[nodiscard]] bool asksToGoOn();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

struct HttpAnswer {
  unsigned status = 200;
  std::string type;
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers{};
};

/// All of it; without the body when only the head was asked for.
[[nodiscard]] std::string httpText(const HttpAnswer& answer, bool keepsAlive, bool headOnly);

/// The head of an answer whose body follows piece by piece, each through httpPiece(), and then
/// httpEnd(). To a peer that takes no chunks the end is that the connection closes.
[[nodiscard]] std::string httpHead(std::string_view type, bool keepsAlive, bool chunked);
[[nodiscard]] std::string httpPiece(std::string_view bytes, bool chunked);
[[nodiscard]] std::string_view httpEnd(bool chunked);

}  // namespace consulta
