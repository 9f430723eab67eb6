#pragma once
// Training of any architecture: AdamW, a cosine schedule after a warm-up, clipping, dropout. The same seed gives the
// same weights on any number of threads. A checkpoint beside the model resumes exactly.

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/architecture.h"
#include "transformer/optimizer.h"
#include "transformer/parallel.h"
#include "transformer/sampler.h"

namespace noema::transformer {

struct TrainOptions {
  int batch = 16;               // sequences of the context's length a step; of shorter pairs as many more
  float learning_rate = 2e-3F;  // at the schedule's top
  double warm_up = 0.03;        // share of the training in which the rate rises from 0
  double final_rate = 0.02;     // share of the top rate at the end
  OptimizerOptions optimizer;
  Objective objective = Objective::kCausal;
  bool predict_source = false;  // see SamplerOptions
  double masked_share =
      0;  // sequences trained under the bidirectional mask, so that the weights serve as key encoder too
  std::optional<double> minutes;  // one of the three ends the training, and the schedule follows it
  std::optional<std::uint64_t> steps;
  std::optional<double> epochs;
  std::uint64_t seed = 1;
  int threads = 0;  // 0: all
  double checkpoint_seconds = 60;
  std::filesystem::path checkpoint;  // empty: none
  bool resume = false;               // continue from the checkpoint if it is there
};

/// Where a training stands; given to the observer now and then.
struct Progress {
  std::uint64_t step = 0, tokens = 0;
  double share = 0;            // of the training, 0 to 1
  double elapsed_seconds = 0;  // of training, over all resumptions
  double tokens_per_second = 0;
  double loss = 0;  // nats a token, of late, with dropout, causal sequences only
  float learning_rate = 0;
};

/// Throws UsageError, naming the option, if options contradict each other or a model of this architecture cannot be
/// trained on text (or without) or on pairs (or without).
void require_trainable(const ModelOptions& model, const TrainOptions& options, bool text, bool pairs);

/// Throws Error if there is a checkpoint to resume from that cannot be read or was made with other options: as much of
/// the Trainer's own check as needs neither tokenizer nor text. Reads the checkpoint.
void require_resumable(const ModelOptions& model, const TrainOptions& options);

class Trainer {
 public:
  /// Continues the weights of `model` on corpus and pairs, which must outlive it. Throws UsageError for contradictory
  /// options, Error if a checkpoint cannot be read or belongs to other options.
  Trainer(Model model, const Corpus& corpus, const std::vector<Pair>& pairs, const TrainOptions& options);

  /// Trains to the end. observe is called about once a second; when it returns false the training writes a checkpoint
  /// and stops. A stop request does the same within a fraction of a step. Without most_steps it goes to the schedule's
  /// end; with it, it stops after so many steps as a kill would, writing nothing. Throws Error, naming the step and
  /// what to lower, if a loss, a gradient or a weight is no longer finite; nothing is written then, and an earlier
  /// checkpoint stays.
  Progress run(const std::function<bool(const Progress&)>& observe = {}, std::optional<std::uint64_t> most_steps = {},
               const std::stop_token& stop = {});

  /// One step, on the calling thread's arena. Allocates nothing once all buffers have been used. Throws Error as run
  /// does. Changes nothing if a stop is requested before the gradient is complete.
  void step(const std::stop_token& stop = {});

  /// The weights as they are.
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
  double loss_sum_ = 0, loss_count_ = 0;  // decaying
  Batch batch_;
  std::vector<float> losses_;
  Threads threads_;
};

}  // namespace noema::transformer
