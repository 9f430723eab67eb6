#include "reasoning/experts/registry.h"

#include <catch2/catch.hpp>
#include <set>

using namespace noema::reasoning;

TEST_CASE("every expert has a help text, voices and features with names of their own, and a maker") {
  std::set<std::string> voices, features;
  for (const ExpertKind& kind : expert_kinds()) {
    CHECK_FALSE(kind.help.empty());
    REQUIRE_FALSE(kind.voices.empty());
    for (const std::string& name : kind.voices) CHECK(voices.insert(name).second);
    for (const std::string& name : kind.features) CHECK(features.insert(name).second);
    CHECK(kind.make({16}) != nullptr);
  }
  CHECK(expert_kinds().front().voices.front() == "transformer");
  CHECK(voice_names().size() == voices.size());
}
