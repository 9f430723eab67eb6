// This file alone talks to the SQLite of a program that loads us, through the pointer that it gives
// (https://www.sqlite.org/loadext.html); the libraries read the life by connections of their own.

#include "app/sql/virtual_tables.h"

#include <fmt/format.h>
#include <sqlite3ext.h>

#include <bitset>
#include <memory>
#include <string>
#include <vector>

#include "app/sql/table_functions.h"
#include "base/error.h"
#include "memory/other_sqlite.h"
#include "memory/schema.h"

SQLITE_EXTENSION_INIT1

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

/// What a function of one connection needs; the held life is shared by all of them.
struct Registered {
  const TableFunction* function;
  sqlite3* database;
  std::shared_ptr<HeldLife> life;
};

struct Table : sqlite3_vtab {
  const Registered* registered = nullptr;
};

struct Cursor : sqlite3_vtab_cursor {
  json arguments;
  std::vector<ordered_json> rows;
  std::size_t row = 0;
};

const Registered& registered_of(sqlite3_vtab_cursor* cursor) { return *static_cast<Table*>(cursor->pVtab)->registered; }

// --- The life -----------------------------------------------------------------------------------------------------

int number_of(sqlite3* database, const char* pragma) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(database, pragma, -1, &statement, nullptr) != SQLITE_OK) return 0;
  const int number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int(statement, 0) : 0;
  sqlite3_finalize(statement);
  return number;
}

/// The file behind `main`. Throws base::Error if there is none, it is of an earlier format (which opening would
/// rewrite), or reading it beside its writer is not safe.
std::string life_behind(sqlite3* database) {
  const char* file = sqlite3_db_filename(database, "main");
  if (file == nullptr || *file == '\0')
    throw base::Error(
        "no file is open as main, so there is no life to ask; open the life itself (sqlite3 my.life), not attached");
  const int format = number_of(database, "PRAGMA main.user_version");
  if (number_of(database, "PRAGMA main.application_id") == memory::kApplicationId && format < memory::kFormat)
    throw base::Error(std::string(file) + ": a life of an earlier format (" + std::to_string(format) +
                      "; this noema reads " + std::to_string(memory::kFormat) +
                      "); `noema status` brings it up to date");
  if (!memory::is_our_sqlite(sqlite3_api->libversion) && memory::has_writer(file))
    throw base::Error(
        std::string(file) +
        ": another process writes to this life, and this program brings a SQLite of its own, which cannot "
        "read it safely beside noema's; ask a copy (noema backup), or end the writer");
  return file;
}

// --- Arguments ----------------------------------------------------------------------------------------------------

std::string text_of(sqlite3_value* value) {
  const auto* text = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return text == nullptr ? std::string() : std::string(text, static_cast<std::size_t>(sqlite3_value_bytes(value)));
}

/// The value of an argument, checked. Throws base::Error.
json checked(const TableArgument& argument, sqlite3_value* value) {
  const int type = sqlite3_value_type(value);
  if (type == SQLITE_NULL) return argument.otherwise;
  if (type == SQLITE_BLOB)
    throw base::Error(argument.name + ": expected " + (argument.is_number ? argument.range.expected() : "a text") +
                      ", found a blob");
  if (!argument.is_number) return text_of(value);
  const auto complaint = type == SQLITE_TEXT ? argument.range.complaint(std::string_view(text_of(value)))
                                             : argument.range.complaint(sqlite3_value_double(value));
  if (complaint) throw base::Error(argument.name + ": " + *complaint);
  return sqlite3_value_int64(value);
}

/// given: which of the arguments have a value, in their order.
json arguments_of(const TableFunction& function, unsigned given, sqlite3_value** values) {
  json arguments = json::object();
  for (std::size_t i = 0; i < function.arguments.size(); ++i) {
    const TableArgument& argument = function.arguments[i];
    if ((given >> i & 1U) != 0)
      arguments[argument.name] = checked(argument, *values++);
    else if (argument.is_required)
      throw base::Error(argument.name + " is missing; call it so: " + function.example);
    else
      arguments[argument.name] = argument.otherwise;
  }
  return arguments;
}

bool lacks_required(const TableFunction& function, const json& arguments) {
  for (const TableArgument& argument : function.arguments)
    if (argument.is_required && arguments.at(argument.name).is_null()) return true;
  return false;
}

// --- The methods of a virtual table -------------------------------------------------------------------------------

/// Runs what may throw; an exception becomes the table's message and SQLITE_ERROR.
template <typename Work>
int guarded(sqlite3_vtab* table, const Work& work) {
  const auto complain = [&](const char* what) {
    sqlite3_free(table->zErrMsg);
    const auto& function = *static_cast<Table*>(table)->registered->function;
    table->zErrMsg = sqlite3_mprintf("%s: %s", function.name.c_str(), what);
    return SQLITE_ERROR;
  };
  try {
    work();
    return SQLITE_OK;
  } catch (const std::bad_alloc&) {
    return SQLITE_NOMEM;
  } catch (const std::exception& error) {
    return complain(error.what());
  }
}

int connect(sqlite3* database, void* registered, int, const char* const*, sqlite3_vtab** table, char**) {
  const TableFunction& function = *static_cast<Registered*>(registered)->function;
  std::string columns;
  for (const std::string& column : function.columns) columns += fmt::format("\"{}\", ", column);
  for (const TableArgument& argument : function.arguments) columns += argument.name + " HIDDEN, ";
  columns.resize(columns.size() - 2);
  const int code = sqlite3_declare_vtab(database, ("CREATE TABLE x(" + columns + ")").c_str());
  if (code != SQLITE_OK) return code;
  auto* made = new Table;
  made->registered = static_cast<Registered*>(registered);
  *table = made;
  return SQLITE_OK;
}

