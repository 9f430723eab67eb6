#include "reasoning/arms.h"

#include <fmt/format.h>

#include <array>
#include <cmath>
#include <deque>

#include "base/error.h"
#include "base/files.h"
#include "base/numbers.h"
#include "transformer/kernels.h"

namespace noema::reasoning {
namespace {

/// The last hidden states with the units that followed them, most recent last.
class History {
 public:
  History(std::size_t width, std::size_t capacity) : width_(width), capacity_(capacity) {}

  void store(const UnitReading& unit) {
    if (answers_.size() < capacity_) {
      states_.insert(states_.end(), unit.hidden.begin(), unit.hidden.end());
      answers_.push_back(unit.surface_id);
    } else {
      std::copy(unit.hidden.begin(), unit.hidden.end(),
                states_.begin() + static_cast<std::ptrdiff_t>(stored_ % capacity_ * width_));
      answers_[stored_ % capacity_] = unit.surface_id;
    }
    ++stored_;
  }

  std::size_t size() const { return answers_.size(); }
  std::uint64_t bytes() const { return states_.size() * 4 + answers_.size() * 4; }

  /// visit(cosine with `hidden`, same unit) from the most recent back.
  template <typename Visit>
  void for_each_back(const UnitReading& unit, Visit&& visit) const {
    for (std::size_t i = 0; i < answers_.size(); ++i) {
      const std::size_t slot = (stored_ - 1 - i) % capacity_;
      visit(i, transformer::dot(states_.data() + slot * width_, unit.hidden.data(), width_),
            answers_[slot] == unit.surface_id);
    }
  }

 private:
  std::size_t width_;
  std::size_t capacity_;
  std::vector<float> states_;
  std::vector<std::uint32_t> answers_;
  std::size_t stored_ = 0;
};

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
  CoreArm(std::unique_ptr<Core> core, bool thinks) : core_(std::move(core)), thinks_(thinks) {}

  std::vector<double> experience(const std::vector<UnitReading>& line) override {
    std::vector<double> bits = core_->experience(line);
    core_->keep([this](const Thinker::Committed&) { return ++thoughts_; });
    return bits;
  }
  void warm(const std::vector<UnitReading>& line) override {
    for (const UnitReading& unit : line) core_->predictor().warm(unit);
  }
  Thinking think(std::uint64_t proposals) override {
    if (!thinks_) return {};
    const Thinking thinking = core_->think(proposals, [this](const Thinker::Committed&) { return ++thoughts_; });
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
  std::unique_ptr<Core> core_;
  bool thinks_;
  std::uint64_t thoughts_ = 0;
  LearnerState state_;
};

/// A learner that reads for itself and lets an arm score.
class ArmLearner final : public Learner {
 public:
  ArmLearner(std::string name, std::unique_ptr<transformer::Model> model, std::unique_ptr<Arm> arm)
      : name_(std::move(name)), model_(std::move(model)), reader_(*model_), arm_(std::move(arm)) {}
  std::string_view name() const override { return name_; }
  std::vector<double> experience(const std::string& line) override { return arm_->experience(reader_.read(line)); }
  void think(std::uint64_t) override {}
  LearnerState state() const override { return arm_->state(); }

 private:
  std::string name_;
  std::unique_ptr<transformer::Model> model_;
  Reader reader_;
  std::unique_ptr<Arm> arm_;
};

/// A learner that is a whole mind with its life.
class MindLearner final : public Learner {
 public:
  MindLearner(std::string name, memory::Life life, const MindOptions& options, bool thinks)
      : name_(std::move(name)), mind_(std::move(life), options), thinks_(thinks) {}
  ~MindLearner() override {
    try {
      mind_.checkpoint();
    } catch (const std::exception&) {
      // The log is durable up to the last commit; whoever opens the life replays it.
    }
  }
  std::string_view name() const override { return name_; }
  std::vector<double> experience(const std::string& line) override {
    Input input;
    input.text = line;
    input.source = "experiment";
    const Perception perception = mind_.perceive(input);
    if (perception.episode % kBatch == 0) mind_.commit();
    return perception.bits;
  }
  void think(std::uint64_t proposals) override {
    if (thinks_) mind_.think(proposals);
  }
  LearnerState state() const override {
    LearnerState state;
    const Thinking& thinking = mind_.thinking();
    state.thinking_seconds = thinking.seconds;
    state.state_bytes = mind_.state_bytes();
    state.concepts = mind_.core().graph().concepts();
    state.relations = mind_.core().graph().statistics().cells();
    state.thoughts = thinking.thoughts;
    state.gain_bits = thinking.gain_bits;
    return state;
  }

