#include "reasoning/arms/pair_arm.h"

#include "base/clock.h"
#include "base/error.h"
#include "reasoning/arms/arm_spec.h"
#include "transformer/translate.h"

namespace noema::reasoning {
namespace {

using transformer::Pair;

const ToldPair& pair_of(const Experience& experience) {
  const auto* pair = std::get_if<ToldPair>(&experience);
  base::check(pair != nullptr, "this arm takes pairs only");
  return *pair;
}

class PairArm final : public Learner {
 public:
  PairArm(std::string name, std::shared_ptr<const transformer::Model> model, const PairMixtureOptions& parts,
          const transformer::TranslateOptions& search, bool thinks)
      : name_(std::move(name)),
        model_(std::move(model)),
        mixture_(*model_, parts),
        translator_(*model_, mixture_, search),
        thinks_(thinks) {}

  std::string_view name() const override { return name_; }
  Outcome experience(const Experience& experience) override {
    Translated said = translated(pair_of(experience));
    said.token_bits = tell(pair_of(experience));
    return said;
  }
  Outcome answer(const Experience& experience) override { return translated(pair_of(experience)); }
  void warm(const Experience& experience) override { tell(pair_of(experience)); }

  std::uint64_t think(std::uint64_t proposals) override {
    if (!thinks_) return 0;
    log_.push_back({"think", proposals});
    const base::Stopwatch watch;
    const std::uint64_t done = mixture_.think(proposals);
    state_.thinking_seconds += watch.seconds();
    state_.thoughts += done;
    return done;
  }
  LearnerState state() const override {
    LearnerState state = state_;
    state.state_bytes = mixture_.bytes();
    state.concepts = mixture_.concepts();
    state.relations = mixture_.relations();
    return state;
  }
  nlohmann::json settings() const override {
    nlohmann::json weights = nlohmann::json::object();
    const std::vector<double> means = mixture_.mean_weights();
    for (std::size_t v = 0; v < means.size(); ++v) weights[mixture_.voices()[v]] = means[v];
    if (means.size() < 2) return nlohmann::json::object();
    return {{"mean_weights", weights}};
  }

  std::string save() override { return packed_state({{"arm", name_}, {"log", log_}}); }
  /// What it was told determines it: loading tells it everything again.
  void load(std::string_view bytes) override {
    take_state(bytes, name_, [&](const nlohmann::json& state) {
      for (const nlohmann::json& entry : state.at("log"))
        if (entry.at(0) == "think")
          think(entry.at(1).get<std::uint64_t>());
        else
          tell({entry.at(1).get<std::string>(), entry.at(2).get<std::string>()});
    });
  }

 private:
  Translated translated(const ToldPair& pair) {
    const std::vector<std::vector<transformer::Token>> sources{
        transformer::tokens_of_line(pair.source, model_->tokenizer())};
    return {model_->tokenizer().decode(translator_.translate(sources).front().tokens), {}};
  }
  std::vector<double> tell(const ToldPair& pair) {
    log_.push_back({"tell", pair.source, pair.target});
    return mixture_.tell(transformer::tokens_of_pair(pair.source, pair.target, model_->tokenizer()));
  }

  std::string name_;
  std::shared_ptr<const transformer::Model> model_;
  PairMixture mixture_;
  transformer::Translator translator_;
  bool thinks_;
  nlohmann::json log_ = nlohmann::json::array();
  LearnerState state_;
};

}  // namespace

ArmKind pair_kind(std::string name, std::string help) {
  ArmKind kind;
  kind.name = std::move(name);
  kind.help = std::move(help);
  kind.takes = {ExperienceKind::kPair};
  kind.options = {base::Key{"beam", "hypotheses kept while translating; 1 is greedy", std::int64_t{4}, {1, 64, true}}};
  return kind;
}

std::unique_ptr<Learner> pair_arm(const ArmSpec& spec, ArmHost& host, PairMixtureOptions parts, bool thinks) {
  transformer::TranslateOptions search;
  search.beam = static_cast<int>(spec.settings.count("beam"));
  parts.slots = search.beam;
  parts.seed = host.seed();
  return std::make_unique<PairArm>(spec.name, host.model(), parts, search, thinks);
}

}  // namespace noema::reasoning
