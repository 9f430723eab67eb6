#include "app/actions/audit.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/stop.h"
#include "tests/app/program.h"

using namespace noema;

TEST_CASE("an audit's blocks add up to its total, and a life without thoughts has none") {
  const tests::Workplace work;
  app::AuditRequest request;
  request.life = work.life();
  request.file = work.write("next.txt", tests::world_text(40, 2));
  request.blocks = 3;
  const auto unthinking = app::audit(request);
  CHECK(unthinking.blocks.empty());
  CHECK(unthinking.total.claimed_bits == 0);
  CHECK(unthinking.text_bits > 0);

  const std::string text = work.write("a.txt", tests::world_text(200));
  REQUIRE(tests::run_noema({"feed", request.life, text, "--think", "2", "--quiet"}).status == 0);
  const auto value = app::audit(request);
  REQUIRE(value.blocks.size() >= 2);
  double claimed = 0, realised = 0;
  for (const auto& block : value.blocks) {
    claimed += block.claimed_bits;
    realised += block.realised_bits;
  }
  CHECK(claimed == Approx(value.total.claimed_bits));
  CHECK(realised == Approx(value.total.realised_bits).margin(1e-6));
  CHECK(value.blocks.back().thoughts == value.total.thoughts);
  CHECK(app::to_json(value)["of_bits"] == value.text_bits);
  CHECK(app::to_json(value.blocks[0]).size() == 4);

  std::stop_source stop;
  stop.request_stop();
  request.stop = stop.get_token();
  CHECK_THROWS_AS(app::audit(request), base::Interrupted);
  request.file = work.write("e.txt", "");
  CHECK_THROWS_AS(app::audit(request), base::Error);
}
