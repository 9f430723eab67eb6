#include "app/remote/remote_feed.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/server/served.h"

namespace noema::tests {

namespace {

std::string where(const Served& served) { return "http://127.0.0.1:" + std::to_string(served.server.port()); }

}  // namespace

TEST_CASE("standard input is sent as it comes, and never taken to be fed already") {
  const LifeOnDisk life;
  const Served served(life.path);
  const std::string file = life.small.work.write("in.txt", world_text(20));
  for (int i = 0; i < 2; ++i) {
    const auto fed = run_noema_reading(file, {"feed", where(served), "-", "--json"});
    INFO(fed.err);
    CHECK(fed.json().back()["inputs"] == 20);
  }
}

TEST_CASE("an id that is taken, and a server that goes, end feeding with what was acknowledged") {
  const LifeOnDisk life;
  std::optional<Served> served(std::in_place, life.path);
  const app::RemoteLife remote(where(*served), "");
  app::FeedRequest request;
  request.format = "jsonl";
  request.files = {life.small.work.write("a.jsonl", "{\"text\":\"a\",\"id\":1}\n{\"text\":\"b\",\"id\":1}\n")};
  CHECK_THROWS_WITH(app::feed(remote, request, {}), Catch::Contains("the id '1' stands twice") &&
                                                        Catch::Contains("(0 lines of ") &&
                                                        Catch::Contains("are acknowledged)"));
  request.format = "text";
  request.files = {life.small.work.write("long.txt", world_text(400))};
  std::int64_t acknowledged = 0;
  app::FeedEvents events;
  events.acknowledged = [&](const app::FeedProgress& progress) {
    acknowledged = progress.lines;
    served.reset();
  };
  CHECK_THROWS_WITH(app::feed(remote, request, events),
                    Catch::Contains("no server answers there") && Catch::Contains("lines of "));
  CHECK(acknowledged > 0);
  CHECK(acknowledged < 400);
  CHECK(app::open_to_read(life.path).counts().episodes == 180 + acknowledged);
}

TEST_CASE("a stop ends feeding after what is read, and the result says so") {
  const LifeOnDisk life;
  const Served served(life.path);
  app::FeedRequest request;
  request.files = {life.small.work.write("long.txt", world_text(400))};
  std::stop_source stop;
  app::FeedEvents events;
  events.stop = stop.get_token();
  events.acknowledged = [&](const app::FeedProgress&) { stop.request_stop(); };
  const app::FeedResult result = app::feed(app::RemoteLife(where(served), ""), request, events);
  CHECK(result.interrupted);
  CHECK(result.inputs > 0);
  CHECK(result.inputs < 400);
}

}  // namespace noema::tests
