#pragma once
// A copy of a model's weights that goes on learning while the model itself, whose hidden states are a mind's keys,
// stays as it is. It learns as it reads (dynamic evaluation, Krause et al. 2018), by rehearsing text it is given
// (replay), and by taking composites into its vocabulary. Everything is scored before it is learned from.

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

namespace noema::transformer {

/// How reading changes the weights: one step of gradient descent a segment. The defaults were the best of those tried
/// on the first 25k words of WikiText-2's validation text; a segment of 32 costs a third less and is 1.4% worse.
struct OnlineOptions {
  enum class Rule {
    kPlain,  // w -= rate * gradient, the gradient's norm clipped
    kScaled  // w -= rate * gradient / (its running root mean square + some), as RMSProp
  };
  Rule rule = Rule::kScaled;
  double rate = 3e-4;
  double decay = 0.003;     // share of the way back to the anchor a step takes (Krause et al. 2018, eq. 9)
  int segment = 16;         // tokens a step learns from; never more than half a context, a window's last may be fewer
  bool fresh = false;       // read the window again after a step, so that no key is of older weights; little gain
  double largest_norm = 1;  // of a segment's mean gradient under kPlain; longer ones are shortened to it
  double memory = 1000;     // steps over which kScaled takes the mean square, all at first
  double floor = 0.5;       // of that root, relative to the one over all weights; they add in squares
  int warm_up = 32;         // steps over which kScaled's rate rises, while its means are new

  /// Throws UsageError, naming the option, if it is out of range.
  void validate() const;
};

/// One rehearsal: optimiser steps over given text, a warm-up and half a cosine (trainer.h) within it.
struct RehearsalOptions {
  std::optional<std::uint64_t> steps;  // exactly one of the two ends it; seconds do not give the same bits twice
  std::optional<double> seconds;
  int batch = 8;                // windows of a context a step
  int shards = 4;               // of a step; part of the result, unlike threads
  float learning_rate = 3e-4F;  // at the schedule's top
  double warm_up = 0.1;         // share of it in which the rate rises
  double final_rate = 0.02;     // share of the top rate at the end
  /// No weight decay. Composites' vectors learn faster: each is met far more rarely than the weights all share.
  OptimizerOptions optimizer{0.9F, 0.98F, 1e-8F, 0.0F, 1.0F, 10.0F};
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all
};

struct Rehearsal {
  std::uint64_t steps = 0, tokens = 0;
  double first_nats = 0, last_nats = 0;  ///< loss a token, mean of the first and the last tenth of the steps
  bool diverged = false;                 ///< a loss, gradient or weight was not finite: taken back, as if never begun
};

class PredictiveCopy {
 public:
  using Unit = Composites::Unit;

  /// Starts at the model's weights; the model must outlive it and is what decay pulls back to. Throws UsageError for
  /// options out of range.
  explicit PredictiveCopy(const Model& model, const OnlineOptions& options = {});

  /// Reads a line's units, each the tokens of one, and returns -ln P of each given all before:
  /// P(t1 | it begins a unit) prod P(ti) P(the next begins a unit), as Reader has it, summed over all ways of saying it
  /// with composites. Every prediction past the first half window sees at least half a window. With `learn` the weights
  /// step once a segment, always after the segment was scored. Without composites and learning O(n (parameters +
  /// context width)); a step costs about as much again as reading its segment twice, and one pass over the weights.
  /// Single-threaded; the same bits every time. If learning diverged (something is not finite), what was learned is
  /// taken back to the anchor and the line is read without learning. Throws std::logic_error if a unit is no unit's
  /// tokens, Error if the model itself does not give finite predictions.
  std::vector<double> read(const std::vector<Unit>& units, bool learn);

  /// Forgets what was read (not what was learned): the next line is read from the start token.
  void clear();
  /// Reads the window again as a restored copy does. A copy that is renewed when its state is taken goes on with the
  /// very bits of one restored from it.
  void renew();

