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

namespace noema::transformer {
namespace {

using nlohmann::json;

/// Empty for no pairs.
std::string hash_of(const std::vector<Pair>& pairs) {
  if (pairs.empty()) return {};
  base::Sha256 hash;
  for (const Pair& pair : pairs)
    for (const auto* side : {&pair.source, &pair.target}) {
      hash.integer(side->size());
      hash.bytes({reinterpret_cast<const char*>(side->data()), side->size() * sizeof(Token)});
    }
  return hash.hex();
}

}  // namespace

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

Trainer::Trainer(Model model, const Corpus& corpus, const std::vector<Pair>& pairs, const TrainOptions& options)
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

/// Linear up, then half a cosine down (Loshchilov & Hutter 2017).
float Trainer::rate(double share) const {
  const double top = static_cast<double>(options_.learning_rate);
  if (share < options_.warm_up) return static_cast<float>(top * std::max(share, 1e-4) / options_.warm_up);
  const double down = (share - options_.warm_up) / (1 - options_.warm_up);
  return static_cast<float>(
      top * (options_.final_rate + (1 - options_.final_rate) * 0.5 * (1 + std::cos(3.14159265358979 * down))));
}

void Trainer::step() {
  sampler_.fill(batch_, progress_.step, options_.batch);
  losses_.resize(batch_.targets.size());
  const auto predicted = std::count_if(batch_.targets.begin(), batch_.targets.end(), [](Token t) { return t >= 0; });
  const float scale = 1.0F / static_cast<float>(std::max<std::ptrdiff_t>(1, predicted));
  const std::uint64_t masks = base::Rng(options_.seed).fork(fmt::format("dropout {}", progress_.step)).bits();
  network_->loss_and_gradient(gradient_.data(), weights_.data(), batch_, scale, {model_options_.dropout, masks},
                              losses_.data());
  progress_.learning_rate = rate(share_done());
  optimizer_.step(weights_, {&gradient_, 1}, progress_.learning_rate, progress_.step + 1);
  ++progress_.step;
  progress_.tokens += batch_.inputs.size();

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

Progress Trainer::run(const std::function<bool(const Progress&)>& observe, std::optional<std::uint64_t> most_steps) {
  const std::uint64_t last_step = most_steps ? progress_.step + *most_steps : ~std::uint64_t{0};
  const double before = progress_.elapsed_seconds;
  const std::uint64_t tokens_before = progress_.tokens;
  const base::Stopwatch watch;
  double observed = 0, saved = 0;
  threads_.run([&] {
    while (share_done() < 1 && progress_.step < last_step) {
      step();
      const double now = watch.seconds();
      progress_.elapsed_seconds = before + now;
      progress_.tokens_per_second = static_cast<double>(progress_.tokens - tokens_before) / now;
      progress_.share = share_done();
      const bool goes_on = !observe || now - observed < 1 || observe(progress_);
      if (now - observed >= 1) observed = now;
      if (!options_.checkpoint.empty() && (!goes_on || now - saved >= options_.checkpoint_seconds)) {
        save_checkpoint();
        saved = now;
      }
      if (!goes_on) break;
    }
  });
  return progress_;
}

Model Trainer::model() const { return {model_options_, tokenizer_, weights_}; }

/// What must be the same for a checkpoint to continue as if nothing had happened.
std::string Trainer::identity() const {
  json all = {options_.batch,
              options_.learning_rate,
              static_cast<int>(options_.objective),
              options_.masked_share,
              options_.minutes.value_or(0),
              options_.steps.value_or(0),
              options_.seed,
              model_options_.dropout,
              corpus_hash_,
              sampler_.sequences_per_epoch(),
              weights_.size(),
              model_options_.context,
              model_options_.heads,
              model_options_.kv_heads,
              model_options_.architecture};
  if (!pairs_hash_.empty()) all.insert(all.end(), {pairs_hash_, options_.predict_source});
  return all.dump();
}

void Trainer::save_checkpoint() const {
  // Losses and times as raw bits: a resumed training continues with the very same numbers.
  const auto bits = [](double x) { return std::bit_cast<std::uint64_t>(x); };
  const json header = {{"identity", identity()},      {"step", progress_.step},
                       {"tokens", progress_.tokens},  {"elapsed", bits(progress_.elapsed_seconds)},
                       {"loss_sum", bits(loss_sum_)}, {"loss_count", bits(loss_count_)}};
  base::write_file(options_.checkpoint, pack({"checkpoint",
                                              header,
                                              {{"tokenizer", tokenizer_.serialize()}},
                                              {{"weights", weights_},
                                               {"first_moments", optimizer_.first_moments()},
                                               {"second_moments", optimizer_.second_moments()}}}));
}

void Trainer::load_checkpoint() {
  const std::string name = options_.checkpoint.string();
  Container container = unpack(base::read_file(options_.checkpoint), "checkpoint", name);
  if (container.header.at("identity") != identity() || container.blobs["tokenizer"] != tokenizer_.serialize())
    throw base::Error(
        fmt::format("{}: the checkpoint belongs to a training with other options or text; resume with the same ones, "
                    "or train anew without --resume",
                    name));
  const auto number = [&](const char* key) {
    return std::bit_cast<double>(container.header.at(key).get<std::uint64_t>());
  };
  progress_.step = container.header.at("step");
  progress_.tokens = container.header.at("tokens");
  progress_.elapsed_seconds = number("elapsed");
  loss_sum_ = number("loss_sum");
  loss_count_ = number("loss_count");
  if (loss_count_ > 0) progress_.loss = loss_sum_ / loss_count_;
  weights_ = std::move(container.arrays["weights"]);
  optimizer_.restore(std::move(container.arrays["first_moments"]), std::move(container.arrays["second_moments"]));
  base::check(weights_.size() == gradient_.size(), "a checkpoint of the same identity has as many weights");
}

}  // namespace noema::transformer
