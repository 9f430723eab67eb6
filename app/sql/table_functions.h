#pragma once
// Table-valued functions that ask a life from SQL: what they are called, what they take and give. Nothing here knows
// SQLite; app/sql/extension.cpp does.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/sql/held_life.h"
#include "base/ranges.h"

namespace noema::app {

struct TableArgument {
  std::string name;
  bool is_number = false;              ///< otherwise a text
  nlohmann::json otherwise = nullptr;  ///< the value if it is left out or NULL; a text without one may be required
  bool is_required = false;            ///< if it is NULL there are no rows, as is usual in SQL
  base::Range range = {0, 0};          ///< of a number
};

struct TableFunction {
  std::string name;
  std::string example;                   ///< a call, for messages
  std::vector<std::string> columns;      ///< of its rows: the keys of the action's JSON
  std::vector<TableArgument> arguments;  ///< in order; hidden columns of these names
  /// The rows, as objects with these keys. The arguments are checked, and there under their names (an optional text may
  /// be null).
  std::vector<nlohmann::ordered_json> (*rows)(HeldLife& life, const nlohmann::json& arguments);
};

const std::vector<TableFunction>& table_functions();

}  // namespace noema::app
