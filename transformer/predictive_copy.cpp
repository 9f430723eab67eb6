#include "transformer/predictive_copy.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/ranges.h"
#include "transformer/kernels.h"
#include "transformer/segment_reading.h"

namespace noema::transformer {

using reading::advance;
using reading::require_unit;
using reading::score;
using reading::slide;
using reading::start;

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
  start(network_, {model_, weights_.data(), composites_}, trail_);
  stale_ = false;
}

std::vector<double> PredictiveCopy::read(const std::vector<Unit>& units, bool learn) {
  for (const Unit& unit : units) require_unit(unit, model_.tokenizer());
  if (stale_) renew();
  const CompositeState inside = inside_;
  const UnitTrail trail = trail_;
  const std::vector<Token> window(network_.tokens().begin(), network_.tokens().end());
  auto nats = score_and_learn(units, learn);
  if (std::all_of(nats.begin(), nats.end(), [](double x) { return std::isfinite(x); })) return nats;
  // Learning diverged: it is taken back, and the line is read with the weights that decay pulls to.
  return_to_anchor();
  inside_ = inside;
  trail_ = trail;
  reread(window, std::vector<Token>(1, -1));
  nats = score_and_learn(units, false);
  if (!std::all_of(nats.begin(), nats.end(), [](double x) { return std::isfinite(x); }))
    throw base::Error(
        "the model's predictions are not finite: its training diverged; train it with a lower "
        "--learning-rate");
  return nats;
}

/// Sets the weights back to what decay pulls them to, and forgets the means of earlier gradients.
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
    advance(network_, {model_, weights_.data(), composites_}, trail_, options_.segment, tokens, learn, visit,
            [&] { turn(); });
  });
}

/// Called when the segment or the window is full: learns from the segment, which then belongs to the past.
void PredictiveCopy::turn() {
  const auto targets = network_.targets();
  const bool learns = std::any_of(targets.begin(), targets.end(), [](Token t) { return t >= 0; });
  if (learns) learn();
  if (network_.position() == model_.context()) {
    slide(network_, {model_, weights_.data(), composites_}, trail_);
  } else if (learns && options_.fresh) {
    const std::vector<Token> window(network_.tokens().begin(), network_.tokens().end());
    network_.clear();
    network_.append(weights_.data(), composites_.size(), window, false, trail_.window());
    network_.cut();
  } else {
    network_.cut();
  }
}

/// One step of gradient descent on the segment. If it diverged, everything learned is taken back.
void PredictiveCopy::learn() {
  gradient_.resize(weights_.size());
  const auto occurrences = composites_.find(network_.targets(), model_.tokenizer().begin_end());
  network_.backward(gradient_.data(), weights_.data(), 1.0F / static_cast<float>(options_.segment), false, occurrences);
  const bool finite = options_.rule == OnlineOptions::Rule::kPlain ? step_plain() : step_scaled();
  if (finite)
    ++updates_;
  else
    return_to_anchor();
}

/// What decay pulls the model's weights and the composites' vectors back to.
PredictiveCopy::Anchors PredictiveCopy::anchors() const {
  if (anchor_.empty()) return {model_.weights().data(), starts_.data()};
  return {anchor_.data(), anchor_.data() + model_.shape().parameters()};
}

void PredictiveCopy::take_in(std::shared_ptr<const UnitVectors> vectors) {
  UnitTrail trail(std::move(vectors));
  const auto floats = [&](const UnitTrail& of) {
    return static_cast<std::ptrdiff_t>(SegmentNetwork::adapter(model_.shape(), static_cast<int>(of.width())));
  };
  const std::ptrdiff_t before = floats(trail_), now = floats(trail);
  const auto resize = [&](std::vector<float>& values, std::size_t adapter) {
    // An anchor, or means, may not be there.
    if (now == before || values.size() < adapter + static_cast<std::size_t>(before)) return;
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(adapter);
    values.insert(values.erase(begin, begin + before), static_cast<std::size_t>(now), 0.0F);
  };
  for (auto* of_all : {&weights_, &anchor_, &mean_squares_}) resize(*of_all, model_.shape().parameters());
  resize(starts_, 0);
  // The window is read again, with what these vectors know of it.
  const std::vector<Token> tokens(network_.tokens().begin(), network_.tokens().end());
  const std::vector<Token> targets(network_.targets().begin(), network_.targets().end());
  trail.read(std::span(tokens).subspan(1));  // behind the start token
  trail_ = std::move(trail);
  network_ = reading::network_for(model_, trail_);
  reread(tokens, targets);
}

