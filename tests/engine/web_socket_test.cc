// Those who follow through a WebSocket, and those who only pretend to.
#include <doctest/doctest.h>

#include <boost/asio/io_context.hpp>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>
#include <boost/json.hpp>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "tests/engine/http_client.h"
#include "tests/engine/server_fixture.h"
#include "tests/support/seed.h"

namespace consulta::test {

namespace {

namespace websocket = boost::beast::websocket;
using Local = boost::asio::local::stream_protocol;
using boost::system::error_code;

/// For one thread.
class WebClient {
 public:
  explicit WebClient(const std::filesystem::path& socket, const std::string& query = {},
                     const std::string& lastEventId = {})
      : stream_(io_) {
    stream_.next_layer().connect(Local::endpoint(socket.string()));
    stream_.set_option(websocket::stream_base::decorator([&](websocket::request_type& request) {
      if (!lastEventId.empty()) request.set("Last-Event-ID", lastEventId);
      request.set(boost::beast::http::field::origin, "https://consulta");
    }));
    stream_.handshake("consulta", "/v1/events" + query, error);
    CHECK_FALSE(error);
  }

  /// The next message; none once the server has closed, and `error` and reason() say why.
  std::optional<boost::json::object> next() {
    boost::beast::flat_buffer bytes;
    done([&](auto handler) { stream_.async_read(bytes, handler); });
    if (error) return std::nullopt;
    CHECK(stream_.got_text());
    const auto text = bytes.cdata();
    return boost::json::parse({static_cast<const char*>(text.data()), text.size()}).as_object();
  }
  /// Adds the positions of all that comes to `seen`; returns the first notice.
  boost::json::object notice(std::vector<std::uint64_t>& seen) {
    while (auto message = next()) {
      if (message->contains("notice")) return *message;
      for (const auto& event : message->at("events").as_array()) {
        seen.push_back(event.at("data").at("position").to_number<std::uint64_t>());
      }
      // The last one of them, or one behind it that a filter passed over.
      const std::string place(message->at("place").as_string());
      CHECK(place.substr(0, 2) == "1:");
      CHECK(std::stoull(place.substr(2)) >= seen.back());
    }
    return {};
  }
  boost::json::object notice() {
    std::vector<std::uint64_t> ignored;
    return notice(ignored);
  }
  void say(const std::string& text) { stream_.write(boost::asio::buffer(text), error); }
  websocket::stream<Local::socket>& stream() { return stream_; }
  [[nodiscard]] std::string reason() const {
    const auto& why = stream_.reason();
    return std::to_string(why.code) + " " + std::string(why.reason.data(), why.reason.size());
  }

  error_code error;

 private:
  /// A server that says nothing more fails the test that waits for it, and not the whole run.
  template <typename Begin>
  void done(Begin begin) {
    bool ended = false;
    begin([&](const error_code& failed, std::size_t) {
      ended = true;
      error = failed;
    });
    io_.restart();
    io_.run_for(std::chrono::minutes(5));
    REQUIRE(ended);
  }