  /// Learns from lines of tokens, which are joined in a new random order every pass and cut into windows. The loss of a
  /// place where a composite stands is -ln (p(composite) + p(token by token)). Reading goes on where it was. keep_on,
  /// if given, is asked before every step. The same seed gives the same bits on any number of threads. Throws
  /// UsageError for contradictory options, Error if there are no tokens, std::logic_error for specials. While it runs
  /// it holds 4 bytes a weight for each shard, 8 for the optimiser, 4 for the weights as they were, and a segment network a shard. No dropout, no
  /// decay.
  Rehearsal rehearse(const std::vector<std::vector<Token>>& lines, const RehearsalOptions& options,
                     const std::function<bool()>& keep_on = {});
  /// Mean -ln P a token of the lines, read as one stream in groups that each begin anew, summed as read() does. Changes
  /// nothing; the same bits on any number of threads.
  double nats(const std::vector<std::vector<Token>>& lines, int threads = 0) const;

  /// Adds a composite and returns its number; one that is there is not added again. output: [width], or empty for the
  /// mean of its units' first tokens' vectors. Throws Error if it has fewer than 2 units, std::logic_error if the
  /// vector has another width.
  int add_composite(std::vector<Unit> units, const std::vector<float>& output = {});
  const Composites& composites() const { return composites_; }
  /// A vector to start with, fitted to where the units stand in the lines: their first token's, moved along the mean
  /// hidden state so far that there the composite is, on average, as likely as its tokens one by one. Empty if they
  /// stand nowhere. Elsewhere it takes more from others than the parts' mean does, which is the better start so far.
  /// O(tokens (parameters + context width)).
  std::vector<float> vector_from_contexts(const std::vector<Unit>& units,
                                          const std::vector<std::vector<Token>>& lines) const;

  /// Makes the present weights what decay pulls back to. Costs their memory once more.
  void anchor() { anchor_ = weights_; }

  /// What a rehearsal or a composite changes, to take it back: copies of the weights, not of kScaled's means, which
  /// only reading changes, nor of the window, which is read again.
  struct Snapshot {
    std::vector<float> weights, anchor, starts;
    Composites composites;
    std::uint64_t updates = 0;
  };
  Snapshot snapshot() const { return {weights_, anchor_, starts_, composites_, updates_}; }
  void restore(const Snapshot& snapshot);

  /// Everything that reading on depends on, as bytes (container.h): weights, composites, the window, the means of
  /// kScaled: 4 bytes a weight, 8 once kScaled has stepped, 4 more with an anchor. Options are the caller's to keep.
  std::string state() const;
  /// Throws Error, changing nothing, if the bytes are damaged, or were made beside another model or rule.
  void restore(std::string_view state);
  /// SHA-256 of model, weights and composites: names the copy by what it computes.
  std::string hash() const;
  /// Memory held beyond the model's.
  std::size_t bytes() const;
  /// Steps taken, online and in rehearsals.
  std::uint64_t updates() const { return updates_; }

  std::span<const float> weights() const { return weights_; }
  const Model& model() const { return model_; }

 private:
  std::vector<double> score_and_learn(const std::vector<Unit>& units, bool learn);
  void return_to_anchor();
  void turn();
  void learn();
  void reread(std::span<const Token> tokens, std::span<const Token> targets);

  const Model& model_;
  OnlineOptions options_;
  std::vector<float> weights_;  // [parameters + composites width]
  std::vector<float> anchor_;   // as many, or none: the model's, then starts_
  std::vector<float> starts_;   // [composites, width] composites' vectors as they were added
  Composites composites_;
  CompositeState inside_;
  SegmentNetwork network_;
  std::vector<float> gradient_, mean_squares_;  // as many as weights, from the first step on
  std::uint64_t updates_ = 0, mean_count_ = 0;
  float floor_square_ = 0;  // what kScaled adds to each mean square
  bool stale_ = false;      // the window was read with other weights
  mutable std::string model_hash_;
};

}  // namespace noema::transformer
