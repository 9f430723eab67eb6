#include "reasoning/learner.h"

#include "base/clock.h"
#include "base/files.h"
#include "reasoning/arm_spec.h"
#include "reasoning/arms.h"
#include "reasoning/mind.h"

namespace noema::reasoning {
namespace {

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

/// A learner that reads with a copy of the model that goes on learning.
class DynamicLearner final : public Learner {
 public:
  DynamicLearner(std::string name, std::unique_ptr<transformer::Model> model, const transformer::OnlineOptions& options)
      : name_(std::move(name)),
        model_(std::move(model)),
        reader_(*model_),
        copy_(*model_, options),
        arm_(dynamic_arm([this] { return copy_.bytes(); })) {}
  std::string_view name() const override { return name_; }
  std::vector<double> experience(const std::string& line) override {
    std::vector<UnitReading> reading = reader_.split(line);
    read_with(copy_, reading, true);
    return arm_->experience(reading);
  }
  void think(std::uint64_t) override {}
  LearnerState state() const override { return arm_->state(); }

 private:
  std::string name_;
  std::unique_ptr<transformer::Model> model_;
  Reader reader_;
  transformer::PredictiveCopy copy_;
  std::unique_ptr<Arm> arm_;
};

/// A learner that is a whole mind with its life.
class MindLearner final : public Learner {
 public:
  MindLearner(const ArmSpec& spec, memory::Life life, const MindOptions& options,
              const transformer::OnlineOptions& online)
      : name_(spec.name), mind_(std::move(life), options), thinks_(spec.thinks()) {
    if (spec.dynamic) mind_.core().adopt(std::make_unique<transformer::PredictiveCopy>(mind_.model(), online), true);
  }
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
    if (!thinks_) return;
    mind_.think(proposals);
    if (proposals > 0 && mind_.consolidation_due()) mind_.consolidate(std::nullopt);
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

std::unique_ptr<Learner> make_learner(const std::string& arm, const std::filesystem::path& model_path,
                                      const std::filesystem::path& life_path, std::uint64_t seed,
                                      const std::vector<std::string>& tune_lines) {
  const ArmSpec spec = ArmSpec::parse(arm);
  auto model = std::make_unique<transformer::Model>(transformer::Model::load(model_path));
  const std::vector<std::string> tune = first_words(tune_lines, kTuningWords);
  transformer::OnlineOptions online;
  if ((spec.dynamic || spec.base == "dynamic") && !tune.empty()) online = tune_dynamic(*model, tune);
  if (spec.base == "dynamic") return std::make_unique<DynamicLearner>(arm, std::move(model), online);
  if (!spec.is_core()) {
    auto scorer = spec.base == "static" ? static_arm()
                                        : cache_arm(static_cast<std::size_t>(model->width()),
                                                    tune.empty() ? CacheSettings{} : tune_cache(*model, tune));
    return std::make_unique<ArmLearner>(arm, std::move(model), std::move(scorer));
  }
  memory::CreateOptions create;
  create.model_bytes = base::read_file(model_path);
  create.model_hash = model->hash();
  create.seed = seed;
  create.time = base::SystemClock().now_seconds();
  MindOptions options;
  options.encode = false;
  options.core.graph = spec.base != "lesion";
  options.core.predictor.without = spec.left_out_experts;
  options.core.thinker.kinds = spec.kinds;
  return std::make_unique<MindLearner>(spec, memory::Life::create(life_path, create), options, online);
}

}  // namespace noema::reasoning