/// Returns whether the gradient is finite; if it is not, the weights may hold anything.
bool PredictiveCopy::step_plain() {
  const std::size_t all = weights_.size(), base = model_.shape().parameters();
  const Anchors anchor = anchors();
  const auto decay = static_cast<float>(options_.decay);
  const double norm = std::sqrt(double{dot(gradient_.data(), gradient_.data(), all)});
  const auto rate = static_cast<float>(options_.rate * std::min(1.0, options_.largest_norm / std::max(norm, 1e-30)));
  const bool finite = descend(weights_.data(), gradient_.data(), anchor.weights, base, rate, decay);
  return descend(weights_.data() + base, gradient_.data() + base, anchor.composites, all - base, rate, decay) && finite;
}

/// The same, by the running mean squares; if the gradient is not finite, they may hold anything too.
bool PredictiveCopy::step_scaled() {
  const std::size_t all = weights_.size(), base = model_.shape().parameters();
  const Anchors anchor = anchors();
  mean_squares_.resize(all);
  const float floor_before = floor_square_;
  // The mean over all weights changes slowly: it is computed in the first steps and then once in 16.
  if (mean_count_ < 8 || mean_count_ % 16 == 0) {
    const double squares = mean_count_ == 0 ? double{dot(gradient_.data(), gradient_.data(), all)}
                                            : double{sum(mean_squares_.data(), all)};
    floor_square_ = static_cast<float>(options_.floor * options_.floor * squares / static_cast<double>(all)) + 1e-30F;
  }
  const double count = static_cast<double>(++mean_count_);
  const auto share = static_cast<float>(std::max(1 / count, 1 / options_.memory));
  const auto rate = static_cast<float>(options_.rate * std::min(1.0, count / std::max(1, options_.warm_up)));
  const auto decay = static_cast<float>(options_.decay);
  bool finite = descend_scaled(weights_.data(), mean_squares_.data(), gradient_.data(), anchor.weights, base, rate,
                               decay, share, floor_square_);
  finite = descend_scaled(weights_.data() + base, mean_squares_.data() + base, gradient_.data() + base,
                          anchor.composites, all - base, rate, decay, share, floor_square_) &&
           finite;
  if (!finite) floor_square_ = floor_before;
  return finite;
}

void PredictiveCopy::renew() {
  const std::vector<Token> tokens(network_.tokens().begin(), network_.tokens().end());
  const std::vector<Token> targets(network_.targets().begin(), network_.targets().end());
  reread(tokens, targets);
}

/// tokens: the whole window. targets: those of the segment, which is the end of the window.
void PredictiveCopy::reread(std::span<const Token> tokens, std::span<const Token> targets) {
  const std::size_t past = tokens.size() - targets.size();
  network_.clear();
  const std::span<const float> known = trail_.window();
  const std::size_t known_past = past * trail_.width();
  if (past > 0)
    network_.append(weights_.data(), composites_.size(), tokens.first(past), false, known.first(known_past));
  network_.cut();
  network_.append(weights_.data(), composites_.size(), tokens.subspan(past), true, known.subspan(known_past));
  for (std::size_t i = 0; i < targets.size(); ++i) network_.set_target(static_cast<int>(i), targets[i]);
  stale_ = false;
}

}  // namespace noema::transformer
