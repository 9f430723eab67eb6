#pragma once
// Which relation is told in the words of a form of question: "which river flows through _ ?" in those of "the river _
// flows through _ .".

#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "concepts/facts/links.h"

namespace noema::concepts::facts {

/// Whether two words are written so alike that they may be forms of one word.
using Alike = std::function<bool(Word, Word)>;

class ToldLike {
 public:
  ToldLike() = default;
  /// The forms of question from which it is known how much a word tells them apart.
  explicit ToldLike(std::span<const Words* const> forms);

  struct Found {
    const Relation* relation = nullptr;
    double coverage = 0;  ///< share of the form's bits that a link of the relation is told in
  };
  /// The relation of which a link is told in most of the bits of the form's constants: by its template, or by what its
  /// condition says ("mother" in "_ is the _ of _"); none if two are told in as many. A word that all forms have tells
  /// nothing. O(links x words^2).
  Found find(const Told& told, std::span<const Relation> relations, const Alike& alike, const Words& form) const;

  struct Tried {
    double coverage = 0;
    bool is_right = false;  ///< the relation that was found answers the form's taught questions
  };
  /// Learns how much coverage it takes: from the greatest down, (right + 1) / (tried + 2) is at least four of five;
  /// half of a form's bits at least. Never enough if too few were tried to say so. O(tried log tried).
  void learn(std::vector<Tried> tried);
  bool has_learned() const { return least_coverage_ < kNever; }
  /// The relation that is found, if it has as much coverage.
  const Relation* asked_by(const Told& told, std::span<const Relation> relations, const Alike& alike,
                           const Words& form) const;
  /// How many of those tried that have as much were right, and how many were wrong.
  std::uint32_t right() const { return right_; }
  std::uint32_t wrong() const { return wrong_; }

 private:
  static constexpr double kNever = 2;  // more than all of a form's bits

  double bits_of(Word word) const;

  double least_coverage_ = kNever;
  std::uint32_t right_ = 0;
  std::uint32_t wrong_ = 0;
  double forms_ = 0;
  std::map<Word, double> forms_with_;
};

}  // namespace noema::concepts::facts
