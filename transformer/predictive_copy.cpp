#include "transformer/predictive_copy.h"

#include <fmt/format.h>
#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <numeric>

#include "base/clock.h"
#include "base/error.h"
#include "base/hash.h"
#include "base/ranges.h"
#include "base/rng.h"
#include "transformer/buffers.h"
#include "transformer/container.h"
#include "transformer/finite.h"
#include "transformer/kernels.h"
#include "transformer/parallel.h"

namespace noema::transformer {
namespace {

using nlohmann::json;
using Unit = Composites::Unit;
using Lines = std::vector<std::vector<Token>>;

constexpr std::string_view kStateName = "the state of a predictive copy";
constexpr std::size_t kGroup = 2048;  // tokens of nats() that are read together
constexpr int kBlock = 64;            // tokens predicted at once

/// What a forward pass needs to know of a copy.
struct Weights {
  const Model& model;
  const float* data;
  const Composites& composites;
};

void require_unit(const Unit& unit, const Tokenizer& tokenizer) {
  const bool one = !unit.empty() && tokenizer.begins(unit.front()) &&
                   std::all_of(unit.begin() + 1, unit.end(),
                               [&](Token t) { return t >= tokenizer.begin_end() && t < tokenizer.size(); });
  base::check(one, "a unit is a token that begins one and tokens that continue it");
}

void require_tokens(const Lines& lines, const Tokenizer& tokenizer) {
  for (const auto& line : lines)
    for (Token token : line)
      base::check(token >= kSpecials && token < tokenizer.size(),
                  "text is of the tokenizer's tokens, without specials");
}

std::vector<Unit> units_of(std::span<const Token> tokens, const Tokenizer& tokenizer) {
  std::vector<Unit> units;
  for (Token token : tokens) {
    if (units.empty() || tokenizer.begins(token)) units.emplace_back();
    units.back().push_back(token);
  }
  return units;
}

/// Reads the start token into an empty network.
void start(SegmentNetwork& network, const Weights& w) {
  const Token token = kStart;
  network.clear();
  network.append(w.data, w.composites.size(), {&token, 1}, true);
}

/// Forgets the older half of a full context, as Decoder does.
void slide(SegmentNetwork& network, const Weights& w) {
  const std::size_t half = size(w.model.context()) / 2;
  std::vector<Token> window(1, kStart);
  window.insert(window.end(), network.tokens().end() - static_cast<std::ptrdiff_t>(half), network.tokens().end());
  network.clear();
  network.append(w.data, w.composites.size(), window, false);
  network.cut();
}

/// Reads on: visit(i, p) with the prediction of each token; turn() where a segment or the window is full.
template <typename Visit, typename Turn>
void advance(SegmentNetwork& network, const Weights& w, int segment, std::span<const Token> tokens, bool learn,
             const Visit& visit, const Turn& turn) {
  const auto meet = [&](std::size_t i, int row) {
    visit(i, network.prediction(row));
    network.set_target(row, learn ? tokens[i] : -1);
  };
  for (std::size_t begin = 0; begin < tokens.size();) {
    meet(begin, network.rows() - 1);
    if (network.rows() >= segment || network.position() == w.model.context()) turn();
    const int room = std::min(segment - network.rows(), w.model.context() - network.position());
    const std::size_t n = std::min(tokens.size() - begin, size(room));
    const int first = network.rows();
    network.append(w.data, w.composites.size(), tokens.subspan(begin, n), true);
    for (std::size_t i = 1; i < n; ++i) meet(begin + i, first + static_cast<int>(i) - 1);
    begin += n;
  }
}

/// -ln P of each unit; read_on(tokens, visit) reads their tokens.
template <typename ReadOn>
std::vector<double> score(const std::vector<Unit>& units, const Composites& composites, CompositeState& state,
                          const SegmentNetwork& network, const ReadOn& read_on) {
  std::vector<Token> tokens;
  std::vector<std::size_t> firsts;
  for (const Unit& unit : units) {
    firsts.push_back(tokens.size());
    tokens.insert(tokens.end(), unit.begin(), unit.end());
  }
  std::vector<double> nats(units.size());
  std::vector<std::vector<std::pair<int, double>>> starts(composites.empty() ? 0 : units.size());
  std::size_t current = 0;
  read_on(tokens, [&](std::size_t i, const Prediction& p) {
    if (current < firsts.size() && firsts[current] == i) {
      if (current > 0) nats[current - 1] -= double{p.log_begin};
      nats[current] += double{p.log_begin};
      if (!composites.empty())
        for (int c : composites.beginning_with(units[current]))
          starts[current].emplace_back(c, p.log_composite(c) - double{p.log_begin});
      ++current;
    }
    nats[current - 1] -= p.log_probability(tokens[i]);
  });
  if (!units.empty()) nats.back() -= double{network.prediction(network.rows() - 1).log_begin};
  for (std::size_t u = 0; u < starts.size(); ++u) nats[u] = state.read(composites, units[u], -nats[u], starts[u]);
  return nats;
}

}  // namespace

void OnlineOptions::validate() const {
  const auto require = [](bool holds, std::string_view what) {
    if (!holds) throw base::UsageError(fmt::format("online learning: {}", what));
  };
  base::ranges::kOnlineRate.require("online learning: rate", rate);
  base::ranges::kShare.require("online learning: decay", decay);
  require(segment >= 1, "segment must be at least 1 token");
  require(largest_norm > 0 && std::isfinite(largest_norm), "largest_norm must be positive and finite");
  require(memory >= 1 && std::isfinite(memory), "memory must be at least 1 step and finite");
  require(floor > 0 && std::isfinite(floor), "floor must be positive and finite");
  require(warm_up >= 0, "warm_up must not be negative");
}

PredictiveCopy::PredictiveCopy(const Model& model, const OnlineOptions& options)
    : model_(model),
      options_(options),
      weights_(model.weights().begin(), model.weights().end()),
      network_(model.shape(), model.tokenizer().begin_end()) {
  options.validate();
  options_.segment = std::min(options.segment, std::max(1, model.context() / 2));
  clear();
}

void PredictiveCopy::clear() {
  inside_.clear();
  start(network_, {model_, weights_.data(), composites_});
  stale_ = false;
}

std::vector<double> PredictiveCopy::read(const std::vector<Unit>& units, bool learn) {
  for (const Unit& unit : units) require_unit(unit, model_.tokenizer());
  if (stale_) renew();
  const CompositeState inside = inside_;
  const std::vector<Token> window(network_.tokens().begin(), network_.tokens().end());
  auto nats = score_and_learn(units, learn);
  if (std::all_of(nats.begin(), nats.end(), [](double x) { return std::isfinite(x); })) return nats;
  // What was learned diverged: it is taken back, and the line is read with the weights that decay pulls to.
  return_to_anchor();
  inside_ = inside;
  reread(window, std::vector<Token>(1, -1));
  nats = score_and_learn(units, false);
  if (!std::all_of(nats.begin(), nats.end(), [](double x) { return std::isfinite(x); }))
    throw base::Error(
        "the model's predictions are not finite: its training diverged; train it with a lower "
        "--learning-rate");
  return nats;
}

/// Weights as they were anchored, and no means of older gradients.
void PredictiveCopy::return_to_anchor() {
  if (anchor_.empty()) {
    weights_.assign(model_.weights().begin(), model_.weights().end());
    weights_.insert(weights_.end(), starts_.begin(), starts_.end());
  } else {
    weights_ = anchor_;
  }
  mean_squares_.clear();
  mean_count_ = 0;
}

std::vector<double> PredictiveCopy::score_and_learn(const std::vector<Unit>& units, bool learn) {
  return score(units, composites_, inside_, network_, [&](std::span<const Token> tokens, const auto& visit) {
    advance(network_, {model_, weights_.data(), composites_}, options_.segment, tokens, learn, visit, [&] { turn(); });
  });
}

/// A segment is full, or the window is: learns from the segment and makes it the past.
void PredictiveCopy::turn() {
  const auto targets = network_.targets();
  const bool learns = std::any_of(targets.begin(), targets.end(), [](Token t) { return t >= 0; });
  if (learns) learn();
  if (network_.position() == model_.context()) {
    slide(network_, {model_, weights_.data(), composites_});
  } else if (learns && options_.fresh) {
    const std::vector<Token> window(network_.tokens().begin(), network_.tokens().end());
    network_.clear();
    network_.append(weights_.data(), composites_.size(), window, false);
    network_.cut();
  } else {
    network_.cut();
  }
}

void PredictiveCopy::learn() {
  const std::size_t all = weights_.size(), base = model_.shape().parameters();
  gradient_.resize(all);
  const auto occurrences = composites_.find(network_.targets(), model_.tokenizer().begin_end());
  network_.backward(gradient_.data(), weights_.data(), 1.0F / static_cast<float>(options_.segment), false, occurrences);
  if (first_non_finite(gradient_)) return return_to_anchor();
  const float* anchor = anchor_.empty() ? model_.weights().data() : anchor_.data();
  const float* further = anchor_.empty() ? starts_.data() : anchor_.data() + base;
  const auto decay = static_cast<float>(options_.decay);
  if (options_.rule == OnlineOptions::Rule::kPlain) {
    const double norm = std::sqrt(double{dot(gradient_.data(), gradient_.data(), all)});
    const auto rate = static_cast<float>(options_.rate * std::min(1.0, options_.largest_norm / std::max(norm, 1e-30)));
    descend(weights_.data(), gradient_.data(), anchor, base, rate, decay);
    descend(weights_.data() + base, gradient_.data() + base, further, all - base, rate, decay);
  } else {
    mean_squares_.resize(all);
    // The mean over all weights moves slowly: it is taken when it is new and then now and then.
    if (mean_count_ < 8 || mean_count_ % 16 == 0) {
      const double squares = mean_count_ == 0 ? double{dot(gradient_.data(), gradient_.data(), all)}
                                              : double{sum(mean_squares_.data(), all)};
      floor_square_ = static_cast<float>(options_.floor * options_.floor * squares / static_cast<double>(all)) + 1e-30F;
    }
    const double count = static_cast<double>(++mean_count_);
    const auto share = static_cast<float>(std::max(1 / count, 1 / options_.memory));
    const auto rate = static_cast<float>(options_.rate * std::min(1.0, count / std::max(1, options_.warm_up)));
    descend_scaled(weights_.data(), mean_squares_.data(), gradient_.data(), anchor, base, rate, decay, share,
                   floor_square_);
    descend_scaled(weights_.data() + base, mean_squares_.data() + base, gradient_.data() + base, further, all - base,
                   rate, decay, share, floor_square_);
  }
  ++updates_;
}

void PredictiveCopy::renew() {
  const std::vector<Token> tokens(network_.tokens().begin(), network_.tokens().end());
  const std::vector<Token> targets(network_.targets().begin(), network_.targets().end());
  reread(tokens, targets);
}

/// tokens: of the whole window; targets: of the segment, its last tokens.
void PredictiveCopy::reread(std::span<const Token> tokens, std::span<const Token> targets) {
  const std::size_t past = tokens.size() - targets.size();
  network_.clear();
  if (past > 0) network_.append(weights_.data(), composites_.size(), tokens.first(past), false);
  network_.cut();
  network_.append(weights_.data(), composites_.size(), tokens.subspan(past), true);
  for (std::size_t i = 0; i < targets.size(); ++i) network_.set_target(static_cast<int>(i), targets[i]);
  stale_ = false;
}

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
  const Weights w{model_, weights_.data(), composites_};
  tbb::enumerable_thread_specific<SegmentNetwork> networks(
      [&] { return SegmentNetwork(model_.shape(), model_.tokenizer().begin_end()); });
  std::vector<double> sums(groups.size());
  Threads(threads).run([&] {
    tbb::parallel_for(std::size_t{0}, groups.size(), [&](std::size_t g) {
      SegmentNetwork& network = networks.local();
      CompositeState state;
      start(network, w);
      const int block = std::min(kBlock, model_.context() / 2);
      const auto of_units = score(units_of(groups[g], model_.tokenizer()), composites_, state, network,
                                  [&](std::span<const Token> tokens, const auto& visit) {
                                    advance(network, w, block, tokens, false, visit, [&] {
                                      if (network.position() == model_.context())
                                        slide(network, w);
                                      else
                                        network.cut();
                                    });
                                  });
      sums[g] = std::accumulate(of_units.begin(), of_units.end(), 0.0);
    });
  });
  return std::accumulate(sums.begin(), sums.end(), 0.0) / static_cast<double>(count);
}

