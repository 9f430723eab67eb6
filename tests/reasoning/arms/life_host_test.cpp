#include "reasoning/arms/life_host.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/stop.h"
#include "reasoning/classes.h"
#include "tests/reasoning/arms/items.h"
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

TEST_CASE("a mind that is shown labelled items stores them in its life, and says what the life's classes say",
          "[classes]") {
  for (const std::string arm : {"noema", "memory", "lesion"}) {
    INFO(arm);
    const Folder folder;
    const auto path = folder.path / "a.life";
    auto learner = reasoning::make_learner(arm, {{}, path, 1, {}, {}});
    const auto names = learner_of("names");
    base::Rng rng(3);
    for (int i = 0; i < 40; ++i) {
      const reasoning::Experience item = i % 2 == 0
                                             ? bright_image(rng.below(3), rng)
                                             : reasoning::LabelledText{"red fox " + std::to_string(i % 5), "fox"};
      const auto own = std::get<reasoning::Label>(learner->experience(item));
      const auto other = std::get<reasoning::Label>(names->experience(item));
      CHECK(own.label == other.label);
      CHECK(own.confidence == Approx(other.confidence));
    }
    learner->end_task();
    CHECK((learner->think(100) > 0) == (arm == "noema"));
    CHECK(learner->state().state_bytes > 0);
    learner.reset();
    const memory::Life life = memory::Life::open(path, memory::Access::kRead);
    CHECK(life.counts().episodes == 40);
    CHECK(life.episodes().find(1)->kind == "image");
    CHECK(life.episodes().find(2)->text == "red fox 1");
    CHECK(reasoning::Classes::of(life).naming().classes().size() == 4);
    CHECK(life.check().empty());
  }
}

TEST_CASE("what only predicts texts cannot be asked of a mind that is shown labelled items", "[classes]") {
  const Folder folder;
  const auto made = [&](const std::string& arm) { reasoning::make_learner(arm, {{}, folder.path / "a", 1, {}, {}}); };
  CHECK_THROWS_WITH(made("memory+dynamic"), Catch::Contains("labelled items are not read word by word"));
  CHECK_THROWS_WITH(made("noema-matches"), Catch::Contains("give the arm without them"));
}
