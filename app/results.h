#pragma once
// How commands hand out what an action returned.

#include <string>
#include <utility>

#include "app/actions/names.h"
#include "app/command.h"
#include "base/output.h"

namespace noema::app {

/// With --json the value's to_json() as one object a line, otherwise what `print_for_people` prints.
template <typename Value, typename Print>
void print_value(const Globals& globals, const Value& value, const Print& print_for_people) {
  if (globals.json) return print_result(globals, to_json(value));
  print_for_people(value);
  base::flush_standard_output();
}

/// What `look_up` returns. If it knows no such name, --json prints `null_object` before the error goes on.
template <typename LookUp>
auto or_null(const Globals& globals, const nlohmann::ordered_json& null_object, const LookUp& look_up) {
  try {
    return look_up();
  } catch (const UnknownName&) {
    if (globals.json) print_result(globals, null_object);
    throw;
  }
}

/// Throws base::Error unless a result may be written to this file: base::require_writable(), and the file is neither a
/// life nor a model, which no result replaces.
void require_result_file(const std::string& file);

// Ranges of the numbers that several commands take.
inline constexpr base::Range kResults{1, 1e6, true};
inline constexpr base::Range kDepth{0, 8, true};
inline constexpr base::Range kSome{1, 1e15, true};
inline constexpr base::Range kSomeSeconds{0, 1e9, false, true};

}  // namespace noema::app
