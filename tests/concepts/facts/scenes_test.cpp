#include "concepts/facts/scenes.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using nlohmann::json;
using noema::base::Error;
using noema::concepts::facts::Scenes;

TEST_CASE("a scene holds the sentences of its group in order") {
  Scenes scenes;
  const auto tale = scenes.scene_of("tale"), letters = scenes.scene_of("letters");
  CHECK(scenes.scene_of("tale") == tale);
  CHECK(scenes.find("letters") == letters);
  CHECK(scenes.find("lettres") == Scenes::kNoScene);
  scenes.tell(tale, 0);
  scenes.tell(letters, 1);
  scenes.tell(tale, 2);
  const auto as_of = [&](std::uint32_t told) {
    const auto some = scenes.sentences(tale, told);
    return std::vector<std::uint32_t>(some.begin(), some.end());
  };
  CHECK(as_of(3) == std::vector<std::uint32_t>{0, 2});
  CHECK(as_of(2) == std::vector<std::uint32_t>{0});
  CHECK(as_of(0).empty());
  CHECK(scenes.sentences(Scenes::kNoScene, 3).empty());
}

TEST_CASE("scenes are kept, and damaged ones are refused") {
  Scenes scenes;
  scenes.tell(scenes.scene_of(""), 0);
  scenes.tell(scenes.scene_of("tale"), 4);
  const json state = scenes.save();
  CHECK(Scenes::load(state, 5).save() == state);
  CHECK_THROWS_AS(Scenes::load(state, 4), Error);
  CHECK_THROWS_AS(Scenes::load(json::parse(R"([["a", [2, 1]]])"), 5), Error);
  CHECK_THROWS_AS(Scenes::load(json::parse(R"([["a", []], ["a", []]])"), 5), Error);
  CHECK_THROWS(Scenes::load(json::parse(R"([["a"]])"), 5));
}
