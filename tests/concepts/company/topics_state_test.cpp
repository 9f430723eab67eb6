#include "concepts/company/topics_state.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"

using namespace noema::concepts::company;
using nlohmann::json;
namespace base = noema::base;

namespace {

Topics small_topics() {
  return Topics({{"dog", "dog", 0.01, {{0, 7}, {1, 2}}}, {"svn", "SVN", 0.02, {{1, 9}}}}, {{5, {3, 4}}, {6, {1}}}, 1.5);
}

std::string bytes_of(const json& state) {
  std::string bytes;
  json::to_cbor(state, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("topics come back from their bytes, with their words, labels, sizes and examples", "[company]") {
  const Topics topics = load_topics(save(small_topics()));
  REQUIRE(topics.size() == 2);
  CHECK(topics[0].inputs == 5);
  CHECK(topics[0].examples == std::vector<std::uint64_t>{3, 4});
  REQUIRE(topics.words().size() == 2);
  CHECK(topics.words()[0].label == "dog");
  CHECK(topics.words()[1].identity == "svn");
  CHECK(topics.words()[1].label == "SVN");
  CHECK(topics.words()[0].counts == small_topics().words()[0].counts);
  CHECK(topics.strength() == 1.5);
  CHECK(save(topics) == save(small_topics()));
  CHECK(topics.choose({"dog"})->topic == small_topics().choose({"dog"})->topic);
}

TEST_CASE("bytes that are no topics are refused in words, cut anywhere", "[company]") {
  const std::string whole = save(small_topics());
  for (std::size_t length = 0; length < whole.size(); ++length)
    CHECK_THROWS_AS(load_topics(whole.substr(0, length)), base::Error);
  CHECK_THROWS_WITH(load_topics("nonsense"), Catch::Contains("damaged") && Catch::Contains("noema check"));
}

TEST_CASE("a count of a topic that is not there, of nothing, and numbers that cannot be, are refused", "[company]") {
  const json whole = json::from_cbor(save(small_topics()));
  const auto refused = [&](const json::json_pointer& at, const json& value) {
    INFO(at.to_string() << " = " << value.dump());
    json state = whole;
    state[at] = value;
    CHECK_THROWS_AS(load_topics(bytes_of(state)), base::Error);
  };
  using Pointer = json::json_pointer;
  refused(Pointer("/words/0/3/0"), 2);  // there are topics 0 and 1
  refused(Pointer("/words/0/3/1"), 0);  // a count of nothing
  refused(Pointer("/words/0/2"), 0);    // a word's share
  refused(Pointer("/words/0/2"), -1);
  refused(Pointer("/words/0/2"), "much");
  refused(Pointer("/words/0/0"), 7);
  refused(Pointer("/topics/0/0"), 0);  // a topic without an input
  refused(Pointer("/topics/0/1"), "first");
  refused(Pointer("/strength"), 0);
}
