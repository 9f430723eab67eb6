// How a mind practises what it stored: consolidation.h does it, here it becomes a thought of the life, and is taken
// back.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/rng.h"
#include "base/text.h"
#include "reasoning/checkpoint.h"
#include "reasoning/company.h"
#include "reasoning/journal.h"
#include "reasoning/mind.h"
#include "reasoning/thoughts/consolidate.h"

namespace noema::reasoning {

using concepts::ConceptId;
using nlohmann::json;

namespace {
constexpr std::string_view kBytes = "bytes";  // the tokenizer of a life from birth
}

bool Mind::consolidation_due() const {
  const std::shared_lock lock(core_.mutex());
  return core_.options().thinker.kinds[thoughts::consolidate()] && core_.has_graph() && copy_fits_ &&
         consolidation_->due(core_.graph().stream().episodes(), practised_at_);
}

Thinking Mind::consolidate(std::optional<std::uint64_t> steps, double seconds, const std::function<bool()>& keep_on) {
  const base::Stopwatch watch;
  PracticeRequest request{steps, seconds, 0, std::nullopt};
  std::uint64_t inputs = 0;
  std::shared_ptr<const Consolidation> consolidation;
  {
    const std::unique_lock alone(core_.mutex());
    request.seed = base::Rng(life_.origin().seed)
                       .fork(fmt::format("practice {} {}", life_.counts().thoughts + 1, thinking().rolled_back))
                       .bits();
    inputs = core_.graph().stream().episodes();
    request.generation = core_.generation();
    consolidation = consolidation_;
  }
  const auto practice = consolidation->practise(core_, request, keep_on);
  Thinking thinking;
  bool kept = false;
  if (practice && practice->better())
    kept = core_.commit(*practice->copy, practice->generation, [&] { journal(*practice, request.seed); });

  const std::unique_lock alone(core_.mutex());
  if (request.generation != core_.generation() - (kept ? 1 : 0)) return thinking;  // re-encoded meanwhile
  // Without time for it, it waits for more inputs, or for who opens the life next.
  practised_at_ = kept && consolidation->options().while_it_pays ? 0 : inputs;
  if (practice) {
    require_sound();
    life_.set_state(kPractisedAt, std::to_string(practised_at_));
    thinking.examined = 1;
    thinking.rolled_back = kept ? 0 : 1;
  }
  if (kept) {
    thinking.thoughts = 1;
    thinking.gain_bits = practice->gain_bits;
    thinking.by_kind[std::string(thoughts::consolidate().name())] = 1;
  }
  thinking.seconds = watch.seconds();
  add(thinking);
  return thinking;
}

void Mind::learn_from_reading(const transformer::OnlineOptions& options) {
  const std::unique_lock alone(core_.mutex());
  core_.adopt(std::make_unique<transformer::PredictiveCopy>(*model_, options), true);
}

void Mind::make_consolidation() {
  const auto options =
      options_.consolidation.value_or(from_birth_ ? ConsolidationOptions::from_birth() : ConsolidationOptions{});
  Consolidation::CompanyWords words;
  // Vectors of units are not in the room that a life with a byte budget reserves for its copy.
  if (options_.unit_vectors && life_.origin().max_bytes == 0) {
    words = [this]() -> std::shared_ptr<const concepts::company::Words> {
      auto stored = stored_words(*readers_.take());
      return stored ? std::make_shared<const concepts::company::Words>(*std::move(stored)) : nullptr;
    };
  }
  consolidation_ = std::make_shared<const Consolidation>(
      model_, [this](std::uint32_t episode) { return text_of(episode); }, options, words);
  copy_fits_ = copy_fits(life_, *model_);
}

void Mind::reencode_if_due() {
  constexpr std::uint64_t kLeastPieces = 512, kMostPieces = 8192;
  const auto& graph = core_.graph();
  if (!from_birth_ || model_->tokenizer().kind() != kBytes) return;
  std::shared_lock standing_still(core_.mutex());
  const std::uint32_t episodes = graph.stream().episodes();
  if (graph.stream().size() < options_.reencode_units) return;

  // The tokenizer: how often it met each writing, and the line end. Half as many pieces as there are writings, and one
  // for each character.
  std::map<std::string, std::uint64_t> counts{{"\n", episodes}};
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (const auto* unit = graph.node(id).as<concepts::Unit>())
      for (const auto& [surface, count] : unit->surfaces) counts[surface] += count;
  standing_still.unlock();
  const auto least = static_cast<std::uint64_t>(transformer::Tokenizer::least_bpe_size(counts));
  if (least == 0) return;  // nothing but marks so far
  transformer::ModelOptions shape = model_->options();
  shape.tokenizer =
      fmt::format("bpe:{}", std::max(least, std::clamp<std::uint64_t>(counts.size() / 2, kLeastPieces, kMostPieces)));
  const std::uint64_t seed = base::Rng(life_.origin().seed).fork("re-encoding").bits();
  auto model = std::make_shared<const transformer::Model>(
      transformer::Model::random(shape, transformer::Tokenizer::train(shape.tokenizer, counts, seed), seed));

  // The vectors of concepts, from every input again.
  Meaning meaning(*model);
  base::Segmenter segmenter;
  for (std::uint32_t episode = 0; options_.encode && episode < episodes; ++episode)
    encode_again(meaning, episode, segmenter);

  // From one input to the next, in one transaction.
  const std::unique_lock alone(core_.mutex());
  require_sound();
  seconds_before_ = transformer_seconds();
  core_.adopt(nullptr, false);
  core_.predictor().forget_recent();
  reader_.reset();
  model_ = std::move(model);
  reader_.emplace(*model_);
  meaning_.reset();
  meaning_.emplace(std::move(meaning));
  make_consolidation();
  warm_ = false;
  practised_at_ = 0;
  written([&] {
    life_.append_model(model_->serialize(), model_->hash(), clock_.now_seconds());
    for (const std::string_view key : {kPredictive, kPredictiveBefore, kPredictiveBeforeOf}) life_.set_state(key, "");
    life_.set_state(kPractisedAt, "0");
    save_graph(life_, core_.graph(), core_.thinker(), *meaning_, core_.predictor().state(), true);
  });
  core_.thinker().agenda().set_anchor();
  kept_taken_ = 0;
}

/// Writes a practice into the log, and the copy beside it, in the moment before the core goes on with it.
void Mind::journal(const Practice& practice, std::uint64_t seed) {
  constexpr std::size_t kEvidence = 8;
  Thought thought;
  thought.kind = &thoughts::consolidate();
  thought.gain_bits = practice.gain_bits;
  thought.needed_bits = practice.needed_bits;
  thought.seconds = practice.seconds;
  const std::size_t step = std::max<std::size_t>(1, practice.episodes.size() / kEvidence);
  for (std::size_t i = 0; i < practice.episodes.size() && thought.account.evidence.size() < kEvidence; i += step)
    thought.account.evidence.push_back(static_cast<memory::EpisodeId>(practice.episodes[i]) + 1);
  thought.account.details = {{"steps", practice.steps},
                             {"tokens", practice.tokens},
                             {"composites", practice.composites},
                             {"units", practice.units},
                             {"before_nats", practice.before_nats},
                             {"after_nats", practice.after_nats},
                             {"held_out_tokens", practice.held_out_tokens},
                             {"seed", seed}};
  thought.account.reason =
      fmt::format("{} steps over {} tokens; {:.1f} bits shorter on {} tokens that were held out, {:.1f} needed",
                  practice.steps, practice.tokens, practice.gain_bits, practice.held_out_tokens, practice.needed_bits);
  const std::uint64_t number = journal(thought);
  written([&] {
    const std::string before = life_.state(kPredictive).value_or("");
    life_.set_state(kPredictiveBefore, before);
    life_.set_state(kPredictiveBeforeOf, std::to_string(number));
    life_.set_state(kPredictive, practice.copy->state());
  });
}

/// The copy is again what it was before its latest practice. The mutex is held.
void Mind::take_back_practice(memory::ThoughtId thought) {
  if (life_.state(kPredictiveBeforeOf).value_or("") != std::to_string(thought))
    throw base::Error(
        fmt::format("thought:{} cannot be taken back: the life keeps the weights before the latest practice only, and "
                    "none across a re-encoding",
                    thought));
  const std::string before = life_.state(kPredictiveBefore).value_or("");
  life_.append_undo(thought, clock_.now_seconds());
  life_.set_state(kPredictive, before);
  life_.set_state(kPredictiveBefore, "");
  life_.set_state(kPredictiveBeforeOf, "");
  core_.adopt(load_copy(life_, *model_), false);
}

}  // namespace noema::reasoning
