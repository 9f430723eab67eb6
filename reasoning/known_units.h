#pragma once
// What a life's company of words knows of units, as a predictive copy takes it in.

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "concepts/company/company.h"
#include "transformer/unit_vectors.h"

namespace noema::reasoning {

/// Words and how each is written, most often first.
struct WrittenWords {
  std::shared_ptr<const concepts::company::Words> words;
  std::vector<std::pair<concepts::company::Word, std::string>> writings;
};

/// A vector and how much it tells for each written word: the directions that say what is alike. They are turned as a
/// whole so that they come as near as a turn can bring them to the vectors before of the units that both know
/// (orthogonal Procrustes problem, Schoenemann 1966), for company that is made anew has its directions anew. Of words
/// that are written alike the first has the writing. O(words width^2).
std::shared_ptr<const transformer::UnitVectors> known_units(
    const WrittenWords& written, int begin_end,
    const std::function<std::vector<transformer::Token>(const std::string&)>& tokens_of,
    const transformer::UnitVectors* before = nullptr);

}  // namespace noema::reasoning
