#pragma once
// Which relation is told in the words of a form of question: "which river flows through _ ?" in those of "the river _
// flows through _ .".

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
    double coverage = 0;  ///< share of the form's bits that a template of the relation holds
  };
  /// The relation of which a template holds most of the bits of the form's constants; none if two hold as much. A word
  /// that all forms have tells nothing. O(links x words^2).
  Found find(const Told& told, std::span<const Relation> relations, const Alike& alike, const Words& form) const;

 private:
  double bits_of(Word word) const;

  double forms_ = 0;
  std::map<Word, double> forms_with_;
};

}  // namespace noema::concepts::facts
