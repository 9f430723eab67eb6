#pragma once
// Functions with which commands print and write the results of actions.

#include <string>
#include <utility>

#include "app/actions/names.h"
#include "app/command.h"
#include "base/output.h"

namespace noema::app {

/// Prints a value: with --json its to_json() as one object on a line, otherwise by calling print_for_people(value).
template <typename Value, typename Print>
void print_value(const Globals& globals, const Value& value, const Print& print_for_people) {
  if (globals.json) return print_json(to_json(value));
  print_for_people(value);
  base::flush_standard_output();
}

/// Returns the result of look_up(). If it throws UnknownName, prints `null_object` with --json and throws it again.
template <typename LookUp>
auto or_null(const Globals& globals, const nlohmann::ordered_json& null_object, const LookUp& look_up) {
  try {
    return look_up();
  } catch (const UnknownName&) {
    if (globals.json) print_json(null_object);
    throw;
  }
}

/// Throws base::Error unless a result may be written to this file. The file must be writable, and it must be neither a
/// life nor a model, because results never replace these.
void require_result_file(const std::string& file);

// Ranges of the numbers that several commands take.
inline constexpr base::Range kResults{1, 1e6, true};
inline constexpr base::Range kDepth{0, 8, true};
inline constexpr base::Range kSome{1, 1e15, true};
inline constexpr base::Range kSomeSeconds{0, 1e9, false, true};

}  // namespace noema::app
