#pragma once
// Names and terms of told targets, found by counts alone: two letters side by side that are rare in the targets that a
// model was trained on.

#include <cstdint>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "reasoning/experience.h"

namespace noema::experiments {

/// Two neighbouring letters of a reference, and whether a target that was told earlier has them too.
struct Term {
  std::string letters;
  bool came_before = false;
};

/// The pairs of neighbouring letters of a text, each once, in order. Letters are code points that ICU calls
/// alphabetic: no marks, digits or white space.
std::vector<std::string> letter_pairs(const std::string& text);

class Terms {
 public:
  /// A pair of letters is a term if at most `most` of these targets have it.
  Terms(const std::vector<reasoning::ToldPair>& train, std::uint64_t most);

  /// The terms of the next told target, which are then told.
  std::vector<Term> next(const std::string& target);

 private:
  std::uint64_t most_;
  std::unordered_map<std::string, std::uint64_t> trained_;  // targets that have it
  std::set<std::string> told_;
};

}  // namespace noema::experiments
