#include "reasoning/arms/arm_spec.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/thoughts/registry.h"

using noema::base::UsageError;
using noema::reasoning::ArmSpec;
using noema::reasoning::kind_named;

TEST_CASE("an arm's name says what it is made of and what is left out") {
  const ArmSpec plain = ArmSpec::parse("static");
  CHECK(plain.base() == "static");
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

TEST_CASE("an arm with options in braces is the arm in short spelling") {
  const ArmSpec braces = ArmSpec::parse("noema{without=merge,cache_sharp;dynamic=true}");
  const ArmSpec plain = ArmSpec::parse("noema+dynamic-merge-cache_sharp");
  CHECK(braces.dynamic);
  CHECK(braces.anew);
  CHECK(braces.left_out_experts == plain.left_out_experts);
  for (const auto* kind : noema::reasoning::thought_kinds()) CHECK(braces.kinds[*kind] == plain.kinds[*kind]);
  CHECK(ArmSpec::parse("noema{anew=true}").anew);
  CHECK(ArmSpec::parse("noema{}").left_out_experts.empty());
}

TEST_CASE("the settings of an arm may be given, and then are not tuned") {
  using noema::reasoning::Tuning;
  CHECK(ArmSpec::parse("cache").tuning() == Tuning::kCache);
  const ArmSpec cache = ArmSpec::parse("cache{theta=8;lambda=0.2;window=100}");
  CHECK(cache.tuning() == Tuning::kNone);
  CHECK(cache.settings.count("window") == 100);
  CHECK(ArmSpec::parse("dynamic{rate=1e-4}").tuning() == Tuning::kNone);
  CHECK(ArmSpec::parse("memory{dynamic=true}").tuning() == Tuning::kDynamic);
  CHECK(ArmSpec::parse("memory").tuning() == Tuning::kNone);
}

TEST_CASE("options that are none, or out of range, are usage errors that say what is expected") {
  CHECK_THROWS_WITH(ArmSpec::parse("noema{wihtout=merge}"),
                    Catch::Contains("'wihtout' is no option of noema, which has"));
  CHECK_THROWS_WITH(ArmSpec::parse("noema{dynamic=yes}"), Catch::Contains("expected true or false"));
  CHECK_THROWS_WITH(ArmSpec::parse("cache{lambda=2}"), Catch::Contains("lambda"));
  CHECK_THROWS_WITH(ArmSpec::parse("cache{window=nan}"), Catch::Contains("window"));
  CHECK_THROWS_WITH(ArmSpec::parse("noema{dynamic=true"), Catch::Contains("closing brace"));
  CHECK_THROWS_WITH(ArmSpec::parse("noema{dynamic}"), Catch::Contains("no '='"));
  CHECK_THROWS_WITH(ArmSpec::parse("static{x=1}"), Catch::Contains("static has no options"));
  CHECK_THROWS_AS(ArmSpec::parse("noema{}x"), UsageError);
}
