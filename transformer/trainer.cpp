#include "transformer/trainer.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "transformer/container.h"
#include "transformer/finite.h"

namespace noema::transformer {
namespace {

using nlohmann::json;

/// SHA-256 of the pairs; empty if there are none.
std::string hash_of(std::span<const Pair> pairs) {
  if (pairs.empty()) return {};
  base::Sha256 hash;
  for (const Pair& pair : pairs)
    for (const auto* side : {&pair.source, &pair.target}) {
      hash.integer(side->size());
      hash.bytes({reinterpret_cast<const char*>(side->data()), side->size() * sizeof(Token)});
    }
  return hash.hex();
}

// These follow from tokenizer and text; identity_of_options() has null for them.
constexpr std::size_t kIdentityOfSteps = 5, kIdentityOfCorpus = 8, kIdentityOfSequences = 9, kIdentityOfWeights = 10;

json identity_of_options(const ModelOptions& model, const TrainOptions& options) {
  return {options.batch,
          options.learning_rate,
          static_cast<int>(options.objective),
          options.masked_share,
          options.minutes.value_or(0),
          options.steps.value_or(0),
          options.seed,
          model.dropout,
          nullptr,
          nullptr,
          nullptr,
          model.context,
          model.heads,
          model.kv_heads,
          model.architecture};
}

[[noreturn]] void refuse_checkpoint(const std::string& name) {
  throw base::Error(
      fmt::format("{}: the checkpoint belongs to a training with other options or text; resume with the same ones, "
                  "or train anew without --resume",
                  name));
}

[[noreturn]] void refuse_header(const std::string& name) {
  throw base::Error(fmt::format("{}: the checkpoint's header is damaged; train anew without --resume", name));
}

/// Finite arrays and a header that says what it belongs to, or an Error.
Container read_checkpoint(const TrainOptions& options) {
  const auto& path = options.checkpoint;
  Container container = unpack(base::read_file(path), "checkpoint", path.string());
  const float decay = options.optimizer.weight_decay;  // earlier checkpoints do not tell it
  try {
    if (container.header.value("weight_decay", decay) != decay) refuse_checkpoint(path.string());
    container.header["identity"] = container.header.value("identity", "");
  } catch (const json::exception&) {
    refuse_header(path.string());
  }
  for (const auto& [array, values] : container.arrays) require_finite(values, path.string(), array);
  return container;
}

}  // namespace

void require_resumable(const ModelOptions& model, const TrainOptions& options) {
  if (!options.resume || options.checkpoint.empty() || !std::filesystem::exists(options.checkpoint)) return;
  const Container container = read_checkpoint(options);
  const json found = json::parse(container.header.value("identity", ""), nullptr, false);
  const json wanted = identity_of_options(model, options);
  bool same = found.is_array() && found.size() >= wanted.size();
  // Unless steps are given, their number follows from epochs and text.
  const bool steps_known = options.steps || options.minutes;
  for (std::size_t i = 0; same && i < wanted.size(); ++i)
    same = wanted[i].is_null() || (i == kIdentityOfSteps && !steps_known) ||
           found[i].dump() == json::parse(wanted[i].dump()).dump();
  if (!same) refuse_checkpoint(options.checkpoint.string());
}

void require_trainable(const ModelOptions& model, const TrainOptions& options, bool text, bool pairs) {
  const auto refuse = [](const std::string& what) { throw base::UsageError("train: " + what); };
  const Traits& traits = traits_of(model);
  if (int(options.minutes.has_value()) + int(options.steps.has_value()) + int(options.epochs.has_value()) > 1)
    refuse("--minutes, --steps and --epochs contradict each other; give one");
  if (options.batch < 1) refuse("--batch must be at least 1");
  if (!traits.both_sides && (options.objective != Objective::kCausal || options.masked_share > 0))
    refuse(fmt::format("--arch {} does not fill gaps; leave out --objective and --masked-share", model.architecture));
  if (!traits.text && !pairs)
    refuse(fmt::format("--arch {} predicts targets from sources; give --pairs FILE.tsv", model.architecture));
  if (!traits.text && text)
    refuse(fmt::format("--arch {} learns from pairs alone; leave out --text", model.architecture));
  if (model.attention != "luong" && model.architecture != "seq2seq")
    refuse(
        fmt::format("--attention {}: is an option of seq2seq; leave it out or give --arch seq2seq", model.attention));
}

Trainer::Trainer(Model model, const Corpus& corpus, std::span<const Pair> pairs, const TrainOptions& options)
    : model_options_(model.options()),
      tokenizer_(model.tokenizer()),
      options_(options),
      weights_(model.weights().begin(), model.weights().end()),
      gradient_(weights_.size()),
      network_(make_network(model_options_, tokenizer_.size(), options.batch, model_options_.context)),
      sampler_(
          corpus, pairs,
          {model_options_.context, options.objective, options.masked_share, 0.2, options.seed, options.predict_source}),
      optimizer_(layout_of(model_options_, tokenizer_.size()), options.optimizer),
      corpus_hash_(corpus.hash),
      pairs_hash_(hash_of(pairs)),
      threads_(options.threads) {
  require_trainable(model_options_, options_, !corpus.tokens.empty(), !pairs.empty());
  count_text(weights_.data(), model_options_, tokenizer_.size(), corpus, pairs);
  if (!options_.minutes && !options_.steps && !options_.epochs) options_.epochs = 1;
  if (options_.epochs) {
    const double steps = *options_.epochs * sampler_.steps_per_epoch(options_.batch);
    options_.steps = static_cast<std::uint64_t>(std::max(1.0, std::ceil(steps)));
  }
  if (!pairs.empty()) model_options_.pairs = options_.objective == Objective::kCausal ? "causal" : "prefix";
  if (options_.resume && !options_.checkpoint.empty() && std::filesystem::exists(options_.checkpoint))
    load_checkpoint();
}

double Trainer::share_done() const {
  if (options_.minutes) return std::min(1.0, progress_.elapsed_seconds / (*options_.minutes * 60));
  return static_cast<double>(progress_.step) / static_cast<double>(std::max<std::uint64_t>(1, *options_.steps));
}

/// The learning rate rises linearly, then falls along half a cosine (Loshchilov & Hutter 2017).
float Trainer::rate(double share) const {
  const double top = static_cast<double>(options_.learning_rate);
  if (share < options_.warm_up) return static_cast<float>(top * std::max(share, 1e-4) / options_.warm_up);
  const double down = (share - options_.warm_up) / (1 - options_.warm_up);
  return static_cast<float>(
      top * (options_.final_rate + (1 - options_.final_rate) * 0.5 * (1 + std::cos(3.14159265358979 * down))));
}

void Trainer::step(const std::stop_token& stop) {
  sampler_.fill(batch_, progress_.step, options_.batch);
  losses_.resize(batch_.targets.size());
  const auto predicted = std::count_if(batch_.targets.begin(), batch_.targets.end(), [](Token t) { return t >= 0; });
  const float scale = 1.0F / static_cast<float>(std::max<std::ptrdiff_t>(1, predicted));
  const std::uint64_t masks = base::Rng(options_.seed).fork(fmt::format("dropout {}", progress_.step)).bits();
  const double loss = network_->loss_and_gradient(gradient_.data(), weights_.data(), batch_, scale,
                                                  {model_options_.dropout, masks}, losses_.data());
  if (stop.stop_requested()) return;  // the gradient may be incomplete
  progress_.learning_rate = rate(share_done());
  const double norm =
      std::isfinite(loss) ? optimizer_.step(weights_, {&gradient_, 1}, progress_.learning_rate, progress_.step + 1) : 0;
  require_finite_step(loss, norm);
  ++progress_.step;
  progress_.tokens += batch_.inputs.size();
  count_losses();
}

/// Updates the recent mean loss over causal sequences.
void Trainer::count_losses() {
  double nats = 0, count = 0;
  for (std::size_t i = 0; i < batch_.targets.size(); ++i) {
    const bool gap_filling =
        options_.objective == Objective::kCausal && batch_.prefixes[i / static_cast<std::size_t>(batch_.length)] != 0;
    if (batch_.targets[i] < 0 || gap_filling) continue;
    nats += static_cast<double>(losses_[i]);
    ++count;
  }
  constexpr double kDecay = 0.99;
  loss_sum_ = kDecay * loss_sum_ + nats;
  loss_count_ = kDecay * loss_count_ + count;
  if (loss_count_ > 0) progress_.loss = loss_sum_ / loss_count_;
}

void Trainer::diverged(std::string_view what) const {
  const std::string decay =
      options_.optimizer.weight_decay > 1 ? fmt::format(" or --weight-decay {}", options_.optimizer.weight_decay) : "";
  const bool kept = !options_.checkpoint.empty() && std::filesystem::exists(options_.checkpoint);
  throw base::Error(fmt::format("training diverged at step {}: {} not finite; lower --learning-rate {}{}; {}",
                                progress_.step + 1, what, options_.learning_rate, decay,
                                kept ? fmt::format("{} holds the last finite weights", options_.checkpoint.string())
                                     : std::string("nothing was written")));
}

void Trainer::require_finite_step(double loss, double norm) const {
  if (!std::isfinite(loss)) diverged("the loss is");
  if (!std::isfinite(norm)) diverged("the gradient is");
  if (first_non_finite(weights_)) diverged("a weight is");
}

/// Checks the weights of the last step by predicting its batch again: no later step has used them.
void Trainer::require_finite_end(const std::stop_token& stop) {
  if (batch_.inputs.empty()) return;
  const double loss = network_->loss(weights_.data(), batch_);
  if (!stop.stop_requested() && !std::isfinite(loss)) diverged("the finished model's loss is");
}

void Trainer::train(const std::function<bool(const Progress&)>& observe, std::uint64_t last_step,
                    const std::stop_token& stop) {
  const double before = progress_.elapsed_seconds;
  const std::uint64_t tokens_before = progress_.tokens;
  const base::Stopwatch watch;
  double observed = 0, saved = 0;
  for (bool goes_on = true; goes_on && share_done() < 1 && progress_.step < last_step;) {
    threads_.run(stop, [&] { step(stop); });
    const double now = watch.seconds();
    progress_.elapsed_seconds = before + now;
    progress_.tokens_per_second = static_cast<double>(progress_.tokens - tokens_before) / now;
    progress_.share = share_done();
    goes_on = !stop.stop_requested() && (!observe || now - observed < 1 || observe(progress_));
    if (now - observed >= 1) observed = now;
    if (!options_.checkpoint.empty() && (!goes_on || now - saved >= options_.checkpoint_seconds)) {
      save_checkpoint();
      saved = now;
    }
  }
}

Progress Trainer::run(const std::function<bool(const Progress&)>& observe, std::optional<std::uint64_t> most_steps,
                      const std::stop_token& stop) {
  train(observe, most_steps ? progress_.step + *most_steps : ~std::uint64_t{0}, stop);
  if (share_done() >= 1) threads_.run(stop, [&] { require_finite_end(stop); });
  return progress_;
}

Model Trainer::model() const { return {model_options_, tokenizer_, weights_}; }

/// What must be equal for a training to continue from a checkpoint with the same bits: the options, and what follows
/// from tokenizer and text.
std::string Trainer::identity() const {
  json all = identity_of_options(model_options_, options_);
  all[kIdentityOfCorpus] = corpus_hash_;
  all[kIdentityOfSequences] = sampler_.sequences_per_epoch();
  all[kIdentityOfWeights] = weights_.size();
  if (!pairs_hash_.empty()) all.insert(all.end(), {pairs_hash_, options_.predict_source});
  return all.dump();
}

void Trainer::save_checkpoint() const {
  // Losses and times are stored as raw bits, so that a resumed training continues with exactly the same numbers.
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  const json header = {{"identity", identity()},
                       {"step", progress_.step},
                       {"tokens", progress_.tokens},
                       {"elapsed", bits(progress_.elapsed_seconds)},
                       {"loss_sum", bits(loss_sum_)},
                       {"loss_count", bits(loss_count_)},
                       {"weight_decay", options_.optimizer.weight_decay}};
  base::write_file(options_.checkpoint, pack({"checkpoint",
                                              header,
                                              {{"tokenizer", tokenizer_.serialize()}},
                                              {{"weights", weights_},
                                               {"first_moments", optimizer_.first_moments()},
                                               {"second_moments", optimizer_.second_moments()}}}));
}

void Trainer::load_checkpoint() {
  const std::string name = options_.checkpoint.string();
  Container container = read_checkpoint(options_);
  if (container.header.value("identity", "") != identity() || container.blobs["tokenizer"] != tokenizer_.serialize())
    refuse_checkpoint(name);
  try {
    const auto number = [&](const char* key) {
      return std::bit_cast<double>(container.header.at(key).get<std::uint64_t>());
    };
    progress_.step = container.header.at("step");
    progress_.tokens = container.header.at("tokens");
    progress_.elapsed_seconds = number("elapsed");
    loss_sum_ = number("loss_sum");
    loss_count_ = number("loss_count");
  } catch (const json::exception&) {
    refuse_header(name);
  }
  for (const char* array : {"weights", "first_moments", "second_moments"})
    if (container.arrays[array].size() != gradient_.size())
      throw base::Error(
          fmt::format("{}: the checkpoint holds {} numbers as its {}, expected {}; train anew without --resume", name,
                      container.arrays[array].size(), array, gradient_.size()));
  if (loss_count_ > 0) progress_.loss = loss_sum_ / loss_count_;
  weights_ = std::move(container.arrays["weights"]);
  optimizer_.restore(std::move(container.arrays["first_moments"]), std::move(container.arrays["second_moments"]));
}

}  // namespace noema::transformer
