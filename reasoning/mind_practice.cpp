// How a mind practises what it stored: consolidation.h does it, here it becomes a thought of the life, and is taken
// back.

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/rng.h"
#include "reasoning/life_graph.h"
#include "reasoning/mind.h"

namespace noema::reasoning {

using nlohmann::json;

bool Mind::consolidation_due() const {
  const std::shared_lock lock(core_.mutex());
  return core_.options().thinker.operators[Operator::kConsolidate] && core_.has_graph() &&
         consolidation_.due(core_.graph().stream().episodes(), practised_at_);
}

Thinking Mind::consolidate(std::optional<std::uint64_t> steps, double seconds, const std::function<bool()>& keep_on) {
  const base::Stopwatch watch;
  PracticeRequest request{steps, seconds, 0};
  std::uint64_t inputs = 0;
  {
    const std::unique_lock alone(core_.mutex());
    request.seed = base::Rng(life_.seed())
                       .fork(fmt::format("practice {} {}", life_.counts().thoughts + 1, thinking_.rolled_back))
                       .bits();
    inputs = core_.graph().stream().episodes();
  }
  const auto practice = consolidation_.practise(core_, request, keep_on);
  Thinking thinking;
  bool kept = false;
  if (practice && practice->better())
    kept = core_.commit(*practice->copy, practice->generation, [&] { journal(*practice, request.seed); });

  const std::unique_lock alone(core_.mutex());
  practised_at_ = inputs;  // without time for it, it waits for more inputs, or for who opens the life next
  if (practice) {
    require_sound();
    life_.set_state(kPractisedAt, std::to_string(inputs));
    thinking.examined = 1;
    thinking.rolled_back = kept ? 0 : 1;
  }
  if (kept) {
    thinking.thoughts = 1;
    thinking.gain_bits = practice->gain_bits;
    thinking.by_kind[std::string(name_of(Operator::kConsolidate))] = 1;
  }
  thinking.seconds = watch.seconds();
  add(thinking);
  return thinking;
}

/// Writes a practice into the log, and the copy beside it, in the moment before the core goes on with it.
void Mind::journal(const Practice& practice, std::uint64_t seed) {
  constexpr std::size_t kEvidence = 8;
  memory::ThoughtRow row;
  row.time = clock_.now_seconds();
  row.kind = name_of(Operator::kConsolidate);
  row.gain_bits = practice.gain_bits;
  row.cost_seconds = practice.seconds;
  row.candidates = 1;
  row.after_episode = life_.counts().episodes;
  const std::size_t step = std::max<std::size_t>(1, practice.episodes.size() / kEvidence);
  for (std::size_t i = 0; i < practice.episodes.size() && row.evidence.size() < kEvidence; i += step)
    row.evidence.push_back(static_cast<memory::EpisodeId>(practice.episodes[i]) + 1);
  row.details = json{
      {"steps", practice.steps},
      {"tokens", practice.tokens},
      {"composites", practice.composites},
      {"before_nats", practice.before_nats},
      {"after_nats", practice.after_nats},
      {"held_out_tokens", practice.held_out_tokens},
      {"needed_bits", practice.needed_bits},
      {"seed",
       seed}}.dump();
  row.reason =
      fmt::format("{} steps over {} tokens; {:.1f} bits shorter on {} tokens that were held out, {:.1f} needed",
                  practice.steps, practice.tokens, practice.gain_bits, practice.held_out_tokens, practice.needed_bits);
  require_sound();
  try {
    const std::string before = life_.state(kPredictive).value_or("");
    const memory::ThoughtId id = life_.append(row);
    life_.set_state(kPredictiveBefore, before);
    life_.set_state(kPredictiveBeforeOf, std::to_string(id));
    life_.set_state(kPredictive, practice.copy->state());
  } catch (...) {
    failed_ = true;
    throw;
  }
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
