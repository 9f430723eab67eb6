#include "app/server/http_server.h"

#include <arpa/inet.h>
#include <httplib.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "app/server/operation.h"
#include "app/server/page.h"
#include "app/server/routes.h"
#include "base/files.h"
#include "base/rng.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;
constexpr const char* kJson = "application/json";

struct Reply {
  int status = 0;
  json body;
};

Reply reply_of(const httplib::Result& result) {
  REQUIRE(result);
  return {result->status, json::parse(result->body, nullptr, false)};
}

struct Client {
  httplib::Client http;
  explicit Client(const Served& served) : http("127.0.0.1", served.server.port()) { http.set_read_timeout(60); }
  Reply get(const std::string& path) { return reply_of(http.Get(path)); }
  Reply post(const std::string& path, const json& body) { return reply_of(http.Post(path, body.dump(), kJson)); }
};

}  // namespace

TEST_CASE("each path of the interface answers as it is described") {
  const LifeOnDisk life;
  const Served served(life.path);
  Client client(served);
  const json document = client.get("/v1/openapi.json").body;
  const std::map<std::string, json> bodies{{"/v1/tell", {{"text", "Ann lives in Oslo"}, {"id", "a"}}},
                                           {"/v1/recall", {{"cue", "salt"}}},
                                           {"/v1/ask", {{"question", "who cut the salt ?"}}},
                                           {"/v1/query", {{"sql", "SELECT label FROM concept"}}},
                                           {"/v1/forget", {{"input", "a"}}},
                                           {"/v1/undo", {{"thought", "thought:1"}}},
                                           {"/v1/background", {{"thinks", false}}},
                                           {"/v1/think", {{"seconds", 0.2}}},
                                           {"/v1/feed", {{"inputs", json::array({json{{"text", "a line"}}})}}},
                                           {"/v1/concepts", {{"concept", "tax"}}},
                                           {"/v1/keep", {{"concept", "tax"}}},
                                           {"/v1/why", {{"concept", "tax"}}}};
  client.post("/v1/tell", {{"text", "Ann lives in Oslo"}, {"id", "a"}});
  int answered = 0;
  for (const auto& [path, methods] : document["paths"].items()) {
    if (path == "/v1/events" || path == "/v1/runs/{run}") continue;
    for (const auto& [method, operation] : methods.items()) {
      std::string url = path;
      if (const auto at = url.find("{concept}"); at != std::string::npos) url.replace(at, 9, "tax");
      if (url == "/v1/recall") url += "?cue=salt&k=3";
      if (url == "/v1/facts") url += "?thing=tax";
      if (url == "/v1/feeds") url += "?format=text";
      if (url == "/v1/thought") url += "?thought=thought:1";
      if (url == "/v1/senses") url += "?word=tax";
      const Reply reply = method == "get" ? client.get(url) : client.post(path, bodies.at(path));
      INFO(method << " " << url << ": " << reply.status << " " << reply.body.dump());
      const bool is_refused = reply.status == 422 ||
                              reply.status == 404;  // nothing known of tax, no thought made it, thoughts on thought:1
      if (is_refused) {
        CHECK((path == "/v1/facts" || path == "/v1/undo" || path == "/v1/keep"));
        CHECK(reply.body["error"]["what"].get<std::string>().size() > 5);
        continue;
      }
      CHECK(reply.status == 200);
      for (const json& key : operation["responses"]["200"]["content"][kJson]["schema"]["required"])
        CHECK(reply.body.contains(key.get<std::string>()));
      ++answered;
    }
  }
  CHECK(answered >= 19);
}

