#include "reasoning/arms/life_host.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/stop.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;

namespace {

double cost(reasoning::Learner& learner, const std::vector<std::string>& texts) {
  double bits = 0;
  for (const std::string& text : texts) {
    const reasoning::Outcome outcome = learner.experience(reasoning::Text{text, nullptr});
    for (const double unit : std::get<reasoning::Bits>(outcome).units) bits += unit;
    learner.think(2);
  }
  return bits;
}

}  // namespace

TEST_CASE("an arm that is a mind keeps a life of its own, can be saved between two texts, and loaded into another") {
  const Folder folder;
  small_model().save(folder.path / "model");
  const auto make = [&](const char* life) {
    return reasoning::make_learner("noema", {folder.path / "model", folder.path / life, 1, {}, {}});
  };
  const auto texts = small_world(1, 30), more = small_world(2, 10);
  const auto one = make("one.life");
  cost(*one, texts);
  const auto other = make("other.life");
  other->load(one->save());
  CHECK(cost(*other, more) == cost(*one, more));
  CHECK(one->state().concepts == other->state().concepts);
  CHECK(std::filesystem::exists(folder.path / "one.life"));
  CHECK_THROWS_AS(other->load("damaged"), base::Error);
}

TEST_CASE("baselines keep no life, an unknown arm is refused, and tuning can be stopped") {
  const Folder folder;
  small_model().save(folder.path / "model");
  reasoning::LifeHostOptions options{folder.path / "model", folder.path / "a.life", 1, small_world(1, 20), {}};
  CHECK(cost(*reasoning::make_learner("cache", options), small_world(2, 5)) > 0);
  CHECK_FALSE(std::filesystem::exists(folder.path / "a.life"));
  CHECK_THROWS_AS(reasoning::make_learner("oracle", options), base::UsageError);
  std::stop_source stop;
  stop.request_stop();
  options.stop = stop.get_token();
  CHECK_THROWS_AS(reasoning::make_learner("cache", options), base::Interrupted);
  CHECK_THROWS_AS(reasoning::make_learner("dynamic", options), base::Interrupted);
}