int PredictiveCopy::add_composite(std::vector<Unit> units, const std::vector<float>& output) {
  for (const Unit& unit : units) require_unit(unit, model_.tokenizer());
  const std::size_t width = size(model_.width());
  std::vector<float> vector = output;
  if (vector.empty()) {
    vector.resize(width);
    for (const Unit& unit : units) add(vector.data(), weights_.data() + size(unit.front()) * width, width);
    multiply(vector.data(), width, 1.0F / static_cast<float>(std::max<std::size_t>(1, units.size())));
  }
  base::check(vector.size() == width, "a composite's vector is as wide as the model");
  const int before = composites_.size(), number = composites_.add(std::move(units));
  if (number < before) return number;
  weights_.insert(weights_.end(), vector.begin(), vector.end());
  starts_.insert(starts_.end(), vector.begin(), vector.end());
  if (!anchor_.empty()) anchor_.insert(anchor_.end(), vector.begin(), vector.end());
  stale_ = true;
  return number;
}

std::vector<float> PredictiveCopy::vector_from_contexts(const std::vector<Unit>& units, const Lines& lines) const {
  Composites wanted;
  wanted.add(units);
  const Weights w{model_, weights_.data(), composites_};
  const std::size_t width = size(model_.width()), context = size(model_.context());
  SegmentNetwork network(model_.shape(), model_.tokenizer().begin_end());
  std::vector<float> everywhere(width), before(width);  // sums of hidden states
  double wished = 0;                                    // sum of logits
  std::size_t found = 0, rows = 0;
  for (const auto& line : lines)
    for (std::size_t begin = 0; begin < line.size(); begin += context / 2) {
      const auto window = std::span(line).subspan(begin, std::min(context, line.size() - begin));
      const auto occurrences = wanted.find(window, model_.tokenizer().begin_end());
      if (!occurrences.empty()) {
        std::vector<Token> inputs(1, kStart);
        inputs.insert(inputs.end(), window.begin(), window.end() - 1);
        network.clear();
        network.append(w.data, w.composites.size(), inputs, true);
        for (int row = 0; row < network.rows(); ++row)
          add(everywhere.data(), network.prediction(row).hidden.data(), width);
        rows += inputs.size();
        for (const Occurrence& o : occurrences) {
          const Prediction p = network.prediction(o.row);
          add(before.data(), p.hidden.data(), width);
          wished += double{p.normaliser};
          for (int i = 0; i < o.rows; ++i)
            wished += network.prediction(o.row + i).log_probability(window[size(o.row + i)]);
        }
        found += occurrences.size();
      }
      if (begin + context >= line.size()) break;
    }
  if (found == 0) return {};
  multiply(everywhere.data(), width, 1.0F / static_cast<float>(rows));
  multiply(before.data(), width, 1.0F / static_cast<float>(found));
  const float* first = weights_.data() + size(units.front().front()) * width;
  std::vector<float> vector(first, first + width);
  const float along = dot(before.data(), everywhere.data(), width);
  if (along <= 0) return vector;  // no common direction to move along
  const float missing = static_cast<float>(wished / static_cast<double>(found)) - dot(before.data(), first, width);
  multiply(everywhere.data(), width, missing / along);
  add(vector.data(), everywhere.data(), width);
  return vector;
}

