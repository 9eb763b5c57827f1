// A plain client of HTTP over a Unix socket, that sends and shows just what it is told to.
#pragma once

#include <doctest/doctest.h>
#include <poll.h>

#include <algorithm>
#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/write.hpp>
#include <boost/json.hpp>
#include <charconv>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>

namespace consulta::test {

struct HttpReply {
  int status = 0;
  std::map<std::string, std::string> headers;  // by their names as they were sent
  std::string body;
  bool whole = false;  // it ended as its head had announced

  [[nodiscard]] boost::json::value json() const { return boost::json::parse(body); }
};

/// For one thread. Every wait is for bytes of the server, which ends what it has begun.
class HttpClient {
 public:
  explicit HttpClient(const std::filesystem::path& socket) : socket_(io_) {
    socket_.connect(boost::asio::local::stream_protocol::endpoint(socket.string()));
  }

  /// False: the server has closed the connection.
  bool send(std::string_view bytes) {
    boost::system::error_code error;
    boost::asio::write(socket_, boost::asio::buffer(bytes), error);
    return !error;
  }

  /// "GET /v1/status", further headers each with its line end, a body.
  HttpReply ask(const std::string& line, const std::string& headers = {},
                const std::string& body = {}) {
    send(requestText(line, headers, body));
    return reply(line.starts_with("HEAD "));
  }
  static std::string requestText(const std::string& line, const std::string& headers = {},
                                 const std::string& body = {}) {
    const auto length =
        body.empty() ? "" : "Content-Length: " + std::to_string(body.size()) + "\r\n";
    return line + " HTTP/1.1\r\nHost: consulta\r\n" + length + headers + "\r\n" + body;
  }

  HttpReply reply(bool headOnly = false) {
    auto out = head();
    if (headOnly || out.status == 0) {
      out.whole = out.status != 0;
    } else if (out.headers["Transfer-Encoding"] == "chunked") {
      while (piece(out.body)) {
      }
      out.whole = ended_;
    } else if (const auto length = out.headers.find("Content-Length");
               length != out.headers.end()) {
      const auto size = static_cast<std::size_t>(std::stoul(length->second));
      out.body = take(size);
      out.whole = out.body.size() == size;
    } else {
      while (more()) {
      }
      out.body = std::move(buffer_);
      out.whole = true;
    }
    return out;
  }

  /// The status line and the headers of what comes next; status 0: nothing came.
  HttpReply head() {
    HttpReply out;
    ended_ = false;
    const auto first = line();
    if (!first.starts_with("HTTP/1.1 ")) return out;
    out.status = std::stoi(first.substr(9, 3));
    for (auto next = line(); !next.empty(); next = line()) {
      const auto colon = next.find(": ");
      REQUIRE(colon != next.npos);
      out.headers[next.substr(0, colon)] = next.substr(colon + 2);
    }
    return out;
  }

  /// Adds the next chunk; false at the end, or when nothing more comes.
  bool piece(std::string& to) {
    const auto size_line = line();
    std::size_t size = 0;
    const auto [at, error] =
        std::from_chars(size_line.data(), size_line.data() + size_line.size(), size, 16);
    if (error != std::errc() || size_line.empty()) return false;
    const auto bytes = take(size);
    to += bytes;
    const bool closed = line().empty() && bytes.size() == size;
    ended_ = size == 0 && closed;
    return size > 0 && closed;
  }

  /// Everything until the server closes.
  std::string rest() {
    while (more()) {
    }
    return std::exchange(buffer_, {});
  }
  /// Whether the server has said its last and closed.
  bool closed() {
    while (more()) {
    }
    return true;
  }

 private:
  bool more() {
    // A server that says nothing more fails the test that waits for it, and not the whole run.
    pollfd waits{.fd = socket_.native_handle(), .events = POLLIN, .revents = 0};
    REQUIRE(::poll(&waits, 1, 300'000) == 1);
    std::array<char, 65'536> bytes{};
    boost::system::error_code error;
    const auto count = socket_.read_some(boost::asio::buffer(bytes), error);
    buffer_.append(bytes.data(), count);
    return !error;
  }
  std::string take(std::size_t count) {
    while (buffer_.size() < count && more()) {
    }
    auto out = buffer_.substr(0, count);
    buffer_.erase(0, out.size());
    return out;
  }
  /// Without its end; empty when nothing more comes.
  std::string line() {
    auto end = buffer_.find("\r\n");
    while (end == buffer_.npos && more()) end = buffer_.find("\r\n");
    if (end == buffer_.npos) return {};
    auto out = buffer_.substr(0, end);
    buffer_.erase(0, end + 2);
    return out;
  }

  boost::asio::io_context io_;
  boost::asio::local::stream_protocol::socket socket_;
  std::string buffer_;
  bool ended_ = false;
};

/// Server-sent events, as they come.
class EventReader {
 public:
  struct Event {
    std::string id;
    std::string name;  // empty: an entry
    boost::json::value data;
  };

  explicit EventReader(const std::filesystem::path& socket, const std::string& query = {},
                       const std::string& headers = {})
      : client_(socket) {
    client_.send(HttpClient::requestText("GET /v1/events" + query, headers));
    head = client_.head();
  }

  /// False: nothing more comes.
  bool next(Event& event) {
    auto end = text_.find("\n\n");
    while (end == text_.npos) {
      const bool goesOn = client_.piece(text_);
      end = text_.find("\n\n");
      if (!goesOn && end == text_.npos) return false;
    }
    event = {};
    std::string_view block = std::string_view(text_).substr(0, end);
    while (!block.empty()) {
      const auto line = block.substr(0, block.find('\n'));
      block.remove_prefix(std::min(line.size() + 1, block.size()));
      const auto colon = line.find(": ");
      const auto value = std::string(line.substr(colon + 2));
      if (line.starts_with("id")) event.id = value;
      if (line.starts_with("event")) event.name = value;
      if (line.starts_with("data")) event.data = boost::json::parse(value);
    }
    text_.erase(0, end + 2);
    return true;
  }

  HttpReply head;

 private:
  HttpClient client_;
  std::string text_;
};

}  // namespace consulta::test
