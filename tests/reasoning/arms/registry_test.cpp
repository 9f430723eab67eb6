#include "reasoning/arms/registry.h"

#include <catch2/catch.hpp>
#include <set>

using namespace noema::reasoning;

TEST_CASE("every arm has a name of its own, help, something that it takes, a maker, and options within their ranges") {
  std::set<std::string> names;
  for (const ArmKind& kind : arm_kinds()) {
    CHECK(names.insert(kind.name).second);
    CHECK(kind.name.find_first_of("{}+-,;= ") == std::string::npos);
    CHECK_FALSE(kind.help.empty());
    CHECK_FALSE(kind.takes.empty());
    CHECK(kind.make != nullptr);
    CHECK(find_arm(kind.name) == &kind);
    for (const auto& key : kind.options) {
      CHECK_FALSE(key.help.empty());
      if (const auto* number = std::get_if<double>(&key.fallback)) CHECK(key.range.contains(*number));
    }
  }
  CHECK(find_arm("oracle") == nullptr);
}