void PredictiveCopy::restore(const Snapshot& snapshot) {
  weights_ = snapshot.weights;
  anchor_ = snapshot.anchor;
  starts_ = snapshot.starts;
  composites_ = snapshot.composites;
  updates_ = snapshot.updates;
  if (mean_squares_.size() > weights_.size()) mean_squares_.resize(weights_.size());
  inside_.clear();
  stale_ = true;
}

std::string PredictiveCopy::hash() const {
  if (model_hash_.empty()) model_hash_ = model_.hash();
  base::Sha256 hash;
  hash.text(model_hash_);
  hash.text({reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float)});
  for (int c = 0; c < composites_.size(); ++c) {
    hash.integer(static_cast<std::int64_t>(composites_.units(c).size()));
    for (const Unit& unit : composites_.units(c))
      hash.text({reinterpret_cast<const char*>(unit.data()), unit.size() * sizeof(Token)});
  }
  return hash.hex();
}

std::string PredictiveCopy::state() const {
  if (model_hash_.empty()) model_hash_ = model_.hash();
  json composites = json::array(), inside = json::array();
  for (int c = 0; c < composites_.size(); ++c) composites.push_back(composites_.units(c));
  for (const auto& i : inside_.inside)
    inside.push_back({i.composite, i.next, std::bit_cast<std::uint64_t>(i.log_share)});
  const json header = {{"model", model_hash_},
                       {"rule", static_cast<int>(options_.rule)},
                       {"updates", updates_},
                       {"mean_count", mean_count_},
                       {"floor_square", std::bit_cast<std::uint32_t>(floor_square_)},
                       {"composites", composites},
                       {"inside", inside},
                       {"outside", std::bit_cast<std::uint64_t>(inside_.log_outside)},
                       {"window", std::vector<Token>(network_.tokens().begin(), network_.tokens().end())},
                       {"targets", std::vector<Token>(network_.targets().begin(), network_.targets().end())}};
  return pack({"copy",
               header,
               {},
               {{"weights", weights_}, {"anchor", anchor_}, {"starts", starts_}, {"mean_squares", mean_squares_}}});
}

