#include "concepts/company/topics.h"

#include <catch2/catch.hpp>
#include <map>

#include "base/error.h"
#include "concepts/company/topics_state.h"
#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;
using namespace noema::tests;

namespace {

std::optional<MadeTopics> topics_of(const Text& text, std::uint64_t seed = 1, const TopicOptions& options = {}) {
  const auto name = [](noema::concepts::ConceptId unit) {
    return std::optional(UnitNames{std::to_string(unit), "x", {}});
  };
  return make_topics(episodes_of(text), name, seed, options);
}

}  // namespace

TEST_CASE("topics are the kinds of a world whose number was not given", "[company]") {
  const Text text = world_of_kinds(1, 1500, 5);
  const auto made = topics_of(text);
  REQUIRE(made);
  CHECK(made->topics.size() == 5);
  CHECK(made->bits < made->bits_of_none);
  std::map<noema::concepts::ConceptId, Topic> topic_of_kind;
  for (std::size_t i = 0; i < text.size(); ++i) {
    REQUIRE(made->of_inputs[i]);
    CHECK(topic_of_kind.try_emplace(text[i][2] / 10, *made->of_inputs[i]).first->second == *made->of_inputs[i]);
  }
  for (const TopicWord& word : made->topics.words()) CHECK(std::stoi(word.identity) < 1000);
}

TEST_CASE("topics say what new texts are about, and which words and inputs show it", "[company]") {
  const Text text = world_of_kinds(2, 1500, 4);
  const auto made = topics_of(text);
  const Topics& topics = made->topics;
  const auto first = topics.choose({"1001", "11", "512"}), second = topics.choose({"515", "1002"});
  REQUIRE(first);
  REQUIRE(second);
  CHECK(first->topic == second->topic);
  CHECK(first->probability > 0.9);
  CHECK(topics.choose({"31"})->topic != first->topic);
  CHECK_FALSE(topics.choose({"1001", "never met"}));
  for (const TopicWord* word : topics.telling(first->topic, 3)) CHECK(std::stoi(word->identity) % 500 / 10 == 1);
  REQUIRE_FALSE(topics[first->topic].examples.empty());
  for (const std::uint64_t example : topics[first->topic].examples) CHECK(text[example][2] / 10 == 1);
}

TEST_CASE("a given number of topics is kept to", "[company]") {
  const Text text = world_of_kinds(3, 600, 4);
  for (const std::size_t wanted : {2, 7}) {
    TopicOptions options;
    options.topics = wanted;
    CHECK(topics_of(text, 1, options)->topics.size() == wanted);
  }
}

TEST_CASE("the same inputs and seed give the same topics, bit by bit", "[company]") {
  const Text text = world_of_kinds(4, 500, 3);
  CHECK(save(topics_of(text, 7)->topics) == save(topics_of(text, 7)->topics));
}

TEST_CASE("of many mentions evenly spaced inputs are looked at", "[company]") {
  const Text text = world_of_kinds(5, 2000, 3);  // 10,000 mentions
  TopicOptions options;
  options.most_mentions = 5500;
  const auto made = topics_of(text, 1, options);
  CHECK(made->of_inputs.size() == 1000);
  CHECK(made->topics.size() == 3);
  for (Topic topic = 0; topic < made->topics.size(); ++topic)
    for (const std::uint64_t example : made->topics[topic].examples) CHECK(example % 2 == 0);
}

TEST_CASE("nothing, one word and an interruption make no topics", "[company]") {
  CHECK(topics_of({})->topics.size() == 0);
  const auto one = topics_of({{1}, {1}, {}});
  CHECK(one->of_inputs.size() == 3);
  CHECK_FALSE(one->of_inputs[2]);
  const auto name = [](noema::concepts::ConceptId) { return std::optional(UnitNames{"a", "a", {}}); };
  CHECK_FALSE(make_topics(episodes_of(world_of_kinds(1, 2000)), name, 1, {}, [] { return false; }));
}

TEST_CASE("topics that are loaded are those that were saved, and damaged bytes are refused", "[company]") {
  const Topics topics = std::move(topics_of(world_of_kinds(1, 400, 3))->topics);
  const std::string bytes = save(topics);
  CHECK(save(load_topics(bytes)) == bytes);
  noema::base::Rng rng(1);
  for (int i = 0; i < 300; ++i) {
    std::string damaged = bytes;
    if (i % 2 == 0)
      damaged.resize(rng.below(damaged.size()));
    else
      damaged[rng.below(damaged.size())] = static_cast<char>(rng.below(256));
    try {
      const Topics loaded = load_topics(damaged);
      const auto choice = loaded.choose({"1", "501"});
      CHECK((!choice || choice->topic < loaded.size()));
    } catch (const noema::base::Error&) {
    }
  }
}
