#include "reasoning/pairs/registry.h"

#include <catch2/catch.hpp>
#include <set>

#include "tests/reasoning/pairs/translators.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

TEST_CASE("every pair expert has names of its own, help and a maker") {
  std::set<std::string> names, voices;
  for (const PairExpertKind& kind : pair_expert_kinds()) {
    INFO(kind.name);
    CHECK(names.insert(kind.name).second);
    CHECK_FALSE(kind.help.empty());
    CHECK_FALSE(kind.voices.empty());
    for (const std::string& voice : kind.voices) CHECK(voices.insert(voice).second);
    CHECK(find_pair_expert(kind.name) == &kind);
    const auto model = small_translator();
    CHECK(kind.make({&model, 1, 1, 1e-3, true}) != nullptr);
  }
  CHECK_FALSE(voices.contains("translator"));  // the voice that a mixture has besides
}

TEST_CASE("a pair expert is found by its whole name alone") {
  for (const char* unknown : {"oracle", "", "copy ", "Copy", "neighbour"}) CHECK(find_pair_expert(unknown) == nullptr);
  REQUIRE(find_pair_expert("copy") != nullptr);
  CHECK(find_pair_expert("copy")->voices == std::vector<std::string>{"copy"});
}

TEST_CASE("the copy alone is left of an arm that keeps nothing of what it is told") {
  for (const PairExpertKind& kind : pair_expert_kinds()) CHECK(kind.remembers == (kind.name != "copy"));
}
