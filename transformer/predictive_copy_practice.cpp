// Rehearsing given text, and measuring what it was worth.

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

}  // namespace

Rehearsal PredictiveCopy::rehearse(const Lines& lines, const RehearsalOptions& options,
                                   const std::function<bool()>& keep_on) {
  if (options.steps.has_value() == options.seconds.has_value())
    throw base::UsageError("rehearsal: give either steps or seconds");
  if (options.batch < 1 || options.shards < 1) throw base::UsageError("rehearsal: batch and shards are at least 1");
  const bool none = std::all_of(lines.begin(), lines.end(), [](const auto& line) { return line.empty(); });
  if (none) throw base::Error("rehearsal: the lines are empty; give some with tokens");
  require_tokens(lines, model_.tokenizer());

  const std::size_t context = size(model_.context());
  std::vector<Token> text;  // of a pass
  std::size_t read = 0;
  std::uint64_t pass = 0;
  const auto next_window = [&] {
    if (read >= text.size()) {
      base::Rng rng = base::Rng(options.seed).fork(fmt::format("pass {}", pass++));
      std::vector<std::size_t> order(lines.size());
      std::iota(order.begin(), order.end(), std::size_t{0});
      for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[rng.below(i)]);
      text.clear();
      for (std::size_t line : order) text.insert(text.end(), lines[line].begin(), lines[line].end());
      read = 0;
    }
    const std::size_t n = std::min(context, text.size() - read);
    const auto begin = text.begin() + static_cast<std::ptrdiff_t>(read);
    read += n;
    return std::vector<Token>(begin, begin + static_cast<std::ptrdiff_t>(n));
  };

  struct Shard {
    SegmentNetwork network;
    double loss = 0;
  };
  const std::size_t shards = size(std::min(options.shards, options.batch)), batch = size(options.batch);
  std::vector<Shard> workers(shards, Shard{SegmentNetwork(model_.shape(), model_.tokenizer().begin_end())});
  std::vector<std::vector<float>> gradients(shards, std::vector<float>(weights_.size()));
  Optimizer optimizer(model_.shape().layout(), options.optimizer, weights_.size() - model_.shape().parameters());
  const base::Stopwatch watch;
  const auto done = [&](std::uint64_t step) {
    return options.steps ? static_cast<double>(step) / static_cast<double>(std::max<std::uint64_t>(1, *options.steps))
                         : watch.seconds() / std::max(1e-9, *options.seconds);
  };
  const Snapshot before = snapshot();
  Rehearsal result;
  std::vector<double> losses;
  bool finite = true;
  Threads threads(options.threads);
  if (options.steps && *options.steps == 0) return result;
  for (double share = 0; finite && (share = done(result.steps)) < 1 && (!keep_on || keep_on());) {
    std::vector<std::vector<Token>> windows(batch);
    std::size_t count = 0;
    for (auto& window : windows) count += (window = next_window()).size();
    threads.run([&] {
      tbb::parallel_for(std::size_t{0}, shards, [&](std::size_t s) {
        Shard& shard = workers[s];
        shard.loss = 0;
        for (std::size_t i = batch * s / shards, first = i; i < batch * (s + 1) / shards; ++i) {
          std::vector<Token> inputs(1, kStart);
          inputs.insert(inputs.end(), windows[i].begin(), windows[i].end() - 1);
          shard.network.clear();
          shard.network.append(weights_.data(), composites_.size(), inputs, true);
          for (std::size_t t = 0; t < inputs.size(); ++t) shard.network.set_target(static_cast<int>(t), windows[i][t]);
          shard.loss += shard.network.backward(gradients[s].data(), weights_.data(), 1.0F / static_cast<float>(count),
                                               i > first, composites_.find(windows[i], model_.tokenizer().begin_end()));
        }
      });
      const double down = (share - options.warm_up) / (1 - options.warm_up);
      const double factor = share < options.warm_up ? std::max(share, 0.1 * options.warm_up) / options.warm_up
                                                    : options.final_rate + (1 - options.final_rate) * 0.5 *
                                                                               (1 + std::cos(3.14159265358979 * down));
      const double norm =
          optimizer.step(weights_, gradients, options.learning_rate * static_cast<float>(factor), result.steps + 1);
      finite = std::isfinite(norm) && !first_non_finite(weights_);
    });
    double loss = 0;
    for (const Shard& shard : workers) loss += shard.loss;
    finite = finite && std::isfinite(loss);
    losses.push_back(loss / static_cast<double>(count));
    result.tokens += count;
    ++result.steps;
    ++updates_;
    stale_ = true;
  }
  if (!finite) {
    restore(before);
    return {.diverged = true};
  }
  const std::size_t tenth = (losses.size() + 9) / 10;
  for (std::size_t i = 0; i < tenth; ++i) {
    result.first_nats += losses[i] / static_cast<double>(tenth);
    result.last_nats += losses[losses.size() - tenth + i] / static_cast<double>(tenth);
  }
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
  tbb::enumerable_thread_specific<SegmentNetwork> networks(
      [&] { return SegmentNetwork(model_.shape(), model_.tokenizer().begin_end()); });
  std::vector<double> sums(groups.size());
  Threads(threads).run([&] {
    tbb::parallel_for(std::size_t{0}, groups.size(), [&](std::size_t g) {
      SegmentNetwork& network = networks.local();
      CompositeState state;
      reading::start(network, w);
      const int block = std::min(kBlock, model_.context() / 2);
      const auto of_units = reading::score(units_of(groups[g], model_.tokenizer()), composites_, state, network,
                                           [&](std::span<const Token> tokens, const auto& visit) {
                                             reading::advance(network, w, block, tokens, false, visit, [&] {
                                               if (network.position() == model_.context())
                                                 reading::slide(network, w);
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
