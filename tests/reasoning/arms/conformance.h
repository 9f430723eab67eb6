#pragma once
// What every arm must keep to, as checks that say how far a learner is from it. Most are asked in a closed world: a few
// words whose probabilities by the transformer sum to one, so that the sum over all words that can come is exactly one.

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/rng.h"
#include "reasoning/arms/arm.h"

namespace noema::tests {

using Maker = std::function<std::unique_ptr<reasoning::Learner>()>;
using Lines = std::vector<std::vector<std::size_t>>;  // words by number; the line end is left out

/// Words, and what a transformer that knows only their frequencies says of them.
class ClosedWorld {
 public:
  static constexpr std::size_t kWords = 12, kWidth = 16;  // the last word is the line end
  static constexpr std::size_t kEnd = kWords - 1;

  ClosedWorld();
  /// The units of a line, its end included; the hidden states follow from the places.
  std::vector<reasoning::UnitReading> read(const std::vector<std::size_t>& line, std::size_t number) const;
  /// Lines in which a word is followed by the next number; or, shuffled, by any.
  Lines lines(std::uint64_t seed, std::size_t count, bool shuffled) const;
  double probability(std::size_t word) const { return probabilities_[word]; }

 private:
  std::vector<double> probabilities_;
};

/// Shows the lines in order; returns the bits of every unit.
std::vector<double> show(reasoning::Learner& learner, const ClosedWorld& world, const Lines& lines,
                         std::size_t from = 0);

/// The largest difference to 1 of the probabilities of all words at some places, after the lines were learned.
double sum_error(const Maker& make, const ClosedWorld& world, const Lines& lines);
/// Whether no bit of the past changes when words of the same line, or of later ones, are others.
bool keeps_to_the_past(const Maker& make, const ClosedWorld& world, const Lines& lines);
/// Whether two fresh learners say one finite number a unit, and the same: nothing is left of an earlier pass.
bool reads_once(const Maker& make, const ClosedWorld& world, const Lines& lines);
/// Bytes that its saved state grew by over the lines and that it did not report, in shares of the growth.
double hidden_bytes(const Maker& make, const ClosedWorld& world, const Lines& lines);
/// What it earns over the static transformer, in shares of the bits.
double earned(const Maker& make, const ClosedWorld& world, const Lines& lines);
/// The largest difference of bits after it was saved between two texts and loaded into another.
double resume_error(const Maker& make, const std::vector<std::string>& texts);

}  // namespace noema::tests
