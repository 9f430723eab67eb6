#pragma once
// The story as lines of units, and what a predictive copy is rehearsed and read with.

#include <numeric>
#include <vector>

#include "tests/transformer/samples.h"
#include "transformer/predictive_copy.h"

namespace noema::transformer::testing {

using Units = std::vector<PredictiveCopy::Unit>;

inline std::vector<Units> story_lines(const Tokenizer& tokenizer) {
  std::vector<Units> lines(1);
  for (Token token : story_tokens(tokenizer, 1)) {
    if (tokenizer.begins(token)) lines.back().emplace_back();
    lines.back().back().push_back(token);
    if (lines.back().back() == tokenizer.encode("\n")) lines.emplace_back();
  }
  lines.pop_back();
  return lines;
}

inline std::vector<Token> joined(const Units& units) {
  std::vector<Token> tokens;
  for (const auto& unit : units) tokens.insert(tokens.end(), unit.begin(), unit.end());
  return tokens;
}

inline std::vector<std::vector<Token>> joined(const std::vector<Units>& lines) {
  std::vector<std::vector<Token>> tokens;
  for (const Units& line : lines) tokens.push_back(joined(line));
  return tokens;
}

/// Short steps, so that a few lines are many of them.
inline OnlineOptions small_segments(OnlineOptions::Rule rule = OnlineOptions::Rule::kScaled) {
  OnlineOptions options;
  options.rule = rule;
  options.segment = 6;
  options.rate = rule == OnlineOptions::Rule::kScaled ? 2e-3 : 0.02;
  options.warm_up = 4;
  return options;
}

inline double total(const std::vector<double>& x) { return std::accumulate(x.begin(), x.end(), 0.0); }

}  // namespace noema::transformer::testing
