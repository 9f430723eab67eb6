#pragma once
// What the compiler of patterns has made so far.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/patterns/pattern.h"
#include "app/patterns/syntax.h"
#include "app/patterns/value.h"

namespace noema::app::patterns {

struct Named {
  std::string name;
  Value value;
};

/// The variables that can be read, in the order in which they came. Names that begin with # are the compiler's own.
class Scope {
 public:
  const Value* find(const std::string& name) const;
  void set(const std::string& name, Value value);
  void erase_own();  ///< the compiler's own
  const std::vector<Named>& variables() const { return variables_; }

 private:
  std::vector<Named> variables_;
};

/// A SELECT that is not yet ended: tables joined, conditions, and the variables that stand for their columns.
struct Select {
  std::vector<std::string> from;
  std::vector<std::string> where;
  Scope scope;
};

/// " FROM a JOIN b WHERE c AND d", or nothing.
std::string from_and_where(const Select& select);

/// Columns of which no two have the same name.
class ColumnNames {
 public:
  std::string unique(const std::string& wanted);

 private:
  std::set<std::string> taken_;
};

/// Adds a variable's columns to those of a SELECT, and gives the value that reads them from `table`.
Value column_of(const Named& named, const std::string& table, ColumnNames& names, std::vector<std::string>& columns);

class Context {
 public:
  explicit Context(const Parameters& parameters);

  const Parameters& parameters() const { return parameters_; }
  /// A name for a table, as near to `wanted` as is free; SQL knows no upper and lower case.
  std::string table(const std::string& wanted);

  /// Names a SELECT, so that others can read it: WITH `name` AS (`sql`).
  void add_step(const std::string& name, const std::string& sql, bool is_once = false);
  /// Ends SELECTs with the same variables as one step (UNION ALL), and begins another that reads it. `more` are columns
  /// that it gives besides.
  Select close(const std::vector<Select>& selects, const std::string& wanted, const std::vector<Named>& more = {},
               bool is_once = false);
  /// All steps, and the statement that reads them.
  std::string statement(const std::string& select) const;

  /// Relations whose value is read somewhere; others need none.
  std::set<std::string> read;

 private:
  const Parameters& parameters_;
  std::set<std::string> tables_;
  std::vector<std::string> steps_;
};

}  // namespace noema::app::patterns
