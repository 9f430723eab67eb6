#pragma once
// A copy of a model's weights that continues to learn. The model itself does not change, because its hidden states are
// the keys of a mind's memory. The copy learns while it reads (dynamic evaluation, Krause et al. 2018), by rehearsing
// stored text (replay), and by adding composites to its vocabulary. Every text is scored before the copy learns from
// it.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/composites.h"
#include "transformer/model.h"
#include "transformer/optimizer.h"
#include "transformer/segment_network.h"
#include "transformer/unit_vectors.h"

namespace noema::transformer {

/// How the copy learns while it reads: by one step of gradient descent for each segment. The defaults are the best of
/// those tried on the first 25k words of WikiText-2's validation text; a segment of 32 costs a third less and is 1.4%
/// worse.
struct OnlineOptions {
  enum class Rule {
    kPlain,  // w -= rate * gradient, with gradient clipping
    kScaled  // w -= rate * gradient / sqrt(running mean of gradient^2 + floor), as in RMSProp
  };
  Rule rule = Rule::kScaled;
  double rate = 3e-4;
  double decay = 0.003;     // share of the way back to the anchor in each step (Krause et al. 2018, eq. 9)
  int segment = 16;         // tokens in a step, at most half a context; the last segment of a window may be shorter
  bool fresh = false;       // read the window again after a step, so that all keys are of the new weights; little gain
  double largest_norm = 1;  // kPlain: gradients with a larger norm are scaled down to it
  double memory = 1000;     // kScaled: steps over which the mean of gradient^2 runs; at first over all steps
  double floor = 0.5;       // kScaled: relative to the root of the mean of gradient^2 over all weights
  int warm_up = 32;         // kScaled: steps in which the learning rate rises, while the means are new

  /// Throws UsageError, naming the option, if it is out of range.
  void validate() const;
};

/// One rehearsal: optimiser steps on given text, with a warm-up and a cosine schedule.
struct RehearsalOptions {
  std::optional<std::uint64_t> steps;  // exactly one of the two is set; with seconds the bits differ between runs
  std::optional<double> seconds;
  int batch = 8;                // windows of a context in a step
  int shards = 4;               // parts of a batch; unlike threads, their number changes the bits of the result
  float learning_rate = 3e-4F;  // the highest of the schedule
  double warm_up = 0.1;         // share of the rehearsal in which the rate rises
  double final_rate = 0.02;     // share of the top rate at the end
  /// No weight decay. The vectors of composites learn faster, because each occurs far more rarely than shared weights.
  OptimizerOptions optimizer{0.9F, 0.98F, 1e-8F, 0.0F, 1.0F, 10.0F};
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all cores
};

struct Rehearsal {
  std::uint64_t steps = 0, tokens = 0;
  double first_nats = 0, last_nats = 0;  ///< mean loss per token over the first and the last tenth of the steps
  bool diverged = false;                 ///< a loss, gradient or weight was not finite, and everything was taken back
};

struct Container;

class PredictiveCopy {
 public:
  using Unit = Composites::Unit;

  /// Starts with the model's weights, towards which the decay pulls. The model must outlive the copy. Throws UsageError
  /// for options out of range.
  explicit PredictiveCopy(const Model& model, const OnlineOptions& options = {});

  /// Reads the units of a line, each given as its tokens, and returns -ln P of each unit given everything before it:
  /// P(t1 | a unit begins) prod P(ti) P(the next token begins a unit), summed over all segmentations with composites.
  /// Every prediction after the first half of a window sees at least half a window. With `learn` there is one step for
  /// each segment, always after the segment was scored. O(n (parameters + context width)) without composites and
  /// learning; a step costs about as much as reading its segment twice, plus one pass over the weights.
  /// Single-threaded; the same bits every time. If learning diverges (a number is not finite), the weights return to
  /// the anchor and the line is read without learning. Throws std::logic_error if the tokens of a unit are not those of
  /// one unit, Error if the predictions of the model itself are not finite.
  std::vector<double> read(const std::vector<Unit>& units, bool learn);

  /// Forgets the context, but not what was learned: the next line follows the start token.
  void clear();
  /// Reads the window again, as a restored copy does. A copy that is renewed when its state is saved continues with the
  /// same bits as a copy restored from that state.
  void renew();

