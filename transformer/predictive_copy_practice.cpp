// Rehearsing given text, and measuring the loss on it.

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "base/clock.h"
#include "base/error.h"
#include "base/rng.h"
#include "transformer/finite.h"
#include "transformer/parallel.h"
#include "transformer/predictive_copy.h"
#include "transformer/segment_reading.h"

namespace noema::transformer {

using reading::Lines;
using reading::require_tokens;
using Unit = Composites::Unit;

namespace {

constexpr std::size_t kGroup = 2048;  // tokens of nats() that are read together
constexpr int kBlock = 64;            // tokens predicted at once

std::vector<Unit> units_of(std::span<const Token> tokens, const Tokenizer& tokenizer) {
  std::vector<Unit> units;
  for (Token token : tokens) {
    if (units.empty() || tokenizer.begins(token)) units.emplace_back();
    units.back().push_back(token);
  }
  return units;
}

void require_rehearsal(const Lines& lines, const RehearsalOptions& options, const Tokenizer& tokenizer) {
  if (options.steps.has_value() == options.seconds.has_value())
    throw base::UsageError("rehearsal: give either steps or seconds");
  if (options.batch < 1 || options.shards < 1) throw base::UsageError("rehearsal: batch and shards are at least 1");
  const bool none = std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.empty(); });
  if (none) throw base::Error("rehearsal: the lines are empty; give some with tokens");
  require_tokens(lines, tokenizer);
}

/// Tokens to predict, and what is known of those that are read: the start token and all but the last of them.
struct Window {
  std::vector<Token> tokens;
  std::vector<float> known;  // [tokens, trail's width]
};

/// The lines, joined in a new random order in every pass and cut into windows of at most `context` tokens.
class Windows {
 public:
  Windows(const Lines& lines, std::size_t context, std::shared_ptr<const UnitVectors> vectors, std::uint64_t seed)
      : lines_(lines), context_(context), seed_(seed), trail_(std::move(vectors)) {}

  std::vector<Window> next(std::size_t count) {
    std::vector<Window> windows(count);
    for (auto& window : windows) window = next();
    return windows;
  }

 private:
  Window next() {
    if (read_ >= text_.size()) begin_pass();
    const std::size_t n = std::min(context_, text_.size() - read_);
    const auto begin = text_.begin() + static_cast<std::ptrdiff_t>(read_);
    read_ += n;
    Window window{{begin, begin + static_cast<std::ptrdiff_t>(n)}, {}};
    trail_.keep(0);
    trail_.read(window.tokens);
    const auto known = trail_.window().first(n * trail_.width());
    window.known.assign(known.begin(), known.end());
    return window;
  }

  void begin_pass() {
    base::Rng rng = base::Rng(seed_).fork(fmt::format("pass {}", pass_++));
    std::vector<std::size_t> order(lines_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    base::shuffle(order, rng);
    text_.clear();
    for (const std::size_t line : order) text_.insert(text_.end(), lines_[line].begin(), lines_[line].end());
    read_ = 0;
    trail_.clear();
  }

  const Lines& lines_;
  std::size_t context_;
  std::uint64_t seed_;
  UnitTrail trail_;
  std::vector<Token> text_;  // of the present pass
  std::size_t read_ = 0;
  std::uint64_t pass_ = 0;
};

/// The parts of a batch that are differentiated in parallel; each has its own network and gradient.
class Shards {
 public:
  /// The weights must outlive it. floats: of a gradient.
  Shards(const reading::Weights& weights, const UnitTrail& trail, std::size_t count, std::size_t floats)
      : weights_(weights),
        networks_(count, reading::network_for(weights.model, trail)),
        gradients_(count, std::vector<float>(floats)),
        losses_(count) {}

  /// The loss of the windows, summed over their tokens. Leaves the gradient of the mean loss in gradients(), to be
  /// summed.
  double differentiate(const std::vector<Window>& windows, std::size_t tokens) {
    tbb::parallel_for(std::size_t{0}, networks_.size(), [&](std::size_t shard) {
      const std::size_t begin = windows.size() * shard / networks_.size();
      const std::size_t end = windows.size() * (shard + 1) / networks_.size();
      losses_[shard] = 0;
      for (std::size_t i = begin; i < end; ++i)
        losses_[shard] += differentiate(shard, windows[i], 1.0F / static_cast<float>(tokens), i > begin);
    });
    double loss = 0;
    for (const double of_shard : losses_) loss += of_shard;
    return loss;
  }
  std::vector<std::vector<float>>& gradients() { return gradients_; }

 private:
  double differentiate(std::size_t shard, const Window& of, float scale, bool add) {
    const std::vector<Token>& window = of.tokens;
    SegmentNetwork& network = networks_[shard];
    std::vector<Token> inputs(1, kStart);
    inputs.insert(inputs.end(), window.begin(), window.end() - 1);
    network.clear();
    network.append(weights_.data, weights_.composites.size(), inputs, true, of.known);
    for (std::size_t t = 0; t < inputs.size(); ++t) network.set_target(static_cast<int>(t), window[t]);
    return network.backward(gradients_[shard].data(), weights_.data, scale, add,
                            weights_.composites.find(window, weights_.model.tokenizer().begin_end()));
  }

