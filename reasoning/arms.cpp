#include "reasoning/arms.h"

#include <fmt/format.h>

#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "base/numbers.h"
#include "base/rng.h"
#include "reasoning/history.h"
#include "reasoning/thoughts/consolidate.h"

namespace noema::reasoning {
namespace {

class StaticArm final : public Arm {
 public:
  std::vector<double> experience(const std::vector<UnitReading>& line) override {
    std::vector<double> bits;
    for (const UnitReading& unit : line) bits.push_back(base::bits_of(unit.nats));
    return bits;
  }
  void warm(const std::vector<UnitReading>&) override {}
  Thinking think(std::uint64_t) override { return {}; }
  LearnerState state() const override { return {}; }
};

class DynamicArm final : public Arm {
 public:
  explicit DynamicArm(std::function<std::uint64_t()> copy_bytes) : copy_bytes_(std::move(copy_bytes)) {}

  std::vector<double> experience(const std::vector<UnitReading>& line) override {
    std::vector<double> bits;
    for (const UnitReading& unit : line) {
      base::check(unit.learned_nats >= 0, "the dynamic arm wants lines that a learning copy has read");
      bits.push_back(base::bits_of(unit.learned_nats));
    }
    return bits;
  }
  void warm(const std::vector<UnitReading>&) override {}
  Thinking think(std::uint64_t) override { return {}; }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = copy_bytes_();
    return state;
  }

 private:
  std::function<std::uint64_t()> copy_bytes_;
};

class CacheArm final : public Arm {
 public:
  CacheArm(std::size_t width, const CacheSettings& settings) : settings_(settings), history_(width, settings.window) {}

  std::vector<double> experience(const std::vector<UnitReading>& line) override {
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
  void warm(const std::vector<UnitReading>& line) override {
    for (const UnitReading& unit : line) history_.store(unit);
  }
  Thinking think(std::uint64_t) override { return {}; }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = history_.bytes();
    return state;
  }

 private:
  CacheSettings settings_;
  History history_;
};

class CoreArm final : public Arm {
 public:
  CoreArm(std::unique_ptr<Core> core, bool thinks, std::optional<ArmPractice> practice)
      : core_(std::move(core)),
        thinks_(thinks),
        practice_(std::move(practice)),
        stored_(core_->graph().stream().episodes()) {
    if (practice_) consolidation_.emplace(practice_->model, [this](std::uint32_t episode) { return text_of(episode); });
  }

  std::vector<double> experience(const std::vector<UnitReading>& line) override {
    if (practice_) {
      std::string& text = texts_.emplace_back();
      for (std::size_t i = 0; i + 1 < line.size(); ++i) text += line[i].surface;
    }
    std::vector<double> bits = core_->experience(line);
    core_->keep([this](const Thought&) { return ++thoughts_; });
    return bits;
  }
  void warm(const std::vector<UnitReading>& line) override { core_->warm(line); }
  Thinking think(std::uint64_t proposals) override {
    if (!thinks_) return {};
    Thinking thinking = core_->think(proposals, [this](const Thought&) { return ++thoughts_; });
    if (proposals > 0) consolidate(thinking);
    state_.thinking_seconds += thinking.seconds;
    state_.gain_bits += thinking.gain_bits;
    state_.thoughts += thinking.thoughts;
    return thinking;
  }
  LearnerState state() const override {
    LearnerState state = state_;
    state.state_bytes = core_->state_bytes();
    state.concepts = core_->graph().concepts();
    state.relations = core_->graph().statistics().cells();
    return state;
  }
  double description_bits() const override { return core_->has_graph() ? core_->graph().description_bits() : 0; }

 private:
  /// Practises when it is due, for as many steps as what is stored wants: the same on every machine.
  void consolidate(Thinking& thinking) {
    const std::uint64_t inputs = core_->graph().stream().episodes();
    if (!consolidation_ || !consolidation_->due(inputs, practice_->last)) return;
    const base::Stopwatch watch;
    practice_->last = inputs;
    const std::uint64_t seed = base::Rng(practice_->seed).fork(fmt::format("practice at {}", inputs)).bits();
    const auto practice = consolidation_->practise(*core_, {std::nullopt, 0, seed, std::nullopt});
    if (practice && practice->better()) {
      core_->commit(*practice->copy, practice->generation);
      ++thinking.thoughts;
      ++thinking.by_kind[std::string(thoughts::consolidate().name())];
      thinking.gain_bits += practice->gain_bits;
    } else if (practice) {
      ++thinking.rolled_back;
    }
    thinking.seconds += watch.seconds();
  }

  std::optional<std::string> text_of(std::uint32_t episode) const {
    return episode < stored_ ? practice_->texts(episode) : texts_.at(episode - stored_);
  }

  std::unique_ptr<Core> core_;
  bool thinks_;
  std::optional<ArmPractice> practice_;
  std::uint32_t stored_;            // episodes that the life stored
  std::vector<std::string> texts_;  // those after them
  std::optional<Consolidation> consolidation_;
  std::uint64_t thoughts_ = 0;
  LearnerState state_;
};

}  // namespace

std::unique_ptr<Arm> static_arm() { return std::make_unique<StaticArm>(); }
std::unique_ptr<Arm> dynamic_arm(std::function<std::uint64_t()> copy_bytes) {
  return std::make_unique<DynamicArm>(std::move(copy_bytes));
}
std::unique_ptr<Arm> cache_arm(std::size_t width, const CacheSettings& settings) {
  return std::make_unique<CacheArm>(width, settings);
}
std::unique_ptr<Arm> core_arm(std::unique_ptr<Core> core, bool thinks, std::optional<ArmPractice> practice) {
  return std::make_unique<CoreArm>(std::move(core), thinks, std::move(practice));
}

}  // namespace noema::reasoning
