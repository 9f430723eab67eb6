// One suite for every arm of the registry, and for fakes that cheat: each check must catch its cheater.

#include "tests/reasoning/arms/conformance.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <map>

#include "base/numbers.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/registry.h"
#include "tests/reasoning/arms/hosts.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::ArmSpec;
using reasoning::Bits;
using reasoning::Learner;
using reasoning::Text;
using reasoning::UnitReading;

namespace {

/// Every arm of the registry, and some with options.
std::vector<std::string> all_arms() {
  std::vector<std::string> arms;
  for (const auto& kind : reasoning::arm_kinds())
    if (kind.takes.contains(reasoning::ExperienceKind::kText)) arms.push_back(kind.name);
  arms.insert(arms.end(),
              {"cache{theta=8;lambda=0.3;window=50}", "memory+dynamic", "noema{without=matches,cache_soft}"});
  return arms;
}

constexpr double kSumTolerance = 1e-4;  // the transformer's spread is kept in floats

}  // namespace

TEST_CASE(
    "the probabilities of every arm over all words that can come sum to one, and each word is scored before it is "
    "stored") {
  const ClosedWorld world;
  for (const std::string& arm : all_arms()) {
    INFO(arm);
    CHECK(sum_error(maker_of(arm, false), world, world.lines(1, 25, false)) < kSumTolerance);
  }
}

TEST_CASE("for every arm a changed future changes no past bit") {
  const ClosedWorld world;
  for (const std::string& arm : all_arms()) {
    INFO(arm);
    CHECK(keeps_to_the_past(maker_of(arm, false), world, world.lines(2, 20, false)));
  }
}

TEST_CASE("every arm reads from left to right once and says a number for each unit") {
  const ClosedWorld world;
  for (const std::string& arm : all_arms()) {
    INFO(arm);
    CHECK(reads_once(maker_of(arm, false), world, world.lines(3, 20, false)));
  }
}

TEST_CASE("every arm that is saved between two texts and loaded goes on with the same bits") {
  for (const std::string& arm : all_arms()) {
    INFO(arm);
    CHECK(resume_error(maker_of(arm, true), small_world(1, 24)) == 0);
    CHECK_THROWS_AS(maker_of(arm, true)()->load("damaged"), base::Error);
  }
}

TEST_CASE("every arm reports the bytes that it holds") {
  const ClosedWorld world;
  for (const std::string& arm : all_arms()) {
    INFO(arm);
    const auto learner = maker_of(arm, false)();
    show(*learner, world, world.lines(4, 30, false));
    if (arm != "static") CHECK(learner->state().state_bytes > 0);
    CHECK(hidden_bytes(maker_of(arm, false), world, world.lines(4, 30, false)) < 0.02);  // names of fields
  }
}

TEST_CASE(
    "on shuffled words no arm earns more than a few percent over the static transformer, and memories earn on others") {
  const ClosedWorld world;
  for (const std::string& arm : all_arms()) {
    INFO(arm);
    CHECK(earned(maker_of(arm, false), world, world.lines(5, 150, true)) < 0.02);
    if (arm == "memory" || arm == "noema") CHECK(earned(maker_of(arm, false), world, world.lines(5, 150, false)) > 0.1);
  }
}

// --- Cheaters ------------------------------------------------------------------------------------------------------

namespace {

/// An honest arm of counts, with one way to cheat.
class Cheater final : public Learner {
 public:
  enum class Way {
    kNone,
    kInflates,
    kStoresFirst,
    kPeeks,
    kRemembersPasses,
    kForgetsState,
    kHidesBytes,
    kKnowsTheWord
  };
  explicit Cheater(Way way) : way_(way) {}

