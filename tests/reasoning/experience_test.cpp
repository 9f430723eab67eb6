#include "reasoning/experience.h"

#include <catch2/catch.hpp>

using namespace noema::reasoning;

TEST_CASE("each experience is of the kind that its name says") {
  const std::vector<std::pair<Experience, std::string_view>> kinds{{Text{"a", nullptr}, "text"},
                                                                   {LabelledText{"a", "b"}, "labelled text"},
                                                                   {Features{{1, 2}, "b"}, "features"},
                                                                   {Question{"a", std::nullopt}, "questions"},
                                                                   {ToldPair{"a", "b"}, "pairs"}};
  for (const auto& [experience, name] : kinds) CHECK(name_of(kind_of(experience)) == name);
  CHECK(kind_of(Question{}) == ExperienceKind::kQuestion);
}
