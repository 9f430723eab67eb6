#include "reasoning/arms/core_arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/reasoning/arms/hosts.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("an arm that is a mind can be stopped while it thinks") {
  std::stop_source stop;
  const auto model = std::make_shared<const transformer::Model>(small_model());
  const auto spec = reasoning::ArmSpec::parse("noema");
  const auto arm =
      reasoning::core_arm(spec, model, std::make_unique<reasoning::Core>(static_cast<std::size_t>(model->width())), {},
                          {}, stop.get_token());
  for (const std::string& text : small_world(1, 150)) arm->experience(reasoning::Text{text, nullptr});
  stop.request_stop();
  CHECK(arm->think(1'000'000) < 100);
  CHECK(arm->state().thoughts < 100);
}

TEST_CASE("an arm that is a mind takes texts only") {
  const auto arm = maker_of("noema", true)();
  CHECK_THROWS_AS(arm->experience(reasoning::Features{{1, 2}, "7"}), std::logic_error);
}