int disconnect(sqlite3_vtab* table) {
  delete static_cast<Table*>(table);
  return SQLITE_OK;
}

/// Takes equalities with hidden columns as arguments. A plan in which a given argument is not known yet is refused.
int best_index(sqlite3_vtab* table, sqlite3_index_info* info) {
  const TableFunction& function = *static_cast<Table*>(table)->registered->function;
  const auto first_hidden = static_cast<int>(function.columns.size());
  std::vector<int> at(function.arguments.size(), -1);
  std::bitset<32> is_unknown;
  for (int i = 0; i < info->nConstraint; ++i) {
    const auto& constraint = info->aConstraint[i];
    const int argument = constraint.iColumn - first_hidden;
    if (argument < 0 || constraint.op != SQLITE_INDEX_CONSTRAINT_EQ) continue;
    if (constraint.usable != 0)
      at[static_cast<std::size_t>(argument)] = i;
    else
      is_unknown.set(static_cast<std::size_t>(argument));
  }
  int place = 0;
  info->idxNum = 0;
  for (std::size_t i = 0; i < at.size(); ++i) {
    if (at[i] < 0) {
      if (is_unknown[i]) return SQLITE_CONSTRAINT;
      continue;
    }
    info->aConstraintUsage[at[i]].argvIndex = ++place;
    info->aConstraintUsage[at[i]].omit = 1;
    info->idxNum |= 1 << i;
  }
  info->estimatedCost = 1e6;  // so that it is not asked once for each row of another table without need
  info->estimatedRows = 10;
  return SQLITE_OK;
}

int open_cursor(sqlite3_vtab*, sqlite3_vtab_cursor** cursor) {
  *cursor = new Cursor;
  return SQLITE_OK;
}

int close_cursor(sqlite3_vtab_cursor* cursor) {
  delete static_cast<Cursor*>(cursor);
  return SQLITE_OK;
}

int filter(sqlite3_vtab_cursor* base_cursor, int given, const char*, int, sqlite3_value** values) {
  auto& cursor = *static_cast<Cursor*>(base_cursor);
  cursor.rows.clear();
  cursor.row = 0;
  return guarded(cursor.pVtab, [&] {
    const auto& [function, database, life] = registered_of(&cursor);
    cursor.arguments = arguments_of(*function, static_cast<unsigned>(given), values);
    if (lacks_required(*function, cursor.arguments)) return;
    life->open(life_behind(database));
    cursor.rows = function->rows(*life, cursor.arguments);
  });
}

int next(sqlite3_vtab_cursor* cursor) {
  ++static_cast<Cursor*>(cursor)->row;
  return SQLITE_OK;
}

int is_at_end(sqlite3_vtab_cursor* base_cursor) {
  const auto& cursor = *static_cast<Cursor*>(base_cursor);
  return cursor.row >= cursor.rows.size() ? 1 : 0;
}

/// A list is given as JSON, which SQLite's json_each reads.
void give(sqlite3_context* context, const json& value) {
  if (value.is_null()) return sqlite3_result_null(context);
  if (value.is_number_integer() || value.is_boolean()) return sqlite3_result_int64(context, value.get<std::int64_t>());
  if (value.is_number()) return sqlite3_result_double(context, value.get<double>());
  const std::string text =
      value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, json::error_handler_t::replace);
  sqlite3_result_text64(context, text.data(), text.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
}

int column(sqlite3_vtab_cursor* base_cursor, sqlite3_context* context, int index) {
  const auto& cursor = *static_cast<Cursor*>(base_cursor);
  const TableFunction& function = *registered_of(base_cursor).function;
  return guarded(cursor.pVtab, [&] {
    const auto i = static_cast<std::size_t>(index);
    if (i >= function.columns.size())
      return give(context, cursor.arguments.at(function.arguments[i - function.columns.size()].name));
    const ordered_json& row = cursor.rows[cursor.row];
    const auto found = row.find(function.columns[i]);
    give(context, found == row.end() ? json() : json(*found));
  });
}

int row_id(sqlite3_vtab_cursor* cursor, sqlite3_int64* id) {
  *id = static_cast<sqlite3_int64>(static_cast<Cursor*>(cursor)->row) + 1;
  return SQLITE_OK;
}

/// Without xCreate the table is there by its name alone, and none can be made of it.
constexpr sqlite3_module kModule = [] {
  sqlite3_module module{};
  module.xConnect = connect;
  module.xBestIndex = best_index;
  module.xDisconnect = disconnect;
  module.xOpen = open_cursor;
  module.xClose = close_cursor;
  module.xFilter = filter;
  module.xNext = next;
  module.xEof = is_at_end;
  module.xColumn = column;
  module.xRowid = row_id;
  return module;
}();

}  // namespace

int add_table_functions(sqlite3* database, const sqlite3_api_routines* api) {
  SQLITE_EXTENSION_INIT2(api);
  const auto life = std::make_shared<HeldLife>();
  for (const TableFunction& function : table_functions()) {
    auto* registered = new Registered{&function, database, life};
    const int code = sqlite3_create_module_v2(database, function.name.c_str(), &kModule, registered,
                                              [](void* own) { delete static_cast<Registered*>(own); });
    if (code != SQLITE_OK) return code;
  }
  return SQLITE_OK;
}

}  // namespace noema::app
