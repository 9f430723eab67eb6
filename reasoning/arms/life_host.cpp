#include "reasoning/arms/life_host.h"

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/experience_log.h"
#include "reasoning/mind.h"

namespace noema::reasoning {
namespace {

/// A learner that is a whole mind with its life.
class MindArm final : public Learner {
 public:
  MindArm(const ArmSpec& spec, memory::Life life, const MindOptions& options, const transformer::OnlineOptions& online)
      : name_(spec.name), mind_(std::move(life), options), thinks_(spec.thinks()) {
    if (!spec.dynamic) return;
    mind_.learn_from_reading(online);
    settings_ = to_json(online);
  }
  ~MindArm() override {
    try {
      mind_.checkpoint();
    } catch (const std::exception&) {
      // The log is durable up to the last commit; opening the life replays it.
    }
  }
  std::string_view name() const override { return name_; }
  Outcome experience(const Experience& experience) override {
    const auto* text = std::get_if<Text>(&experience);
    base::check(text != nullptr, "this arm takes texts only");
    log_.experience(text->text);
    Input input;
    input.text = text->text;
    input.source = "experiment";
    const Perception perception = mind_.perceive(input);
    if (perception.episode % kBatch == 0) mind_.commit();
    return Bits{perception.bits};
  }
  std::uint64_t think(std::uint64_t proposals) override {
    if (!thinks_) return 0;
    log_.think(proposals);
    const std::uint64_t examined = mind_.think(proposals).examined;
    if (proposals > 0 && mind_.consolidation_due()) mind_.consolidate(std::nullopt);
    return examined;
  }
  nlohmann::json settings() const override { return settings_; }
  LearnerState state() const override {
    LearnerState state;
    const Thinking& thinking = mind_.thinking();
    state.thinking_seconds = thinking.seconds;
    state.state_bytes = mind_.state_bytes();
    const MindView view = mind_.view();
    state.concepts = view.graph().concepts();
    state.relations = view.graph().statistics().cells();
    state.thoughts = thinking.thoughts;
    state.gain_bits = thinking.gain_bits;
    return state;
  }
  std::string save() override { return packed_state({{"arm", name_}, {"log", log_.entries()}}); }
  void load(std::string_view bytes) override {
    take_state(bytes, name_, [&](const nlohmann::json& state) { ExperienceLog::replay(state.at("log"), *this); });
  }

 private:
  static constexpr memory::EpisodeId kBatch = 256;
  std::string name_;
  ExperienceLog log_;
  Mind mind_;
  bool thinks_;
  nlohmann::json settings_ = nlohmann::json::object();
};

class LifeHost final : public ArmHost {
 public:
  LifeHost(const ArmSpec& spec, const LifeHostOptions& options) : options_(options) {
    const std::vector<std::string> tune = first_words(options.tune_lines, kTuningWords);
    if (tune.empty()) return;
    if (spec.tuning() == Tuning::kDynamic) online_ = tune_dynamic(*model(), tune, options.stop);
    if (spec.tuning() == Tuning::kCache) cache_ = tune_cache(*model(), tune, options.stop);
  }

  std::shared_ptr<const transformer::Model> model() override {
    if (options_.model.empty()) throw base::Error("this arm needs a model; expected [model] in the experiment file");
    if (!model_) model_ = std::make_shared<const transformer::Model>(transformer::Model::load(options_.model));
    return model_;
  }
  std::uint64_t seed() const override { return options_.seed; }
  CacheSettings cache_settings() override { return cache_; }
  transformer::OnlineOptions online_options() override { return online_; }

  std::unique_ptr<Learner> core(const ArmSpec& spec) override {
    memory::CreateOptions create;
    create.model_bytes = base::read_file(options_.model);
    create.model_hash = model()->hash();
    create.seed = options_.seed;
    create.time = base::SystemClock().now_seconds();
    MindOptions options;
    options.encode = false;
    options.core.graph = spec.has_graph();
    options.core.predictor.without = spec.left_out_experts;
    options.core.thinker.kinds = spec.kinds;
    return std::make_unique<MindArm>(spec, memory::Life::create(options_.life, create), options, online_);
  }

 private:
  const LifeHostOptions& options_;
  std::shared_ptr<const transformer::Model> model_;  // read when it is needed first
  CacheSettings cache_;
  transformer::OnlineOptions online_;
};

}  // namespace

std::unique_ptr<Learner> make_learner(const std::string& arm, const LifeHostOptions& options) {
  const ArmSpec spec = ArmSpec::parse(arm);
  LifeHost host(spec, options);
  return spec.kind->make(spec, host);
}

}  // namespace noema::reasoning