  std::string_view name() const override { return "cheater"; }
  reasoning::Outcome experience(const reasoning::Experience& experience) override {
    const auto& text = std::get<Text>(experience);
    std::vector<UnitReading> own;
    if (text.reading == nullptr)
      for (const char c : text.text) {
        own.emplace_back().surface_id = static_cast<std::uint32_t>(static_cast<unsigned char>(c));
        own.back().nats = std::log(256);
      }
    const auto& units = text.reading != nullptr ? *text.reading : own;
    Bits bits;
    for (const UnitReading& unit : units) bits.units.push_back(-std::log2(probability(unit, units)));
    return bits;
  }
  reasoning::LearnerState state() const override {
    reasoning::LearnerState state;
    state.state_bytes = way_ == Way::kHidesBytes ? 0 : 64 * counts_.size() + seen_.size();
    return state;
  }
  std::string save() override {
    if (way_ == Way::kForgetsState) return "";
    return nlohmann::json{{"counts", counts_}, {"all", all_}, {"seen", seen_}}.dump();
  }
  void load(std::string_view bytes) override {
    if (way_ == Way::kForgetsState) return;
    const auto state = nlohmann::json::parse(bytes);
    counts_ = state["counts"].get<std::map<std::uint32_t, double>>();
    all_ = state["all"];
  }

 private:
  double probability(const UnitReading& unit, const std::vector<UnitReading>& line) {
    static std::map<std::uint32_t, double> passes;
    auto& counts = way_ == Way::kRemembersPasses ? passes : counts_;
    const double transformer = std::exp(-unit.nats);
    if (way_ == Way::kStoresFirst) ++counts[unit.surface_id], ++all_;
    double p = (counts[unit.surface_id] + 50 * transformer) / (all_ + 50);
    if (way_ == Way::kRemembersPasses) p = (counts[unit.surface_id] + 50 * transformer) / (sum(counts) + 50);
    if (way_ == Way::kInflates) p *= 1.1;
    if (way_ == Way::kPeeks && line.size() > 1 && line[line.size() - 2].surface_id == 9) p = std::min(0.99, 1.3 * p);
    if (way_ == Way::kKnowsTheWord) p = 0.9;
    if (way_ != Way::kStoresFirst) ++counts[unit.surface_id], ++all_;
    seen_ += 'x';
    return p;
  }
  static double sum(const std::map<std::uint32_t, double>& counts) {
    double all = 0;
    for (const auto& [unit, count] : counts) all += count;
    return all;
  }

  Way way_;
  std::map<std::uint32_t, double> counts_;
  double all_ = 0;
  std::string seen_;
};

Maker cheater(Cheater::Way way) {
  return [way] { return std::make_unique<Cheater>(way); };
}

}  // namespace

TEST_CASE("each check catches its cheater, and lets the honest arm pass") {
  using Way = Cheater::Way;
  const ClosedWorld world;
  const Lines lines = world.lines(6, 30, false), shuffled = world.lines(6, 150, true);
  const auto texts = small_world(2, 10);
  CHECK(sum_error(cheater(Way::kNone), world, lines) < kSumTolerance);
  CHECK(keeps_to_the_past(cheater(Way::kNone), world, lines));
  CHECK(reads_once(cheater(Way::kNone), world, lines));
  CHECK(resume_error(cheater(Way::kNone), texts) == 0);
  CHECK(hidden_bytes(cheater(Way::kNone), world, lines) < 0.02);
  CHECK(earned(cheater(Way::kNone), world, shuffled) < 0.02);

  CHECK(sum_error(cheater(Way::kInflates), world, lines) > kSumTolerance);
  CHECK(sum_error(cheater(Way::kStoresFirst), world, lines) > kSumTolerance);
  CHECK_FALSE(keeps_to_the_past(cheater(Way::kPeeks), world, lines));
  CHECK_FALSE(reads_once(cheater(Way::kRemembersPasses), world, lines));
  CHECK(resume_error(cheater(Way::kForgetsState), texts) > 0);
  CHECK(hidden_bytes(cheater(Way::kHidesBytes), world, lines) > 0.5);
  CHECK(earned(cheater(Way::kKnowsTheWord), world, shuffled) > 0.02);
}