 private:
  static constexpr memory::EpisodeId kBatch = 256;
  std::string name_;
  Mind mind_;
  bool thinks_;
};

}  // namespace

std::unique_ptr<Arm> static_arm() { return std::make_unique<StaticArm>(); }
std::unique_ptr<Arm> cache_arm(std::size_t width, const CacheSettings& settings) {
  return std::make_unique<CacheArm>(width, settings);
}
std::unique_ptr<Arm> core_arm(std::unique_ptr<Core> core, bool thinks) {
  return std::make_unique<CoreArm>(std::move(core), thinks);
}

CacheSettings tune_cache(const transformer::Model& model, const std::vector<std::string>& lines) {
  constexpr std::array kWindows{500U, 1000U, 2000U, 4000U};
  constexpr std::array kThetas{4.0, 8.0, 16.0, 24.0, 32.0, 48.0};
  constexpr std::array kLambdas{0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4};
  std::array<std::array<std::array<double, kLambdas.size()>, kThetas.size()>, kWindows.size()> bits{};
  Reader reader(model);
  History history(reader.width(), kWindows.back());
  for (const std::string& line : lines) {
    for (const UnitReading& unit : reader.read(line)) {
      std::array<double, kThetas.size()> all{}, own{};
      const double transformer = std::exp(-unit.nats);
      std::size_t window = 0;
      const auto close_window = [&] {
        for (std::size_t t = 0; t < kThetas.size(); ++t) {
          const double share = all[t] > 0 ? own[t] / all[t] : transformer;
          for (std::size_t l = 0; l < kLambdas.size(); ++l)
            bits[window][t][l] -= std::log2(std::max((1 - kLambdas[l]) * transformer + kLambdas[l] * share, 1e-300));
        }
        ++window;
      };
      history.for_each_back(unit, [&](std::size_t i, double cosine, bool same) {
        if (i == kWindows[window]) close_window();
        const double at4 = std::exp(4 * (cosine - 1));
        const double at8 = at4 * at4, at16 = at8 * at8, at32 = at16 * at16;
        const std::array<double, kThetas.size()> weights{at4, at8, at16, at16 * at8, at32, at32 * at16};
        for (std::size_t t = 0; t < kThetas.size(); ++t) {
          all[t] += weights[t];
          if (same) own[t] += weights[t];
        }
      });
      while (window < kWindows.size()) close_window();
      history.store(unit);
    }
  }
  CacheSettings best;
  double fewest = -1;
  for (std::size_t w = 0; w < kWindows.size(); ++w)
    for (std::size_t t = 0; t < kThetas.size(); ++t)
      for (std::size_t l = 0; l < kLambdas.size(); ++l)
        if (fewest < 0 || bits[w][t][l] < fewest) {
          fewest = bits[w][t][l];
          best = {kThetas[t], kLambdas[l], kWindows[w]};
        }
  return best;
}

std::unique_ptr<Learner> make_learner(const std::string& arm, const std::filesystem::path& model_path,
                                      const std::filesystem::path& life_path, std::uint64_t seed,
                                      const std::vector<std::string>& tune_lines) {
  if (arm == "static" || arm == "cache") {
    auto model = std::make_unique<transformer::Model>(transformer::Model::load(model_path));
    auto scorer = arm == "static" ? static_arm()
                                  : cache_arm(static_cast<std::size_t>(model->width()),
                                              tune_lines.empty() ? CacheSettings{} : tune_cache(*model, tune_lines));
    return std::make_unique<ArmLearner>(arm, std::move(model), std::move(scorer));
  }
  if (arm != "memory" && arm != "lesion" && arm != "noema")
    throw base::UsageError(
        fmt::format("arm '{}' is not known; there are static, cache, memory, lesion and noema", arm));
  memory::CreateOptions create;
  create.model_bytes = base::read_file(model_path);
  create.model_hash = transformer::Model::parse(create.model_bytes, model_path.string()).hash();
  create.seed = seed;
  create.time = base::SystemClock().now_seconds();
  MindOptions options;
  options.encode = false;
  options.core.graph = arm != "lesion";
  return std::make_unique<MindLearner>(arm, memory::Life::create(life_path, create), options, arm == "noema");
}

}  // namespace noema::reasoning
