#pragma once
// From the text of a pattern to its syntax tree.

#include <string>

#include "app/patterns/syntax.h"

namespace noema::app::patterns {

constexpr std::size_t kLongestPattern = 32 * 1024;  ///< bytes
constexpr std::size_t kDeepestNesting = 40;         ///< expressions in expressions
constexpr std::size_t kMostTerms = 200;             ///< of one AND, OR, sum, list ... in a row
constexpr std::size_t kMostClauses = 50;
constexpr int kLongestWay = 20;  ///< relations of a variable length

/// The syntax tree. Throws base::Error with line, column and what was expected; what is outside of the subset is
/// refused by its name. O(length).
Query parse(const std::string& text);

}  // namespace noema::app::patterns