  boost::asio::io_context io_;
  websocket::stream<Local::socket> stream_;
};

std::vector<std::uint64_t> span(std::uint64_t from, std::uint64_t to) {
  std::vector<std::uint64_t> out;
  for (auto at = from; at <= to; ++at) out.push_back(at);
  return out;
}

std::string handshake(const std::string& headers = {}) {
  return "Connection: keep-alive, Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
         "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
         headers;
}

std::string followers(const Served& served) {
  const auto figures = HttpClient(served.socket()).ask("GET /metrics").body;
  const std::string name = "\nconsulta_subscribers ";
  return figures.substr(figures.find(name) + name.size(), 1);
}

}  // namespace

TEST_CASE("entries come through a WebSocket, each once and in order, from where one wants") {
  ServerLimits limits;
  limits.event_batch_bytes = 4'096;  // many messages
  Served served(limits);
  served.enter(300);
  const auto last = served.reg->last().value;
  WebClient client(served.socket());
  std::vector<std::uint64_t> seen;
  const auto caughtUp = client.notice(seen);
  CHECK(seen == span(1, last));
  CHECK(caughtUp.at("notice") == "caughtUp");
  CHECK(caughtUp.at("place").as_string() == "1:" + std::to_string(last));
  CHECK(caughtUp.at("position") == last);
  CHECK(caughtUp.contains("recordedtime"));

  served.enter(1);
  const auto live = client.next();
  REQUIRE(live);
  const auto& event = live->at("events").at(0);
  CHECK(event.at("specversion") == "1.0");
  CHECK(event.at("replayed") == false);
  CHECK(event.at("subject") == "meeting:MTG-301");

  const auto positions = [&](const std::string& query, const std::string& lastEventId = {}) {
    WebClient other(served.socket(), query, lastEventId);
    std::vector<std::uint64_t> out;
    const auto ended = other.notice(out);
    CHECK(ended.at("notice") == "ended");
    CHECK(ended.at("reason") == "complete");
    CHECK_FALSE(other.next());
    CHECK(other.error == websocket::error::closed);
    CHECK(other.reason() == "1000 complete " + std::string(ended.at("place").as_string()));
    return out;
  };
  CHECK(positions("?to=9&from=5") == span(5, 9));
  CHECK(positions("?to=last&after=1:100") == span(101, last + 1));
  CHECK(positions("?to=last&after=") == span(1, last + 1));
  CHECK(positions("?to=9&after=1:2", "1:7") == span(8, 9));
  CHECK(positions("?to=last&filter=entity%3DMTG-7").size() == 1);
}

TEST_CASE(
    "through a WebSocket the server says where to go on when it stops, and that all is well") {
  ServerLimits limits;
  limits.heartbeat = std::chrono::milliseconds(20);
  Served served(limits);
  served.enter(3);
  std::string place;
  {
    WebClient client(served.socket(), "?from=now");
    CHECK(client.notice().at("notice") == "caughtUp");
    CHECK(client.notice().at("notice") == "heartbeat");
    std::thread stops([&] { served.stop(); });
    auto said = client.notice();
    while (said.at("notice") == "heartbeat") said = client.notice();
    CHECK(said.at("notice") == "ended");
    CHECK(said.at("reason") == "stopping");
    place = said.at("place").as_string();
    CHECK_FALSE(client.next());
    CHECK(client.reason() == "1001 stopping " + place);
    stops.join();
  }
  served.start();
  served.enter(1);
  WebClient again(served.socket(), "?after=" + place);
  const auto message = again.next();
  REQUIRE(message);
  CHECK(message->at("place").as_string() == "1:" + std::to_string(served.reg->last().value));
  CHECK(message->at("events").as_array().size() == 1);
}

TEST_CASE("a handshake that is none is refused with the reason, and one is answered by its key") {
  const Served served;
  const auto asked = [&](const std::string& headers, const std::string& path = "/v1/events") {
    HttpClient client(served.socket());
    client.send(HttpClient::requestText("GET " + path, headers));
    return client.head();
  };
  const auto good = asked(handshake());
  CHECK(good.status == 101);
  CHECK(good.headers.at("Sec-WebSocket-Accept") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  CHECK(asked(handshake("Origin: https://Consulta\r\n")).status == 101);
  CHECK(asked(handshake("Origin: https://elsewhere.example\r\n")).status == 403);
  CHECK(asked(handshake("Origin: null\r\n")).status == 403);
  CHECK(
      asked("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n").status ==
      400);
  const auto old =
      asked("Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 8\r\n");
  CHECK(old.status == 426);
  CHECK(old.headers.at("Sec-WebSocket-Version") == "13");
  CHECK(asked(handshake(), "/v1/events?colour=red").status == 400);
  CHECK(asked(handshake(), "/healthz").status == 200);
  // Whoever asks for something else, or cannot, follows as without it.
  CHECK(asked("Connection: Upgrade\r\nUpgrade: h2c\r\n").headers.at("Content-Type") ==
        "text/event-stream");
  HttpClient early(served.socket());
  early.send(HttpClient::requestText("GET /v1/events", handshake()) + "\x81");
  CHECK(early.head().status == 400);
}

TEST_CASE("what cannot be followed is refused in a message, which a page in a browser can read") {
  const Served served;
  const auto refused = [&](const std::string& query) {
    WebClient client(served.socket(), query);
    const auto said = client.notice();
    CHECK(said.at("notice") == "refused");
    CHECK_FALSE(client.next());
    auto rule = std::string(said.at("problem").at("errors").at(0).at("rule").as_string());
    CHECK(client.reason() == "1008 " + rule);
    return rule;
  };
  CHECK(refused("?from=1000000") == "cursor.ahead");
  CHECK(refused("?after=7:1") == "cursor.epoch");
  CHECK(refused("?after=7") == "http.parameter");
  CHECK(followers(served) == "0");
}

TEST_CASE("a peer of a WebSocket may ask whether all is well and leave, and has nothing to say") {
  Served served;
  const auto place = "1:" + std::to_string(served.reg->last().value);
  SUBCASE("its pings are answered") {
    WebClient client(served.socket(), "?from=now");
    std::string answered;
    client.stream().control_callback(
        [&](websocket::frame_type type, boost::beast::string_view said) {
          if (type == websocket::frame_type::pong) answered = std::string(said.data(), said.size());
        });
    client.stream().ping("well?", client.error);
    CHECK(client.notice().at("notice") == "caughtUp");
    while (answered.empty()) {  // what is read meanwhile is handed out with the next message
      served.enter(1);
      REQUIRE(client.next());
    }
    CHECK(answered == "well?");
  }
  SUBCASE("when it says good-bye, so does the server") {
    WebClient client(served.socket(), "?from=now");
    CHECK(client.notice().at("notice") == "caughtUp");
    CHECK(followers(served) == "1");
    client.stream().close(websocket::close_code::normal, client.error);
    CHECK_FALSE(client.error);
    while (followers(served) != "0") std::this_thread::yield();
  }
  SUBCASE("when it is gone, it is no follower any more") {
    { const WebClient client(served.socket()); }
    while (followers(served) != "0") std::this_thread::yield();
  }
  SUBCASE("a message ends it, with the place to go on from") {
    WebClient client(served.socket(), "?from=now");
    CHECK(client.notice().at("notice") == "caughtUp");
    client.say("hello");
    const auto ended = client.notice();
    CHECK(ended.at("notice") == "ended");
    CHECK(ended.at("reason") == "spoken");
    CHECK_FALSE(client.next());
    CHECK(client.reason() == "1003 spoken " + place);
  }
  SUBCASE("a long one ends it before it is read") {
    WebClient client(served.socket(), "?from=now");
    CHECK(client.notice().at("notice") == "caughtUp");
    client.say(std::string(4'000'000, 'x'));
    while (followers(served) != "0") std::this_thread::yield();
  }
}

TEST_CASE("frames that break the protocol end the connection and nobody else's") {
  const Served served;
  const auto closedWith = [&](const std::string& bytes) {
    HttpClient client(served.socket());
    client.send(HttpClient::requestText("GET /v1/events?from=now", handshake()));
    CHECK(client.head().status == 101);
    client.send(bytes);
    const auto rest = client.rest();
    const auto at = rest.rfind("\x88\x02");  // a close frame that holds a code
    REQUIRE(at != rest.npos);
    REQUIRE(rest.size() >= at + 4);
    return static_cast<unsigned char>(rest[at + 2]) * 256 +
           static_cast<unsigned char>(rest[at + 3]);
  };
  const std::string mask(4, '\0');
  CHECK(closedWith("\x81\x01x") == 1002);                                 // not masked
  CHECK(closedWith("\xF1\x81" + mask + "x") == 1002);                     // bits that mean nothing
  CHECK(closedWith("\x83\x81" + mask + "x") == 1002);                     // no such frame
  CHECK(closedWith("\x09\x80" + mask) == 1002);                           // half a ping
  CHECK(closedWith("\x81\xFE\x10\x01" + mask) == 1009);                   // too long
  CHECK(closedWith("\x81\xFF" + std::string(8, '\x7F') + mask) == 1009);  // 2^63
  const auto seed = seedOr(std::random_device()());
  CAPTURE(seed);
  std::mt19937_64 random(seed);
  for (std::uint64_t i = 0; i < times(200); ++i) {
    HttpClient client(served.socket());
    client.send(HttpClient::requestText("GET /v1/events", handshake()));
    std::string bytes(random() % 300, '\0');
    for (auto& one : bytes) one = static_cast<char>(random());
    client.send(bytes);
  }
  while (followers(served) != "0") std::this_thread::yield();
  CHECK(HttpClient(served.socket()).ask("GET /healthz").status == 200);
}

TEST_CASE("who does not read from a WebSocket is given up, and the others and the writer go on") {
  Served served;
  served.enter(4'000);
  // Long enough for whoever reads, on however busy a machine.
  ServerLimits limits;
  limits.stall = std::chrono::seconds(4);
  served.restart(limits);
  WebClient stuck(served.socket());
  WebClient reads(served.socket());
  std::vector<std::uint64_t> seen;
  CHECK(reads.notice(seen).at("notice") == "caughtUp");
  CHECK(seen == span(1, served.reg->last().value));
  served.enter(1);
  const auto live = reads.next();
  REQUIRE(live);
  CHECK(live->at("place").as_string() == "1:" + std::to_string(served.reg->last().value));
  while (followers(served) != "1") std::this_thread::yield();
  std::vector<std::uint64_t> part;
  CHECK(stuck.notice(part).empty());
  CHECK(part.size() < seen.size());
  CHECK(stuck.error != websocket::error::closed);
}

TEST_CASE("a peer that asks through a WebSocket faster than it may is slowed, and answered") {
  ServerLimits limits;
  limits.requests_per_second = 500;
  limits.requests_burst = 1;
  const Served served(limits);
  HttpClient client(served.socket());
  client.send(HttpClient::requestText("GET /v1/events?from=now", handshake()));
  CHECK(client.head().status == 101);
  constexpr int pings = 50;
  for (int i = 0; i < pings; ++i) client.send(std::string("\x89\x80\0\0\0\0", 6));
  client.send(std::string("\x88\x80\0\0\0\0", 6));
  const auto rest = client.rest();
  int pongs = 0;
  for (auto at = rest.find(std::string("\x8A\0", 2)); at != rest.npos;
       at = rest.find(std::string("\x8A\0", 2), at + 2)) {
    ++pongs;
  }
  CHECK(pongs == pings);
}

}  // namespace consulta::test
