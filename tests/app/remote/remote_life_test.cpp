// A life that a server holds, and servers that are none, or mean ill.

#include "app/remote/remote_life.h"

#include <httplib.h>
#undef _res  // a macro of <resolv.h> that is a name in Eigen

#include <catch2/catch.hpp>

#include "app/actions/names.h"
#include "base/error.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

/// A server that answers everything as it is told to.
struct Stranger {
  httplib::Server server;
  int port = 0;
  std::thread thread;
  explicit Stranger(httplib::Server::Handler handler) {
    server.Get(".*", handler);
    server.Post(".*", handler);
    port = server.bind_to_any_port("127.0.0.1");
    thread = std::thread([this] { server.listen_after_bind(); });
    while (!server.is_running()) std::this_thread::yield();
  }
  ~Stranger() {
    server.stop();
    thread.join();
  }
  app::RemoteLife life(const app::RemoteLimits& limits = {}) const {
    return {"http://127.0.0.1:" + std::to_string(port), "", limits};
  }
};

Stranger saying(int status, const std::string& body) {
  return Stranger([=](const httplib::Request&, httplib::Response& response) {
    response.status = status;
    response.set_content(body, "application/json");
  });
}

}  // namespace

TEST_CASE("operations are called, and what they refuse is thrown as by the life itself") {
  const LifeOnDisk life;
  const Served served(life.path);
  const app::RemoteLife remote("http://127.0.0.1:" + std::to_string(served.server.port()), "");
  CHECK(remote.call("status", json::object())["episodes"] == 180);
  CHECK(remote.call("tell", {{"text", "Ann lives in Oslo"}})["told"][0]["episode"] == 181);
  CHECK(remote.call("recall", {{"cue", "Ann & Oslo + 100%"}})["hits"][0]["episode"] == 181);
  CHECK(remote.call("concept", {{"concept", "tax"}})["label"] == "tax");
  CHECK(remote.call("feeds", {{"format", "text"}})["files"].empty());
  CHECK_THROWS_AS(remote.call("concept", {{"concept", "taxx"}}), app::UnknownName);
  CHECK_THROWS_WITH(remote.call("concept", {{"concept", "taxx"}}), Catch::Contains("did you mean tax"));
  CHECK_THROWS_AS(remote.call("undo", {{"thought", "tax"}}), base::UsageError);
  CHECK_THROWS_WITH(remote.call("tell", {{"text", "two\nlines"}}),
                    "the text has more than one line; `noema feed` reads files");
  CHECK_THROWS_WITH(remote.call("tell", {{"text", "\xff"}}), Catch::Contains("not UTF-8"));
}

TEST_CASE("the pages of a list come as one") {
  const LifeOnDisk life;
  const Served served(life.path);
  const app::RemoteLife remote("http://127.0.0.1:" + std::to_string(served.server.port()), "");
  json other;
  const json all = remote.all_of("thoughts", "thoughts", json::object(), &other);
  CHECK(all.size() > 2);
  CHECK(other["total"] == all.size());
  CHECK(remote.all_of("thoughts", "thoughts", {{"limit", 1}}) == all);
}

TEST_CASE("a token is shown, and asked for where it is missing") {
  const LifeOnDisk life;
  const Served served(life.path, "0123456789abcdef");
  const std::string address = "http://127.0.0.1:" + std::to_string(served.server.port());
  CHECK(app::RemoteLife(address, "0123456789abcdef").call("status", json::object())["episodes"] == 180);
  CHECK_THROWS_WITH(app::RemoteLife(address, "").call("status", json::object()),
                    Catch::Contains("token is missing or wrong; give its secret with --token-file"));
  CHECK_THROWS_AS(app::RemoteLife(address, "two words\r\nHost: evil"), base::UsageError);
}

TEST_CASE("what is no noema server, points elsewhere, sends too much or nests without end is refused in words") {
  const auto expect = [](const Stranger& stranger, const char* says) {
    CHECK_THROWS_WITH(stranger.life({.answer_bytes = 1000}).call("status", json::object()), Catch::Contains(says));
  };
  expect(saying(200, "<html>"), "no noema server");
  expect(saying(200, "[]"), "no noema server");
  expect(saying(404, "not here"), "no noema server (status 404)");
  expect(saying(500, "{\"error\":{\"what\":7}}"), "no noema server (status 500)");
  expect(saying(200, std::string(2000, ' ')), "more than 1000 bytes");
  expect(saying(422, "{\"error\":{\"what\":\"a\\u001b[2Jb\",\"what_to_do\":\"c\"}}"), "a [2Jb; c");
  {
    const Stranger deep = saying(200, std::string(100000, '['));
    CHECK_THROWS_WITH(deep.life().call("status", json::object()), Catch::Contains("no noema server"));
  }
  const Stranger elsewhere([](const httplib::Request&, httplib::Response& response) {
    response.set_redirect("http://127.0.0.1:1/v1/status");
  });
  expect(elsewhere, "points to another address");
  const Stranger silent(
      [](const httplib::Request&, httplib::Response&) { std::this_thread::sleep_for(std::chrono::seconds(3)); });
  CHECK_THROWS_WITH(silent.life({.silence_seconds = 1}).call("status", json::object()),
                    Catch::Contains("did not answer to the end"));
  const Stranger endless([](const httplib::Request&, httplib::Response& response) {
    response.set_content(R"({"rules":[],"total":9,"next":7})", "application/json");
  });
  CHECK_THROWS_WITH(endless.life().all_of("rules", "rules", json::object()), Catch::Contains("does not end"));
  CHECK_THROWS_WITH(app::RemoteLife("http://127.0.0.1:1", "").call("status", json::object()),
                    Catch::Contains("no server answers there"));
}

}  // namespace noema::tests
