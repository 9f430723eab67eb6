#pragma once
// Patterns over the graph, in a read-only subset of openCypher and GQL, compiled to one SELECT over a life's views
// (docs/patterns.md):
//
//   text -> parse.h: syntax tree -> compile.cpp: clause by clause, each a SELECT over the one before -> SQL
//                                    matching.h: MATCH: joins of views    expressions.h, operators.h, functions.h:
//                                    values projection.h: WITH, RETURN           vocabulary.h: labels and relation
//                                    types

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace noema::app::patterns {

/// By name, without the dollar sign: numbers, texts, truth values, null, and lists of these.
using Parameters = std::map<std::string, nlohmann::json>;

/// What a column of the answer holds, beside what SQL says: 0 and 1 may be truth values, a text may be JSON.
enum class Shape { kPlain, kTruth, kJson };

struct Compiled {
  std::string sql;  ///< with $name where a parameter stands
  std::vector<Shape> shapes;
};

/// Whether a text is a pattern, by how it begins: MATCH, OPTIONAL MATCH, UNWIND, RETURN, a WITH that is none of SQL's,
/// or a clause that only pattern languages have. Everything else is SQL. Never throws.
bool is_pattern(std::string_view text);

/// Throws base::Error: "the pattern, line 1, column 7: expected ..., found ...". What is outside of the subset, or
/// unknown, is refused by its name. Parameters are typed by their values, and never become part of the SQL.
Compiled compile(const std::string& text, const Parameters& parameters);

}  // namespace noema::app::patterns
