#pragma once
// How a predictive copy reads tokens with a segment network, block by block. Shared by reading a stream, measuring
// held-out lines and fitting vectors; used in predictive_copy*.cpp only.

#include <algorithm>
#include <span>
#include <utility>
#include <vector>

#include "base/error.h"
#include "transformer/buffers.h"
#include "transformer/composites.h"
#include "transformer/model.h"
#include "transformer/segment_network.h"
#include "transformer/unit_vectors.h"

namespace noema::transformer::reading {

using Unit = Composites::Unit;
using Lines = std::vector<std::vector<Token>>;

/// The parts of a copy that a forward pass uses.
struct Weights {
  const Model& model;
  const float* data;
  const Composites& composites;
};

inline bool is_unit(const Unit& unit, const Tokenizer& tokenizer) {
  return !unit.empty() && tokenizer.begins(unit.front()) && std::all_of(unit.begin() + 1, unit.end(), [&](Token t) {
    return t >= tokenizer.begin_end() && t < tokenizer.size();
  });
}

inline void require_unit(const Unit& unit, const Tokenizer& tokenizer) {
  base::check(is_unit(unit, tokenizer), "a unit is a token that begins one and tokens that continue it");
}

inline void require_tokens(const Lines& lines, const Tokenizer& tokenizer) {
  for (const auto& line : lines)
    for (Token token : line)
      base::check(token >= kSpecials && token < tokenizer.size(),
                  "text is of the tokenizer's tokens, without specials");
}

/// A network that reads with such a trail.
inline SegmentNetwork network_for(const Model& model, const UnitTrail& trail) {
  return {model.shape(), model.tokenizer().begin_end(), static_cast<int>(trail.width())};
}

/// Reads the start token into an empty network.
inline void start(SegmentNetwork& network, const Weights& w, UnitTrail& trail) {
  const Token token = kStart;
  network.clear();
  trail.clear();
  network.append(w.data, w.composites.size(), {&token, 1}, true, trail.window());
}

/// Forgets the older half of a full context, like Decoder.
inline void slide(SegmentNetwork& network, const Weights& w, UnitTrail& trail) {
  const std::size_t half = size(w.model.context()) / 2;
  std::vector<Token> window(1, kStart);
  window.insert(window.end(), network.tokens().end() - static_cast<std::ptrdiff_t>(half), network.tokens().end());
  network.clear();
  trail.keep(half);
  network.append(w.data, w.composites.size(), window, false, trail.window());
  network.cut();
}

/// Reads tokens. Calls visit(i, p) with the prediction of each token, and turn() when a segment or the window is full.
template <typename Visit, typename Turn>
void advance(SegmentNetwork& network, const Weights& w, UnitTrail& trail, int segment, std::span<const Token> tokens,
             bool learn, const Visit& visit, const Turn& turn) {
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
    const auto next = tokens.subspan(begin, n);
    network.append(w.data, w.composites.size(), next, true, trail.read(next));
    for (std::size_t i = 1; i < n; ++i) meet(begin + i, first + static_cast<int>(i) - 1);
    begin += n;
  }
}

/// Returns -ln P of each unit. read_on(tokens, visit) reads their tokens.
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

}  // namespace noema::transformer::reading
