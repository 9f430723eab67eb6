#pragma once
// Questions in SQL about a life. They only read: the file is opened for reading, and SQLite asks before each statement
// is compiled whether it may do what it is about to do.

#include <cstdint>
#include <filesystem>
#include <map>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

namespace noema::memory {

struct QueryLimits {
  std::size_t rows = 1000;                            ///< of the answer; what is behind them is cut
  std::size_t bytes = std::size_t{64} * 1024 * 1024;  ///< of all values of the answer; likewise
  double seconds = 30;                                ///< a query that takes longer is refused
  std::stop_token stop = {};                          ///< ends the query with base::Interrupted
};

struct QueryBytes {
  std::string bytes;
  auto operator<=>(const QueryBytes&) const = default;  // NOLINT(modernize-use-nullptr): it takes <=> for a null
};
/// NULL, INTEGER, REAL, TEXT or BLOB.
using QueryCell = std::variant<std::monostate, std::int64_t, double, std::string, QueryBytes>;

/// Values for $name, :name and @name in the SQL, by name without the mark. They are bound, and never part of the text.
using QueryParameters = std::map<std::string, QueryCell>;

struct QueryAnswer {
  std::vector<std::string> columns;  ///< each name once: a second "label" is "label_2"
  std::vector<std::vector<QueryCell>> rows;
  bool is_cut = false;  ///< there were more rows than the limits allow
};

/// The answer to one statement of SQL that only reads, on what is committed now; beside a writer, too. Throws
/// base::Error, in words, if it is no such statement, or would write, attach a file, load an extension, use a pragma
/// that changes anything, or takes too long; if a parameter has no value, or a value no parameter.
QueryAnswer query(const std::filesystem::path& life, const std::string& sql, const QueryLimits& limits = {},
                  const QueryParameters& parameters = {});

}  // namespace noema::memory
