#include "reasoning/arms/arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "reasoning/arms/arm_spec.h"
#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Bits;
using reasoning::Text;

TEST_CASE("an arm says the same of a text that it reads as of one that comes with its reading") {
  const auto host = std::make_shared<FreshHost>(true);
  const auto spec = reasoning::ArmSpec::parse("memory");
  const auto one = spec.kind->make(spec, *host), other = spec.kind->make(spec, *host);
  reasoning::Reader reader(*host->model());
  for (const std::string& text : small_world(1, 10)) {
    const auto reading = reader.read(text);
    CHECK(std::get<Bits>(one->experience(Text{text, nullptr})).units ==
          std::get<Bits>(other->experience(Text{text, &reading})).units);
  }
}

TEST_CASE("the saved state of another arm is refused") {
  const auto state = maker_of("static", true)()->save();
  CHECK_NOTHROW(maker_of("static", true)()->load(state));
  CHECK_THROWS_AS(maker_of("cache", true)()->load(state), base::Error);
}
