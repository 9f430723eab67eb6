#include "experiments/claims.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "base/child_process.h"
#include "base/error.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;

TEST_CASE("a claim is held by one alone, and free when its holder goes", "[claims]") {
  const TemporaryFolder folder;
  CHECK_FALSE(Claim::is_held(folder.path(), 3));
  {
    const auto claim = Claim::take(folder.path(), 3);
    REQUIRE(claim);
    CHECK(Claim::is_held(folder.path(), 3));
    CHECK_FALSE(Claim::is_held(folder.path(), 2));
    CHECK_FALSE(Claim::take(folder.path(), 3));
    CHECK(Claim::is_held(folder.path(), 3));  // who asked in vain took nothing away
    CHECK(Claim::take(folder.path(), 4));
    CHECK_FALSE(Claim::is_held(folder.path(), 4));
  }
  CHECK_FALSE(Claim::is_held(folder.path(), 3));
  CHECK(Claim::take(folder.path(), 3));
}

TEST_CASE("another program does not inherit a claim", "[claims]") {
  const TemporaryFolder folder;
  auto claim = Claim::take(folder.path(), 0);
  base::ChildProcess child({"/bin/sh", "-c", "echo begun >&2; sleep 1000"});
  while (child.last_line().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  claim.reset();
  CHECK_FALSE(Claim::is_held(folder.path(), 0));
}

TEST_CASE("claims need a folder that may be written", "[claims]") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(Claim::take(folder / "none", 0), Catch::Contains("none/claims") && Catch::Contains("--out"));
  CHECK_FALSE(Claim::is_held(folder / "none", 0));
}