void PredictiveCopy::restore(std::string_view state) {
  Container container = unpack(state, "copy", kStateName);
  if (model_hash_.empty()) model_hash_ = model_.hash();
  const auto refuse = [](std::string_view why) { throw base::Error(fmt::format("{}: {}", kStateName, why)); };
  try {
    const json& header = container.header;
    if (header.at("model") != model_hash_)
      refuse(fmt::format("belongs to the model {}, expected {}; open it with its own model",
                         header.at("model").get<std::string>().substr(0, 12), model_hash_.substr(0, 12)));
    if (header.at("rule") != static_cast<int>(options_.rule))
      refuse("was made under another rule of online learning; give the one it was made with");
    Composites composites;
    for (const auto& units : header.at("composites")) composites.add(units.get<std::vector<Unit>>());
    CompositeState inside;
    for (const auto& i : header.at("inside")) {
      const CompositeState::Inside one{i.at(0), i.at(1), std::bit_cast<double>(i.at(2).get<std::uint64_t>())};
      if (one.composite < 0 || one.composite >= composites.size() || one.next >= composites.units(one.composite).size())
        refuse("is inside a composite that is not there; take it from a backup");
      inside.inside.push_back(one);
    }
    inside.log_outside = std::bit_cast<double>(header.at("outside").get<std::uint64_t>());
    const auto window = header.at("window").get<std::vector<Token>>();
    const auto targets = header.at("targets").get<std::vector<Token>>();
    const std::uint64_t updates = header.at("updates"), mean_count = header.at("mean_count");
    const auto floor_square = std::bit_cast<float>(header.at("floor_square").get<std::uint32_t>());
    auto& arrays = container.arrays;
    const std::size_t further = size(composites.size()) * size(model_.width());
    const std::size_t expected = model_.shape().parameters() + further;
    const auto either = [&](const char* name) { return arrays[name].empty() || arrays[name].size() == expected; };
    if (arrays["weights"].size() != expected || arrays["starts"].size() != further || !either("anchor") ||
        arrays["mean_squares"].size() > expected || window.size() > size(model_.context()) || targets.empty() ||
        targets.size() > window.size())
      refuse(fmt::format("does not fit its model: expected {} weights, found {}; take it from a backup", expected,
                         arrays["weights"].size()));
    for (const auto& [name, values] : arrays) require_finite(values, kStateName, name);
    weights_ = std::move(arrays["weights"]);
    anchor_ = std::move(arrays["anchor"]);
    starts_ = std::move(arrays["starts"]);
    mean_squares_ = std::move(arrays["mean_squares"]);
    composites_ = std::move(composites);
    inside_ = std::move(inside);
    updates_ = updates;
    mean_count_ = mean_count;
    floor_square_ = floor_square;
    reread(window, targets);
  } catch (const json::exception&) {
    refuse("its header is damaged; take it from a backup");
  }
}

std::size_t PredictiveCopy::bytes() const {
  std::size_t floats = 0;
  for (const auto* v : {&weights_, &anchor_, &starts_, &gradient_, &mean_squares_}) floats += v->capacity();
  return floats * sizeof(float) + network_.bytes();
}

}  // namespace noema::transformer