TEST_CASE("what is refused says what, where and what to do") {
  const LifeOnDisk life;
  const Served served(life.path);
  Client client(served);
  const auto expect = [](const Reply& reply, int status, const char* what) {
    CHECK(reply.status == status);
    REQUIRE(reply.body.is_object());
    CHECK_THAT(reply.body["error"]["what"].get<std::string>(), Catch::Contains(what));
    CHECK(reply.body["error"]["where"].is_string());
    CHECK(reply.body["error"]["what_to_do"].is_string());
  };
  expect(client.get("/v1/nothing"), 404, "there is nothing here");
  expect(client.get("/other/v1/status"), 404, "one life, which has no name");
  expect(client.get("/v1/recall"), 400, "cue is missing");
  expect(client.get("/v1/recall?cue=a&k=many"), 400, "k: expected integer");
  expect(client.get("/v1/recall?cue=a&cue=b"), 400, "given twice");
  expect(client.get("/v1/concepts/concept:999999"), 404, "");
  expect(client.post("/v1/tell", {{"text", "two\nlines"}}), 422, "more than one line");
  expect(client.post("/v1/query", {{"sql", "ATTACH 'x' AS x"}}), 422, "attach another file");
  expect(client.post("/v1/query", {{"sql", "MATCH (a:Sens) RETURN a"}}), 422, "there is no label 'Sens'");
  CHECK(client.post("/v1/query", {{"sql", "MATCH (a:Sense) RETURN a.label LIMIT $n"}, {"parameters", {{"n", 3}}}})
            .body["rows"]
            .size() == 3);
  expect(reply_of(client.http.Post("/v1/tell", "{\"text\":", kJson)), 400, "no JSON object");
  expect(reply_of(client.http.Post("/v1/tell", "{\"text\":\"a\"}", "text/plain")), 415, "not said to be JSON");
  expect(reply_of(client.http.Get("/v1/status", {{"Host", "evil.example"}})), 403, "is not this server");
  expect(reply_of(client.http.Get("/v1/status", {{"Origin", "http://evil.example"}})), 403, "may not ask");
  CHECK(client.get("/v1/concepts/" + std::to_string(client.get("/v1/concepts/tax").body["id"].get<int>()))
            .body["label"] == "tax");
}

TEST_CASE("bodies are bounded, and a token is asked for") {
  const LifeOnDisk life;
  app::HttpLimits limits;
  limits.body_bytes = 1000;
  const Served served(life.path, "0123456789abcdef", limits);
  Client client(served);
  CHECK(client.get("/v1/status").status == 401);
  client.http.set_bearer_token_auth("0123456789abcdef");
  CHECK(client.get("/v1/status").status == 200);
  CHECK(client.post("/v1/tell", {{"text", std::string(2000, 'a')}}).status == 413);
  CHECK(client.get("/v1/status").body["episodes"] == 180);
}

TEST_CASE("a port has one server: another is refused while it listens, and has it afterwards") {
  const LifeOnDisk first, second;
  app::Lives lives(second.path, false);
  int port = 0;
  {
    const Served served(first.path);
    port = served.server.port();
    CHECK(Client(served).get("/v1/status").status == 200);
    CHECK_THROWS_WITH(app::HttpServer(lives, "127.0.0.1", port, ""), Catch::Contains("another program has the port"));
  }
  CHECK(app::HttpServer(lives, "127.0.0.1", port, "").port() == port);
}

TEST_CASE("many clients tell and recall at once, and nothing is lost") {
  const LifeOnDisk life;
  {
    const Served served(life.path);
    std::atomic<int> failed{0};
    std::vector<std::thread> clients;
    for (int c = 0; c < 8; ++c)
      clients.emplace_back([&, c] {
        httplib::Client http("127.0.0.1", served.server.port());
        for (int i = 0; i < 10; ++i) {
          const std::string id = std::to_string(c) + "." + std::to_string(i);
          const auto told = http.Post("/v1/tell", json{{"text", "client says " + id}, {"id", id}}.dump(), kJson);
          const auto recalled = http.Get("/v1/recall?cue=client");
          failed += !told || told->status != 200 || !recalled || recalled->status != 200;
        }
      });
    for (std::thread& client : clients) client.join();
    CHECK(failed == 0);
  }
  const memory::Life reopened = app::open_to_read(life.path);
  CHECK(reopened.counts().episodes == 260);
  CHECK(reopened.check().empty());
}

