#include "app/server/events.h"

#include <catch2/catch.hpp>
#include <sstream>

#include "app/actions/tell.h"
#include "base/error.h"
#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

struct Event {
  std::string id, name;
  json data;
};

/// The events of a text of the stream: three lines each, and an empty one behind them.
std::vector<Event> events_in(const std::string& text) {
  std::vector<Event> events;
  std::istringstream lines(text);
  for (std::string id, name, data, end; std::getline(lines, id);) {
    REQUIRE(std::getline(lines, name));
    REQUIRE(std::getline(lines, data));
    REQUIRE(std::getline(lines, end));
    REQUIRE(id.starts_with("id: "));
    REQUIRE(name.starts_with("event: "));
    REQUIRE(data.starts_with("data: "));
    REQUIRE(end.empty());
    events.push_back({id.substr(4), name.substr(7), json::parse(data.substr(6))});
  }
  return events;
}

/// A life on disk to which each call tells one thing.
struct Told {
  SmallLife small;
  Told() { small.mind.reset(); }
  void tell(const std::string& text, const std::string& speaker = {}, const std::string& group = {}) const {
    memory::Input input;
    input.text = text;
    if (!speaker.empty()) input.speaker = speaker;
    input.group = group;
    input.time = 60;
    app::tell(app::open_to_write(small.path), input);
  }
};

}  // namespace

TEST_CASE("events come as inputs are committed, each once, with who said it and where") {
  const Told life;
  life.tell("before anybody listens");
  app::Events events(life.small.path, std::nullopt);
  CHECK(events.next().empty());
  life.tell("Ann lives in Oslo", "Mia", "home");
  life.tell("Bob lives in Rome");
  const auto told = events_in(events.next());
  REQUIRE(told.size() == 2);
  CHECK(told[0].name == "input");
  CHECK(told[0].data == json{{"episode", 2},
                             {"text", "Ann lives in Oslo"},
                             {"speaker", "Mia"},
                             {"group", "home"},
                             {"time", "1970-01-01T00:01:00+00:00"}});
  CHECK(told[1].data["speaker"].is_null());
  CHECK(events.next().empty());
  life.tell("Cleo lives in Lima");
  CHECK(events_in(events.next()).size() == 1);
}

TEST_CASE("whoever comes back goes on behind the last event that was seen") {
  const Told life;
  for (int i = 0; i < 5; ++i) life.tell("thing " + std::to_string(i));
  app::Events all(life.small.path, 0);
  const auto told = events_in(all.next());
  REQUIRE(told.size() == 5);
  for (std::size_t i = 0; i < told.size(); ++i) {
    app::Events rest(life.small.path, std::stoll(told[i].id));
    CHECK(events_in(rest.next()).size() == 4 - i);
  }
  app::Events future(life.small.path, 1'000'000'000);
  CHECK(future.next().empty());
}

TEST_CASE("a long log comes a hundred events at a time, in order and none twice") {
  const LifeOnDisk life;  // 180 inputs and some thoughts
  app::Events events(life.path, 0);
  memory::Position last = 0;
  std::size_t inputs = 0, thoughts = 0;
  for (auto some = events_in(events.next()); !some.empty(); some = events_in(events.next())) {
    CHECK(some.size() <= 100);
    for (const Event& one : some) {
      CHECK(std::stoll(one.id) > last);
      last = std::stoll(one.id);
      inputs += one.name == "input";
      thoughts += one.name == "thought";
      if (one.name == "thought") {
        CHECK(one.data["thought"].get<std::string>().starts_with("thought:"));
        for (const char* key : {"kind", "gain_bits", "reason", "time"}) CHECK(one.data.contains(key));
      }
    }
  }
  const auto counts = app::open_to_read(life.path).counts();
  CHECK(inputs == static_cast<std::size_t>(counts.episodes));
  CHECK(thoughts == static_cast<std::size_t>(counts.thoughts));
}

TEST_CASE("an input cannot look like an event: what would end a line stands in quotes") {
  const Told life;
  app::Events events(life.small.path, std::nullopt);
  const std::string hostile = "a\rdata: b\r\revent: undo \"\\ \x1b[2J 道";
  life.tell(hostile, "event: undo");
  const std::string text = events.next();
  CHECK(text.find('\r') == std::string::npos);
  const auto told = events_in(text);
  REQUIRE(told.size() == 1);
  CHECK(told[0].name == "input");
  CHECK(told[0].data["text"] == hostile);
}

TEST_CASE("events of a life that is not there are an error") {
  const Workplace work;
  CHECK_THROWS_AS(app::Events(work.file("none.life"), std::nullopt), base::Error);
  CHECK_THROWS_AS(app::Events(work.write("text", "text\n"), 0), base::Error);
}

}  // namespace noema::tests
