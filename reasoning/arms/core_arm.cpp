#include "reasoning/arms/core_arm.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/rng.h"
#include "reasoning/arms/experience_log.h"
#include "reasoning/thoughts/consolidate.h"

namespace noema::reasoning {
namespace {

class CoreArm final : public TextArm {
 public:
  CoreArm(const ArmSpec& spec, const std::shared_ptr<const transformer::Model>& model, std::unique_ptr<Core> core,
          std::optional<ArmPractice> practice, std::optional<concepts::facts::FactLayer> facts, std::stop_token stop)
      : TextArm(spec.name, model),
        core_(std::move(core)),
        thinks_(spec.thinks()),
        practice_(std::move(practice)),
        facts_(std::move(facts)),
        stop_(std::move(stop)),
        stored_(core_->graph().stream().episodes()) {
    if (facts_) core_->know(&*facts_);
    if (practice_) consolidation_.emplace(model, [this](std::uint32_t episode) { return text_of(episode); });
  }

  std::vector<double> predict(const std::vector<UnitReading>& line) override {
    const std::string text = text_of(line);
    log_.experience(text);
    if (practice_) texts_.push_back(text);
    std::vector<double> bits = core_->experience(line);
    if (facts_ && thinks_) unconsidered_.push_back(identities_of(line));
    core_->keep([this](const Thought&) { return ++thoughts_; });
    return bits;
  }
  void store(const std::vector<UnitReading>& line) override {
    log_.warm(text_of(line));
    core_->warm(line);
  }
  std::uint64_t think(std::uint64_t proposals) override {
    if (!thinks_) return 0;
    log_.think(proposals);
    Thinking thinking = core_->think(
        proposals, [this](const Thought&) { return ++thoughts_; }, [this] { return !stop_.stop_requested(); });
    if (proposals > 0) {
      consider_facts(thinking);
      consolidate(thinking);
    }
    state_.thinking_seconds += thinking.seconds;
    state_.gain_bits += thinking.gain_bits;
    state_.thoughts += thinking.thoughts;
    return thinking.examined;
  }
  LearnerState state() const override {
    LearnerState state = state_;
    state.state_bytes = core_->state_bytes() + log_.bytes();
    state.concepts = core_->graph().concepts();
    state.relations = core_->graph().statistics().cells();
    return state;
  }
  std::string save() override { return packed_state({{"arm", std::string(name())}, {"log", log_.entries()}}); }
  void load(std::string_view bytes) override {
    take_state(bytes, name(), [&](const nlohmann::json& state) { ExperienceLog::replay(state.at("log"), *this); });
  }
  double description_bits() const override {
    return core_->has_graph() ? concepts::description_bits(core_->graph()) : 0;
  }

 private:
  void consider_facts(Thinking& thinking) {
    const base::Stopwatch watch;
    for (const auto& identities : unconsidered_) {
      const auto& told = facts_->told().sentences();
      facts_->think(facts_->learn_words(identities), told.empty() ? 1 : told.back().source + 1);
    }
    unconsidered_.clear();
    thinking.seconds += watch.seconds();
  }

  /// Practises when it is due, for a number of steps that follows from what is stored: the same on every machine.
  void consolidate(Thinking& thinking) {
    const std::uint64_t inputs = core_->graph().stream().episodes();
    if (!consolidation_ || !consolidation_->due(inputs, practice_->last)) return;
    const base::Stopwatch watch;
    practice_->last = inputs;
    const std::uint64_t seed = base::Rng(practice_->seed).fork(fmt::format("practice at {}", inputs)).bits();
    const auto practice = consolidation_->practise(*core_, {std::nullopt, 0, seed, std::nullopt},
                                                   [this] { return !stop_.stop_requested(); });
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

  /// The line end is left out.
  static std::string text_of(const std::vector<UnitReading>& line) {
    std::string text;
    for (std::size_t i = 0; i + 1 < line.size(); ++i) text += line[i].surface;
    return text;
  }
  std::optional<std::string> text_of(std::uint32_t episode) const {
    return episode < stored_ ? practice_->texts(episode) : texts_.at(episode - stored_);
  }

  ExperienceLog log_;
  std::unique_ptr<Core> core_;
  bool thinks_;
  std::optional<ArmPractice> practice_;
  std::optional<concepts::facts::FactLayer> facts_;
  std::vector<std::vector<std::string>> unconsidered_;  // lines of which nothing was thought yet
  std::stop_token stop_;
  std::uint32_t stored_;            // episodes that the life stored
  std::vector<std::string> texts_;  // those after them
  std::optional<Consolidation> consolidation_;
  std::uint64_t thoughts_ = 0;
  LearnerState state_;
};

}  // namespace

std::unique_ptr<Learner> core_arm(const ArmSpec& spec, const std::shared_ptr<const transformer::Model>& model,
                                  std::unique_ptr<Core> core, std::optional<ArmPractice> practice,
                                  std::optional<concepts::facts::FactLayer> facts, std::stop_token stop) {
  return std::make_unique<CoreArm>(spec, model, std::move(core), std::move(practice), std::move(facts),
                                   std::move(stop));
}

ArmKind core_kind(const CoreParts& parts) {
  using base::Key;
  ArmKind kind;
  kind.core = parts;
  kind.takes = {ExperienceKind::kText, ExperienceKind::kLabelledText, ExperienceKind::kFeatures};
  kind.options = {
      Key{"dynamic", "a transformer that goes on learning is one more expert; its settings are tuned", false, {}},
      Key{"without",
          "experts (and, where it thinks, kinds of thought) that are left out, with _ for a space",
          std::vector<std::string>{},
          {}}};
  kind.make = [](const ArmSpec& spec, ArmHost& host) { return host.core(spec); };
  return kind;
}

}  // namespace noema::reasoning
