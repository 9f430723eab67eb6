#pragma once
// Training of all architectures: AdamW, warm-up and cosine schedule, gradient clipping, dropout. The same seed gives
// the same weights on any number of threads. A training resumed from a checkpoint gives the same bits as one that was
// not interrupted.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/architecture.h"
#include "transformer/optimizer.h"
#include "transformer/parallel.h"
#include "transformer/sampler.h"

namespace noema::transformer {

struct TrainOptions {
  int batch = 16;               // sequences of the context's length in a step; of shorter pairs a step takes more
  float learning_rate = 2e-3F;  // the highest of the schedule
  double warm_up = 0.03;        // share of the training in which the rate rises from 0
  double final_rate = 0.02;     // share of the top rate at the end
  OptimizerOptions optimizer;
  Objective objective = Objective::kCausal;
  bool predict_source = false;  // see SamplerOptions
  double masked_share = 0;  // share of sequences trained with the masked objective, so that the model can encode keys
  std::optional<double> minutes;  // at most one of these three is set; it determines the end and the schedule
  std::optional<std::uint64_t> steps;
  std::optional<double> epochs;
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all cores
  double checkpoint_seconds = 60;
  std::filesystem::path checkpoint;  // file; empty: none is written
  bool resume = false;               // continue from the checkpoint if it exists
};

/// The progress of a training, which its observer gets from time to time.
struct Progress {
  std::uint64_t step = 0, tokens = 0;
  double share = 0;            // of the training that is done, 0 to 1
  double elapsed_seconds = 0;  // of training, summed over interruptions
  double tokens_per_second = 0;
  double loss = 0;  // nats per token, recent mean, with dropout, over causal sequences only
  float learning_rate = 0;
};

/// Throws UsageError, naming the option, if options contradict each other, or if a model of this architecture cannot be
/// trained on the given kinds of data. text, pairs: whether there are any.
void require_trainable(const ModelOptions& model, const TrainOptions& options, bool text, bool pairs);

/// Throws Error if the checkpoint to resume from cannot be read or was made with other options. This is the part of the
/// Trainer's check that needs neither tokenizer nor text. Reads the checkpoint.
void require_resumable(const ModelOptions& model, const TrainOptions& options);

class Trainer {
 public:
  /// Trains the weights of `model` further, on corpus and pairs, which must outlive it. Throws UsageError for
  /// contradictory options, Error if a checkpoint cannot be read or was made with other options.
  Trainer(Model model, const Corpus& corpus, std::span<const Pair> pairs, const TrainOptions& options);

  /// Trains to the end of the schedule. observe is called about once a second; if it returns false, the training writes
  /// a checkpoint and stops. A stop request does the same, within a fraction of a step. most_steps, if given, ends the
  /// training after so many steps like a kill: without writing anything. Throws Error, naming the step and the option
  /// to lower, if a loss, a gradient or a weight is not finite; nothing is written then, and an earlier checkpoint
  /// stays.
  Progress run(const std::function<bool(const Progress&)>& observe = {}, std::optional<std::uint64_t> most_steps = {},
               const std::stop_token& stop = {});

  /// Takes one step, on the calling thread's arena. Allocates memory in the first steps only. Throws Error as run does.
  /// Changes nothing if a stop is requested before the gradient is complete.
  void step(const std::stop_token& stop = {});

  /// A model with the present weights.
  Model model() const;

 private:
  double share_done() const;
  float rate(double share) const;
  void train(const std::function<bool(const Progress&)>& observe, std::uint64_t last_step, const std::stop_token& stop);
  void count_losses();
  void require_finite_step(double loss, double norm) const;
  void require_finite_end(const std::stop_token& stop);
  [[noreturn]] void diverged(std::string_view what) const;
  void save_checkpoint() const;
  void load_checkpoint();
  std::string identity() const;

  ModelOptions model_options_;
  Tokenizer tokenizer_;
  TrainOptions options_;
  std::vector<float> weights_, gradient_;
  std::unique_ptr<Network> network_;
  Sampler sampler_;
  Optimizer optimizer_;
  std::string corpus_hash_, pairs_hash_;
  Progress progress_;
  double loss_sum_ = 0, loss_count_ = 0;  // exponentially decaying sums
  Batch batch_;
  std::vector<float> losses_;
  Threads threads_;
};

}  // namespace noema::transformer
