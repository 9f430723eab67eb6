#pragma once
// Consolidation: what is stored is practised into the weights of a predictive copy, by replay balanced over concepts.
// Practising happens beside everything else, in a copy of its own, and counts only if episodes that were kept out of it
// became shorter; the frozen model, whose states are the keys of memory, is never touched.

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "memory/life.h"
#include "reasoning/budget.h"
#include "reasoning/core.h"
#include "transformer/predictive_copy.h"

namespace noema::concepts::company {
class Words;
}

namespace noema::reasoning {

struct ConsolidationOptions {
  std::uint64_t first_inputs = 512;   // due when so many are stored
  double growth = 2;                  // and whenever they have become so many times what they were
  double passes = 1;                  // length of a practice, in the tokens stored
  std::uint64_t least_steps = 8;      // of a practice; with time for fewer it is not begun
  std::uint64_t most_steps = 1024;    // of one that is not asked for by steps
  std::uint32_t held_out_every = 16;  // every 16th episode is never practised
  std::uint32_t held_out = 64;        // of those, spread evenly, tell what it was worth
  std::size_t composites = 64;        // most mentioned ones that join the copy's vocabulary, each time
  std::uint32_t least_mentions = 16;  // of such a composite
  double least_bits = 16;             // the held-out episodes must become so much shorter,
  double least_share = 0.002;         // and by this share
  bool while_it_pays = false;         // due again at once after a practice that was kept
  transformer::RehearsalOptions rehearsal;

  /// For a life from birth: its weights know nothing yet, so it practises earlier, more often, longer and faster.
  static ConsolidationOptions from_birth();
};

/// What a predictive copy takes at most, in bytes: weights, what it practises with, and what it was before.
inline std::uint64_t copy_bytes(const transformer::Model& model) {
  return 16 * static_cast<std::uint64_t>(model.shape().parameters());
}
/// Whether a life may hold one: always, or if its max_bytes has room for twice that.
inline bool copy_fits(const memory::Life& life, const transformer::Model& model) {
  const std::int64_t max_bytes = life.origin().max_bytes;
  return max_bytes == 0 || 2 * copy_bytes(model) <= static_cast<std::uint64_t>(max_bytes);
}

/// A life's budget, with room reserved for the copy it may hold.
inline Budget budget_with_copy(const memory::Life& life, const transformer::Model& model, bool vectors) {
  Budget budget = budget_of(life, static_cast<std::size_t>(model.width()), vectors);
  if (copy_fits(life, model)) budget.reserved += copy_bytes(model);
  return budget;
}

/// One practice: how long and as which.
struct PracticeRequest {
  std::optional<std::uint64_t> steps;  ///< absent: as many as the options say for what is stored
  double seconds = 0;      ///< not begun, or cut short, if it takes longer; 0: no bound, the same bits always
  std::uint64_t seed = 1;  ///< of what is sampled
  std::optional<std::uint64_t> generation;  ///< of the core's copy that is meant; another is not practised in
};

/// What practising came to. Nothing is committed yet.
struct Practice {
  std::unique_ptr<transformer::PredictiveCopy> copy;  ///< as it is afterwards
  std::uint64_t generation = 0;                       ///< of the core's copy that it began from
  std::uint64_t steps = 0, tokens = 0;                ///< practised
  std::size_t composites = 0;                         ///< that joined the vocabulary
  std::size_t units = 0;                              ///< of which it knows a vector
  std::size_t held_out_tokens = 0;
  double before_nats = 0, after_nats = 0;  ///< a token of the held-out episodes
  double gain_bits = 0, needed_bits = 0;   ///< over all of them
  double seconds = 0;
  std::vector<std::uint32_t> episodes;  ///< some of those that were practised, by index, ascending

  bool better() const { return gain_bits >= needed_bits; }
};

class Consolidation {
 public:
  /// Text of an episode by its index in the graph's stream; nothing if it was let go. Called without any lock.
  using Texts = std::function<std::optional<std::string>(std::uint32_t episode)>;

  /// The words of the life's company; nothing if there are none. Called without any lock.
  using CompanyWords = std::function<std::shared_ptr<const concepts::company::Words>()>;

  /// The model is the life's. Without words a copy takes in no vectors of units.
  Consolidation(std::shared_ptr<const transformer::Model> model, Texts texts, const ConsolidationOptions& options = {},
                CompanyWords words = {})
      : model_(std::move(model)), texts_(std::move(texts)), words_(std::move(words)), options_(options) {}

  /// Whether so many inputs give reason to practise, when the last time there were `last`.
  bool due(std::uint64_t inputs, std::uint64_t last) const {
    return inputs >= options_.first_inputs &&
           static_cast<double>(inputs) >= options_.growth * static_cast<double>(last);
  }
  const ConsolidationOptions& options() const { return options_; }

  /// Practises in a copy of the core's copy (of the model, if it has none). Nothing if there is nothing to practise or
  /// to hold out, if keep_on said no, or no time for it. Concepts are drawn uniformly, then one of their episodes; so a
  /// rare concept is met as often as a common one. Holds the core's mutex (shared) only while it draws. O(nodes) and
  /// steps batches of windows.
  std::optional<Practice> practise(const Core& core, const PracticeRequest& request,
                                   const std::function<bool()>& keep_on = {}) const;

 private:
  struct Plan;
  Plan plan(const Core& core, const PracticeRequest& request,
            std::shared_ptr<const concepts::company::Words> words) const;

  std::shared_ptr<const transformer::Model> model_;
  Texts texts_;
  CompanyWords words_;
  ConsolidationOptions options_;
};

}  // namespace noema::reasoning