TEST_CASE("connections that say nothing hold no thread, and are closed after a time") {
  const LifeOnDisk life;
  app::HttpLimits limits;
  limits.threads = 2;
  limits.read_seconds = 2;
  const Served served(life.path, {}, limits);
  std::vector<int> silent;
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(served.server.port()));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  for (int i = 0; i < 8; ++i) {
    silent.push_back(::socket(AF_INET, SOCK_STREAM, 0));
    const timeval patience{15, 0};
    ::setsockopt(silent.back(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    REQUIRE(::connect(silent.back(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  }
  Client client(served);
  client.http.set_read_timeout(4);  // a silent connection that were taken would hold a thread for longer
  CHECK(client.get("/v1/status").status == 200);
  for (const int socket : silent) {
    char byte = 0;
    CHECK(::read(socket, &byte, 1) <= 0);  // waits until the server closes it
    ::close(socket);
  }
  CHECK(client.get("/v1/status").status == 200);
}

TEST_CASE("when more requests wait than may, those that come to their turn are refused for now") {
  const LifeOnDisk life;
  app::HttpLimits limits;
  limits.threads = 1;
  limits.waiting = 1;
  limits.heartbeat_seconds = 0.05;
  const Served served(life.path, {}, limits);
  std::atomic<bool> is_held{false}, is_over{false};
  std::thread holder([&] {  // a stream of events has the one thread
    httplib::Client http("127.0.0.1", served.server.port());
    http.set_read_timeout(60);
    http.Get("/v1/events", [&](const char*, std::size_t) {
      is_held = true;
      return !is_over;
    });
  });
  while (!is_held) std::this_thread::yield();
  std::atomic<int> answered{0}, refused{0};
  std::vector<std::thread> clients;
  for (int i = 0; i < 6; ++i)
    clients.emplace_back([&] {
      httplib::Client http("127.0.0.1", served.server.port());
      http.set_read_timeout(60);
      const auto reply = http.Get("/v1/status");
      answered += reply && reply->status == 200;
      refused += reply && reply->status == 503 && reply->get_header_value("Retry-After") == "1" &&
                 reply->body.find("too many requests are waiting") != std::string::npos;
    });
  std::this_thread::sleep_for(std::chrono::milliseconds(500));
  is_over = true;
  for (std::thread& client : clients) client.join();
  holder.join();
  CHECK(answered >= 2);
  CHECK(refused >= 1);
  CHECK(answered + refused == 6);
}

TEST_CASE("events tell of inputs and of withdrawals, from a log position on") {
  const LifeOnDisk life;
  const Served served(life.path);
  Client client(served);
  std::string text;
  std::thread listener([&] {
    httplib::Client http("127.0.0.1", served.server.port());
    http.set_read_timeout(60);
    http.Get("/v1/events", [&](const char* data, std::size_t size) {
      text.append(data, size);
      return text.find("event: undo") == std::string::npos;
    });
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(300));
  client.post("/v1/tell", {{"text", "Ann lives in Oslo"}, {"id", "a"}});
  const auto thought = client.post("/v1/forget", {{"input", "a"}}).body["thought"];
  client.post("/v1/undo", {{"thought", thought}});
  listener.join();
  CHECK_THAT(text, Catch::Contains("event: input\ndata: {\"episode\":181,\"text\":\"Ann lives in Oslo\"") &&
                       Catch::Contains("event: thought\n") && Catch::Contains("\"kind\":\"withdraw\""));
  std::string again;
  client.http.Get("/v1/events", {{"Last-Event-ID", "0"}}, [&](const char* data, std::size_t size) {
    again.append(data, size);
    return false;
  });
  CHECK(again.starts_with("id: 1\nevent: input\n"));
}

TEST_CASE("of a folder each life has its name, and nothing outside has one") {
  const LifeOnDisk life;
  const auto folder = std::filesystem::path(life.path).parent_path() / "lives";
  std::filesystem::create_directories(folder / "sub");
  std::filesystem::copy(life.path, folder / "a.life");
  std::filesystem::copy(life.path, folder / "b.life");
  std::filesystem::create_symlink(life.path, folder / "link.life");
  const Served served(folder.string());
  Client client(served);
  CHECK(client.get("/a.life/v1/status").body["episodes"] == 180);
  CHECK(client.post("/b.life/v1/tell", {{"text", "only here"}}).status == 200);
  CHECK(client.get("/a.life/v1/status").body["episodes"] == 180);
  CHECK(client.get("/b.life/v1/status").body["episodes"] == 181);
  for (const char* path : {"/v1/status", "/none/v1/status", "/link.life/v1/status", "/sub/v1/status", "/../v1/status",
                           "/%2e%2e/v1/status", "/..%2fsmall.life/v1/status", "/.hidden/v1/status"})
    CHECK(client.get(path).status == 404);
}

TEST_CASE("the page is at the top, and of a folder at each life's name; without a token, which it asks for") {
  const LifeOnDisk life;
  const Served served(life.path, "0123456789abcdef");
  httplib::Client http("127.0.0.1", served.server.port());
  const auto page = http.Get("/");
  REQUIRE(page);
  CHECK(page->status == 200);
  CHECK(page->get_header_value("Content-Type") == "text/html; charset=utf-8");
  CHECK(page->get_header_value("Content-Security-Policy") == app::kPagePolicy);
  CHECK(page->get_header_value("X-Content-Type-Options") == "nosniff");
  CHECK(page->get_header_value("X-Frame-Options") == "DENY");
  CHECK(page->body == app::kPageText);
  CHECK(http.Get("/small.life/")->status == 404);
  for (const char* path : {"/v1/lives", "/v1/runs", "/v1/status", "/v1/openapi.json"})
    CHECK(http.Get(path)->status == 401);
  CHECK(http.Get("/", {{"Origin", "http://evil.example"}})->status == 403);

  const auto folder = std::filesystem::path(life.path).parent_path() / "lives";
  std::filesystem::create_directories(folder);
  std::filesystem::copy(life.path, folder / "a.life");
  const Served many(folder.string());
  Client client(many);
  CHECK(client.http.Get("/")->body == app::kPageText);
  CHECK(client.http.Get("/a.life/")->body == app::kPageText);
  for (const char* path : {"/b.life/", "/../", "/%2e%2e/", "/a.life/x/"}) CHECK(client.http.Get(path)->status == 404);
  CHECK(reply_of(client.http.Get("/", {{"Host", "evil.example"}})).status == 403);
  CHECK(client.get("/v1/lives").body == json{{"folder", true}, {"lives", {"a.life"}}});
}

TEST_CASE("runs are listed and given by name from the folder that was named, and from nowhere else") {
  const LifeOnDisk life;
  const auto folder = std::filesystem::path(life.path).parent_path() / "runs";
  std::filesystem::create_directories(folder / "first");
  base::write_file((folder / "first" / "results.json").string(), R"({"name":"n","seed":1,"arms":[{"arm":"a"}]})");
  app::Lives lives(life.path, false);
  app::HttpServer server(lives, "127.0.0.1", 0, "", {}, app::Runs(folder));
  std::stop_source stop;
  std::thread thread([&] { server.run(stop.get_token()); });
  httplib::Client http("127.0.0.1", server.port());
  const Reply list = reply_of(http.Get("/v1/runs")), one = reply_of(http.Get("/v1/runs/first"));
  const Reply outside = reply_of(http.Get("/v1/runs/..")), none = reply_of(http.Get("/v1/runs/%2e%2e%2f"));
  stop.request_stop();
  thread.join();
  CHECK(list.body["runs"][0]["run"] == "first");
  CHECK(one.body["results"]["name"] == "n");
  CHECK(outside.status == 404);
  CHECK(none.status == 404);
}

TEST_CASE("a body that is nested a million times is refused, and the server goes on") {
  const LifeOnDisk life;
  const Served served(life.path);
  Client client(served);
  const std::string deep = std::string(1'000'000, '[') + std::string(1'000'000, ']');
  for (const std::string& body :
       {deep, "{\"inputs\":" + deep + "}", "{\"text\":" + deep + "}", deep.substr(0, 1'000'000)})
    CHECK(reply_of(client.http.Post("/v1/tell", body, kJson)).status == 400);
  CHECK(client.get("/v1/recall?cue=a&k=" + std::string(3000, '[')).status == 400);
  CHECK(client.get("/v1/status").body["episodes"] == 180);
}

TEST_CASE("requests of random bytes are refused, and the server goes on") {
  const LifeOnDisk life;
  const Served served(life.path);
  Client client(served);
  base::Rng rng(7);
  const std::string good = R"({"text":"a","id":"b","inputs":[{"text":"c"}],"cue":"d","k":3})";
  for (int i = 0; i < 200; ++i) {
    std::string body = good;
    for (std::uint64_t changes = 1 + rng.below(6); changes > 0; --changes)
      body[rng.below(body.size())] = static_cast<char>(rng.below(256));
    const char* path = i % 3 == 0 ? "/v1/tell" : i % 3 == 1 ? "/v1/recall" : "/v1/query";
    const auto result = client.http.Post(path, body, kJson);
    REQUIRE(result);
    CHECK((result->status == 200 || result->status == 400 || result->status == 404 || result->status == 422));
  }
  CHECK(client.get("/v1/status").status == 200);
}

}  // namespace noema::tests
