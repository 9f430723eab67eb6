#include "reasoning/arms/life_host.h"

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "memory/images/png.h"
#include "memory/inputs/images_format.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/experience_log.h"
#include "reasoning/classes.h"
#include "reasoning/mind.h"

namespace noema::reasoning {
namespace {

/// 8 bits a value: values from 0 to 1 as they are, others stretched to that range. Values without a neighbourhood lie
/// in one row.
memory::Image image_of(const Features& features) {
  base::check(!features.values.empty(), "an image of an arm has pixels");
  auto [least, most] = std::minmax_element(features.values.begin(), features.values.end());
  const bool fits = *least >= 0 && *most <= 1;
  const float low = fits ? 0 : *least, range = fits || *most == *least ? 1 : *most - *least;
  memory::Image image;
  image.width = features.width > 0 ? features.width : features.values.size();
  image.height = features.values.size() / image.width;
  for (const float value : features.values)
    image.pixels += static_cast<char>(static_cast<unsigned char>(std::lround(255 * (value - low) / range)));
  return image;
}

/// What a life is made with whose inputs nothing predicts.
transformer::Model unread_model() {
  transformer::ModelOptions shape;
  shape.layers = 1;
  shape.width = 16;
  shape.heads = 1;
  shape.context = 32;
  shape.tokenizer = "bytes";
  return transformer::Model::random(shape, transformer::Tokenizer::train(shape.tokenizer, {}, 1), 1);
}

/// A learner that is a whole mind with its life. Of texts it says the bits of their units, of labelled items the label.
class MindArm final : public Learner {
 public:
  MindArm(const ArmSpec& spec, memory::Life life, const MindOptions& options, const transformer::OnlineOptions& online)
      : name_(spec.name), mind_(std::move(life), options), thinks_(spec.thinks()), reads_(options.predict) {
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
    if (text == nullptr) {
      Outcome said = answer(experience);
      warm(experience);
      return said;
    }
    log_.experience(text->text);
    Input input;
    input.text = text->text;
    return Bits{perceive(std::move(input)).bits};
  }
  Outcome answer(const Experience& item) override {
    const auto* text = std::get_if<LabelledText>(&item);
    const auto* features = std::get_if<Features>(&item);
    base::check(text != nullptr || features != nullptr, "this arm answers about labelled texts and features only");
    const auto named = text != nullptr ? classes_.classify(text->text) : classes_.classify(image_of(*features));
    return Label{named.label, named.runner_up, named.confidence};
  }
  void warm(const Experience& item) override {
    Input input;
    input.label = label_of(item);
    if (const auto* text = std::get_if<LabelledText>(&item)) {
      input.kind = "labelled";
      input.text = text->text;
    } else {
      const auto* features = std::get_if<Features>(&item);
      base::check(features != nullptr, "this arm learns labels of labelled texts and features only");
      input.kind = memory::kImageKind;
      input.image = memory::png_of(image_of(*features));
    }
    shown_.push_back({perceive(std::move(input)).episode, log_.entries().size()});
    mind_.with_life([&](const memory::Life& life) { classes_.catch_up(life); });
  }
  std::uint64_t think(std::uint64_t proposals) override {
    if (!thinks_) return 0;
    log_.think(proposals);
    const std::uint64_t examined = mind_.think(proposals).examined;
    if (proposals > 0 && reads_ && mind_.consolidation_due()) mind_.consolidate(std::nullopt);
    return examined;
  }
  nlohmann::json settings() const override { return settings_; }
  LearnerState state() const override {
    LearnerState state;
    const Thinking& thinking = mind_.thinking();
    state.thinking_seconds = thinking.seconds;
    state.state_bytes = mind_.state_bytes() + classes_.naming().bytes();
    const MindView view = mind_.view();
    state.concepts = view.graph().concepts();
    state.relations = view.graph().statistics().cells();
    state.thoughts = thinking.thoughts;
    state.gain_bits = thinking.gain_bits;
    return state;
  }
  std::string save() override { return packed_state({{"arm", name_}, {"log", whole_log().entries()}}); }
  void load(std::string_view bytes) override {
    take_state(bytes, name_, [&](const nlohmann::json& state) { ExperienceLog::replay(state.at("log"), *this); });
  }

 private:
  static constexpr memory::EpisodeId kBatch = 256;

  Perception perceive(Input input) {
    input.source = "experiment";
    Perception perception = mind_.perceive(input);
    if (perception.episode % kBatch == 0) mind_.commit();
    return perception;
  }

  /// The log with the labelled items in their places, which the life holds.
  ExperienceLog whole_log() {
    ExperienceLog whole;
    mind_.with_life([&](const memory::Life& life) {
      std::size_t next = 0;
      for (const Shown& shown : shown_) {
        for (; next < shown.after; ++next) whole.add(log_.entries()[next]);
        const auto row = life.episodes().find(shown.episode).value();
        if (row.image)
          whole.warm_image(row.label.value(), *row.image);
        else
          whole.warm(LabelledText{row.text, row.label.value()});
      }
      for (; next < log_.entries().size(); ++next) whole.add(log_.entries()[next]);
    });
    return whole;
  }

  /// A labelled item: where it is stored, and after how many entries of the log it came.
  struct Shown {
    memory::EpisodeId episode;
    std::size_t after;
  };

  std::string name_;
  ExperienceLog log_;
  std::vector<Shown> shown_;
  Mind mind_;
  Classes classes_;
  bool thinks_;
  bool reads_;
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
    const bool reads = !options_.model.empty();
    if (!reads && (spec.dynamic || !spec.left_out_experts.empty()))
      throw base::UsageError(spec.name +
                             ": a transformer that learns, and experts to leave out, predict texts; labelled "
                             "items are not read word by word, so give the arm without them");
    memory::CreateOptions create;
    const auto made = reads ? model() : std::make_shared<const transformer::Model>(unread_model());
    create.model_bytes = reads ? base::read_file(options_.model) : made->serialize();
    create.model_hash = made->hash();
    create.seed = options_.seed;
    create.time = base::SystemClock().now_seconds();
    MindOptions options;
    options.encode = false;
    options.predict = reads;
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
