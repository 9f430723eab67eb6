#include "app/server/feeding.h"

#include <catch2/catch.hpp>

#include "tests/app/server/served.h"

namespace noema::tests {
namespace {

using nlohmann::json;

json feed_call(app::LiveMind& mind, const char* name, const json& arguments) {
  const app::Operation& operation = *app::operation_named(name);
  return json::parse(operation.call(mind, checked(operation, arguments), {}).dump());
}

json file_row(int lines, const char* hash) {
  return {{"content_hash", hash}, {"source", "a.txt"}, {"format", "text"}, {"acknowledged", lines}, {"bytes", 9}};
}

}  // namespace

TEST_CASE("an input and how far a file is read are the same after they went through JSON") {
  memory::Input input;
  input.text = "道";
  input.kind = "question";
  input.source = "a.txt";
  input.line = 7;
  input.group = "g";
  input.id = "i";
  input.speaker = "s";
  input.label = "l";
  input.answer = "a";
  input.time = 1000.25;
  const memory::Input read = app::fed_input_of(app::to_json(input));
  CHECK(app::to_json(read) == app::to_json(input));
  CHECK(read.time == input.time);
  CHECK(read.answer == input.answer);
  memory::Input piece;
  piece.part = 2;
  piece.begins_at = 5;
  CHECK(app::fed_input_of(app::to_json(piece)).begins_at == 5);
  const memory::FeedRow row{3, "hash", "a.txt", "text", "g", 12, 345, 1, 9};
  CHECK(app::to_json(app::feed_row_of(app::to_json(row))) == app::to_json(row));
}

TEST_CASE("lines of a file are stored with how far it was read, and found again by their hash and length") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  CHECK(feed_call(mind, "feeds", {{"format", "text"}})["next_length"].is_null());
  const json fed =
      feed_call(mind, "feed",
                {{"inputs", json::array({json{{"text", "one"}}, json{{"text", ""}}})}, {"file", file_row(2, "h2")}});
  CHECK(fed["told"].size() == 2);
  CHECK(fed["file"]["id"] == 1);
  CHECK(fed["file"]["begins_at"] == 182);
  json more = fed["file"];
  more["acknowledged"] = 3;
  more["content_hash"] = "h3";
  CHECK(feed_call(mind, "feed", {{"inputs", json::array({json{{"text", "two"}}})}, {"file", more}})["file"]["id"] == 1);
  CHECK(feed_call(mind, "feeds", {{"format", "text"}})["next_length"] == 3);
  CHECK(feed_call(mind, "feeds", {{"format", "text"}, {"group", "g"}})["next_length"].is_null());
  CHECK(feed_call(mind, "feeds", {{"format", "text"}, {"content_hash", "h3"}})["files"][0]["source"] == "a.txt");
  CHECK(feed_call(mind, "feeds", {{"format", "text"}, {"content_hash", "h2"}})["files"].empty());
}

TEST_CASE("pieces of an input belong to the one that begins before them, here or in an earlier call") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  feed_call(mind, "feed", {{"inputs", json::array({json{{"text", "a "}}, json{{"text", "b "}, {"part", 1}}})}});
  feed_call(mind, "feed",
            {{"inputs", json::array({json{{"text", "c"}, {"part", 2}, {"begins_at", 181}}, json{{"text", "d"}}})}});
  CHECK(mind.view().life().episodes().input(183)->text == "a b c");
  CHECK(mind.view().life().episodes().input(184)->text == "d");
}

TEST_CASE("what noema would not send is refused, and nothing of the call is stored") {
  const LifeOnDisk life;
  app::LiveMind mind(life.path, false);
  const auto refused = [&](const json& input) {
    CHECK_THROWS_AS(feed_call(mind, "feed", {{"inputs", json::array({json{{"text", "good"}}, input})}}), base::Error);
  };
  for (const json& input : std::vector<json>{{{"text", 7}},
                                             {{"text", "a"}, {"kind", "asked"}},
                                             {{"text", "a"}, {"line", -1}},
                                             {{"text", "a"}, {"line", 1e300}},
                                             {{"text", "a"}, {"begins_at", 3}},
                                             {{"text", "a"}, {"time", "now"}},
                                             {{"text", "a"}, {"colour", "red"}},
                                             {{"text", "a\nb"}},
                                             {{"id", "a"}},
                                             {"a"}})
    refused(input);
  CHECK_THROWS_AS(feed_call(mind, "feed", {{"inputs", json::array({json{{"text", "a"}, {"part", 1}}})}}),
                  app::BadArguments);
  CHECK_THROWS_AS(feed_call(mind, "feed", {{"inputs", json::array()}, {"file", {{"acknowledged", "x"}}}}),
                  app::BadArguments);
  json many = json::array();
  for (std::size_t i = 0; i <= app::kMostFed; ++i) many.push_back({{"text", "a"}});
  CHECK_THROWS_WITH(feed_call(mind, "feed", {{"inputs", many}}), Catch::Contains("1001 at once"));
  CHECK(mind.view().life().counts().episodes == 180);
}

}  // namespace noema::tests
