#include "app/proof_commands.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("audit compares claimed with saved bits by blocks, forgetting a stay elsewhere with staying") {
  const Workplace work;
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("a.txt", world_text(200)), "--think", "2"}).status == 0);
  const std::string next = work.write("b.txt", world_text(40, 2));
  const auto audit = run_noema({"audit", life, next, "--blocks", "3", "--json"});
  INFO(audit.err);
  REQUIRE(audit.status == 0);
  const auto rows = audit.json();
  REQUIRE(rows.size() >= 2);
  for (const char* key : {"thoughts", "claimed_bits", "realised_bits"}) CHECK(rows.front().contains(key));
  CHECK(rows.back().contains("ratio"));
  CHECK(run_noema({"realised", life, next, "--blocks", "3", "--json"}).json().size() == rows.size());
  const auto cost = run_noema({"forgetting", life, "--away", next, "--back", work.write("c.txt", world_text(20, 3)),
                               "--returns", "1", "--words", "50", "--away-words", "50", "--arms", "noema", "--json"});
  INFO(cost.err);
  REQUIRE(cost.status == 0);
  CHECK(cost.json().at(0).contains("nats_per_word_worse"));
}
