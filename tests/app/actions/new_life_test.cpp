#include "app/actions/new_life.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/small_life.h"

using namespace noema;

TEST_CASE("a life is born with random weights, once, and a budget that is too small is refused") {
  const tests::Workplace work;
  const std::string path = work.file("a.life");
  const auto made = app::new_life({.life = path, .model = "tiny", .seed = 7});
  CHECK(made.from_birth);
  CHECK(app::to_json(made)["seed"] == 7);
  CHECK(app::open_to_read(path).origin().seed == 7);
  CHECK_THROWS_AS(app::new_life({.life = path, .model = "tiny"}), base::Error);
  CHECK_NOTHROW(app::new_life({.life = path, .model = "tiny", .force = true}));
  CHECK_THROWS_AS(app::new_life({.life = work.file("b.life"), .model = "tiny", .max_bytes = 10}), base::UsageError);
  CHECK_THROWS_AS(app::new_life({.life = work.file("b.life"), .model = work.file("none")}), base::Error);
  CHECK_FALSE(std::filesystem::exists(work.file("b.life")));
}