  reading::Weights weights_;
  std::vector<SegmentNetwork> networks_;
  std::vector<std::vector<float>> gradients_;
  std::vector<double> losses_;
};

/// The share of a rehearsal that is done after so many steps.
double share_done(const RehearsalOptions& options, std::uint64_t steps, const base::Stopwatch& watch) {
  if (!options.steps) return watch.seconds() / std::max(1e-9, *options.seconds);
  return static_cast<double>(steps) / static_cast<double>(std::max<std::uint64_t>(1, *options.steps));
}

/// The learning rate rises linearly, then falls along half a cosine.
float rate_at(double share, const RehearsalOptions& options) {
  const double down = (share - options.warm_up) / (1 - options.warm_up);
  const double factor = share < options.warm_up ? std::max(share, 0.1 * options.warm_up) / options.warm_up
                                                : options.final_rate + (1 - options.final_rate) * 0.5 *
                                                                           (1 + std::cos(3.14159265358979 * down));
  return options.learning_rate * static_cast<float>(factor);
}

std::size_t tokens_in(const std::vector<Window>& windows) {
  std::size_t count = 0;
  for (const auto& window : windows) count += window.tokens.size();
  return count;
}

/// The mean loss over the first and over the last tenth of the steps.
void put_losses(Rehearsal& result, const std::vector<double>& losses) {
  const std::size_t tenth = (losses.size() + 9) / 10;
  for (std::size_t i = 0; i < tenth; ++i) {
    result.first_nats += losses[i] / static_cast<double>(tenth);
    result.last_nats += losses[losses.size() - tenth + i] / static_cast<double>(tenth);
  }
}

}  // namespace

Rehearsal PredictiveCopy::rehearse(const Lines& lines, const RehearsalOptions& options,
                                   const std::function<bool()>& keep_on) {
  require_rehearsal(lines, options, model_.tokenizer());
  if (options.steps && *options.steps == 0) return {};
  Windows windows(lines, size(model_.context()), vectors(), options.seed);
  Shards shards({model_, weights_.data(), composites_}, trail_, size(std::min(options.shards, options.batch)),
                weights_.size());
  Optimizer optimizer(model_.shape().layout(), options.optimizer, weights_.size() - model_.shape().parameters());
  const base::Stopwatch watch;
  const Snapshot before = snapshot();
  Threads threads(options.threads);
  Rehearsal result;
  std::vector<double> losses;
  for (double share = 0; (share = share_done(options, result.steps, watch)) < 1 && (!keep_on || keep_on());) {
    const auto batch = windows.next(size(options.batch));
    const std::size_t tokens = tokens_in(batch);
    double loss = 0, norm = 0;
    threads.run([&] {
      loss = shards.differentiate(batch, tokens);
      norm = optimizer.step(weights_, shards.gradients(), rate_at(share, options), result.steps + 1);
    });
    if (!std::isfinite(loss) || !std::isfinite(norm) || first_non_finite(weights_)) {
      restore(before);
      return {.diverged = true};
    }
    losses.push_back(loss / static_cast<double>(tokens));
    result.tokens += tokens;
    ++result.steps;
    ++updates_;
    stale_ = true;
  }
  put_losses(result, losses);
  return result;
}

double PredictiveCopy::nats(const Lines& lines, int threads) const {
  std::vector<std::vector<Token>> groups;
  std::size_t count = 0;
  for (const auto& line : lines) {
    if (groups.empty() || groups.back().size() >= kGroup) groups.emplace_back();
    groups.back().insert(groups.back().end(), line.begin(), line.end());
    count += line.size();
  }
  if (count == 0) return 0;
  require_tokens(lines, model_.tokenizer());
  const reading::Weights w{model_, weights_.data(), composites_};
  tbb::enumerable_thread_specific<SegmentNetwork> networks([&] { return reading::network_for(model_, trail_); });
  std::vector<double> sums(groups.size());
  Threads(threads).run([&] {
    tbb::parallel_for(std::size_t{0}, groups.size(), [&](std::size_t g) {
      SegmentNetwork& network = networks.local();
      CompositeState state;
      UnitTrail trail(vectors());
      reading::start(network, w, trail);
      const int block = std::min(kBlock, model_.context() / 2);
      const auto of_units = reading::score(units_of(groups[g], model_.tokenizer()), composites_, state, network,
                                           [&](std::span<const Token> tokens, const auto& visit) {
                                             reading::advance(network, w, trail, block, tokens, false, visit, [&] {
                                               if (network.position() == model_.context())
                                                 reading::slide(network, w, trail);
                                               else
                                                 network.cut();
                                             });
                                           });
      sums[g] = std::accumulate(of_units.begin(), of_units.end(), 0.0);
    });
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0) / static_cast<double>(count);
}

}  // namespace noema::transformer