  /// Learns from lines of tokens, which are concatenated in a new random order in every pass and cut into windows.
  /// Where a composite occurs, the loss is -ln (p(composite) + p(its tokens one by one)). Reading afterwards continues
  /// where it was. The rehearsal ends early if keep_on, which is called before every step, returns false. The same seed
  /// gives the same bits on any number of threads. Throws UsageError for contradictory options, Error if there are no
  /// tokens, std::logic_error for special tokens. Needs, for each weight, 4 bytes per shard, 8 for the optimiser and 4
  /// for the weights as they were, and a segment network per shard. There is no dropout and no weight decay.
  Rehearsal rehearse(const std::vector<std::vector<Token>>& lines, const RehearsalOptions& options,
                     const std::function<bool()>& keep_on = {});
  /// The mean of -ln P per token of the lines, computed as read() does without learning. The lines are read as one
  /// stream in groups, each of which follows a start token. Changes nothing; the same bits on any number of threads.
  double nats(const std::vector<std::vector<Token>>& lines, int threads = 0) const;

  /// Adds a composite and returns its number; a composite that exists already is not added again. output: its output
  /// vector [width]; if empty, the mean of the vectors of its units' first tokens. Throws Error if it has fewer than 2
  /// units, std::logic_error if the vector has another width.
  int add_composite(std::vector<Unit> units, const std::vector<float>& output = {});
  const Composites& composites() const { return composites_; }

  /// Takes in vectors of units, or other ones in the place of those before, towards which they must be turned: then
  /// what is learned of them goes on. The first time the copy predicts what it did; rehearsing and reading learn to use
  /// them. No vectors, or those of another width, forget what was learned. Costs reading the window.
  void take_in(std::shared_ptr<const UnitVectors> vectors);
  const std::shared_ptr<const UnitVectors>& vectors() const { return trail_.vectors(); }

  /// Makes the decay pull towards the present weights. Takes memory for another copy of them.
  void anchor() { anchor_ = weights_; }

  /// Everything that a rehearsal or a new composite changes, so that it can be taken back. It does not include the
  /// means of kScaled, which only reading changes, nor the window, which is read again.
  struct Snapshot {
    std::vector<float> weights, anchor, starts;
    Composites composites;
    std::shared_ptr<const UnitVectors> vectors;
    std::uint64_t updates = 0;
  };
  Snapshot snapshot() const { return {weights_, anchor_, starts_, composites_, vectors(), updates_}; }
  void restore(const Snapshot& snapshot);

  /// Everything that further reading depends on, as bytes (container.h): weights, composites, the window and the means
  /// of kScaled. Takes 4 bytes for each weight, 8 after a step of kScaled, and 4 more with an anchor. Does not include
  /// the options.
  std::string state() const;
  /// Throws Error, changing nothing, if the bytes are damaged or belong to another model or rule.
  void restore(std::string_view state);
  /// SHA-256 of model, weights and composites: equal for copies that compute the same.
  std::string hash() const;
  /// Memory that the copy takes in addition to the model.
  std::size_t bytes() const;
  /// Number of steps taken, while reading and in rehearsals.
  std::uint64_t updates() const { return updates_; }

  std::span<const float> weights() const { return weights_; }
  const Model& model() const { return model_; }

 private:
  std::vector<double> score_and_learn(const std::vector<Unit>& units, bool learn);
  void return_to_anchor();
  void turn();
  struct Anchors {
    const float *weights, *composites;
  };
  Anchors anchors() const;
  void learn();
  bool step_plain();
  bool step_scaled();
  void reread(std::span<const Token> tokens, std::span<const Token> targets);
  UnitTrail trail_in(Container& container, std::size_t window) const;

  const Model& model_;
  OnlineOptions options_;
  std::vector<float> weights_;  // [parameters + adapter + composites width]
  std::vector<float> anchor_;   // what decay pulls weights_ to; if empty, the model's weights followed by starts_
  std::vector<float> starts_;   // the initial adapter, zeros, and the initial vectors of the composites
  Composites composites_;
  UnitTrail trail_;
  CompositeState inside_;
  SegmentNetwork network_;
  std::vector<float> gradient_, mean_squares_;  // as long as weights_, from the first step on
  std::uint64_t updates_ = 0, mean_count_ = 0;
  float floor_square_ = 0;  // is added to each mean square by kScaled
  bool stale_ = false;      // whether the window was read with other weights
  mutable std::string model_hash_;
};

}  // namespace noema::transformer
