#include "reasoning/thoughts/registry.h"

#include <set>

#include "tests/reasoning/thoughts/support.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("every kind of thought has a name, a sentence of help and its fields, and is found by its name") {
  std::set<std::string_view> names;
  for (const ThoughtKind* kind : thought_kinds()) {
    CHECK(names.insert(kind->name()).second);
    CHECK(kind->help().ends_with('.'));
    CHECK_FALSE(kind->fields().empty());
    CHECK(find_kind(kind->name()) == kind);
    CHECK(thought_kinds()[rank_of(*kind)] == kind);
  }
}

TEST_CASE("an unknown kind is an error that says so") {
  CHECK(find_kind("dream") == nullptr);
  CHECK_THROWS_WITH(kind_named("dream"), Catch::Contains("'dream'"));
}

TEST_CASE("a kind that is left out of a set is not in it") {
  const KindSet set = KindSet::all().without("merge");
  CHECK_FALSE(set[kind_named("merge")]);
  CHECK(set[kind_named("join")]);
}
