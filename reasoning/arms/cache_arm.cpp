#include "reasoning/arms/cache_arm.h"

#include <cmath>

#include "base/numbers.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/history.h"

namespace noema::reasoning {
namespace {

class CacheArm final : public TextArm {
 public:
  CacheArm(const std::string& name, const std::shared_ptr<const transformer::Model>& model,
           const CacheSettings& settings)
      : TextArm(name, model),
        settings_(settings),
        history_(static_cast<std::size_t>(model->width()), settings.window) {}

  std::vector<double> predict(const std::vector<UnitReading>& line) override {
    std::vector<double> bits;
    for (const UnitReading& unit : line) {
      double all = 0, own = 0;
      history_.for_each_back(unit, [&](std::size_t, double cosine, bool same) {
        const double weight = std::exp(settings_.theta * (cosine - 1));
        all += weight;
        if (same) own += weight;
      });
      const double transformer = std::exp(-unit.nats);
      const double p = all > 0 ? (1 - settings_.lambda) * transformer + settings_.lambda * own / all : transformer;
      bits.push_back(p > 0 ? -std::log2(p) : base::bits_of(unit.nats));
      history_.store(unit);
    }
    return bits;
  }
  void store(const std::vector<UnitReading>& line) override {
    for (const UnitReading& unit : line) history_.store(unit);
  }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = history_.bytes();
    return state;
  }
  nlohmann::json settings() const override {
    return {{"theta", settings_.theta}, {"lambda", settings_.lambda}, {"window", settings_.window}};
  }

 protected:
  nlohmann::json own_state() override { return history_.state(); }
  void restore_own(const nlohmann::json& state) override { history_.restore(state); }

 private:
  CacheSettings settings_;
  History history_;
};

}  // namespace

ArmKind cache_arm() {
  using base::Key;
  ArmKind kind;
  kind.name = "cache";
  kind.help = "the transformer and a store of recent hidden states (a continuous cache)";
  kind.needs_tuning = Tuning::kCache;
  kind.options = {Key{"theta", "inverse temperature; 0: tuned", 0.0, {0, 1000}},
                  Key{"lambda", "weight of the cache; with theta 0: tuned", 0.15, {0, 1}},
                  Key{"window", "hidden states kept; with theta 0: tuned", std::int64_t{2000}, {1, 1e7, true}}};
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    const base::Settings& s = spec.settings;
    const CacheSettings given{s.number("theta"), s.number("lambda"), s.count("window")};
    return std::make_unique<CacheArm>(spec.name, host.model(), given.theta > 0 ? given : host.cache_settings());
  };
  return kind;
}

}  // namespace noema::reasoning
