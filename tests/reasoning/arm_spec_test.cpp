#include "reasoning/arm_spec.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/thoughts/registry.h"

using noema::base::UsageError;
using noema::reasoning::ArmSpec;
using noema::reasoning::kind_named;

TEST_CASE("an arm's name says what it is made of and what is left out") {
  const ArmSpec plain = ArmSpec::parse("static");
  CHECK(plain.base == "static");
  CHECK_FALSE(plain.is_core());
  const ArmSpec memory = ArmSpec::parse("memory+dynamic-cache_sharp");
  CHECK(memory.is_core());
  CHECK_FALSE(memory.thinks());
  CHECK(memory.dynamic);
  CHECK_FALSE(memory.anew);
  CHECK(memory.left_out_experts == std::set<std::string>{"cache sharp"});
  const ArmSpec noema = ArmSpec::parse("noema-merge-matches");
  CHECK(noema.thinks());
  CHECK(noema.anew);
  CHECK_FALSE(noema.dynamic);
  CHECK_FALSE(noema.kinds[kind_named("merge")]);
  CHECK(noema.kinds[kind_named("compose")]);
  CHECK(noema.left_out_experts.size() == 1);
  CHECK(ArmSpec::parse("noema+anew").anew);
}

TEST_CASE("leaving consolidation out leaves the graph as it was thought") {
  const ArmSpec spec = ArmSpec::parse("noema-consolidate");
  CHECK_FALSE(spec.kinds[kind_named("consolidate")]);
  CHECK_FALSE(spec.anew);
}

TEST_CASE("a name that is none is a usage error that lists what there is") {
  CHECK_THROWS_AS(ArmSpec::parse("oracle"), UsageError);
  CHECK_THROWS_WITH(ArmSpec::parse("noema-gold"), Catch::Contains("cache_sharp") && Catch::Contains("compose"));
  CHECK_THROWS_AS(ArmSpec::parse("noema-transformer"), UsageError);  // it spells what the others cannot
  CHECK_THROWS_AS(ArmSpec::parse("memory-merge"), UsageError);       // it never thinks
  CHECK_THROWS_AS(ArmSpec::parse("static+dynamic"), UsageError);
  CHECK_THROWS_AS(ArmSpec::parse("noema+"), UsageError);
  CHECK_THROWS_AS(ArmSpec::parse(""), UsageError);
}
