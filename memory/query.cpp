#include "memory/query.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <memory>
#include <set>
#include <string_view>

#include "base/error.h"
#include "base/stop.h"
#include "memory/life.h"
#include "memory/life_impl.h"

namespace noema::memory {
namespace {

constexpr int kLongestValue = 16 * 1024 * 1024;  // bytes; also of the SQL itself
constexpr int kStepsBetweenLooks = 10000;        // of SQLite's virtual machine

/// Pragmas that say something and change nothing. FTS5 itself asks for data_version.
constexpr std::array<std::string_view, 11> kHarmlessPragmas{
    "application_id", "compile_options", "data_version", "function_list", "index_info",  "index_list",
    "index_xinfo",    "table_info",      "table_list",   "table_xinfo",   "user_version"};

/// What a statement may not do, in words; empty if it may.
std::string forbidden(int action, std::string_view first, std::string_view second) {
  switch (action) {
    case SQLITE_SELECT:
    case SQLITE_READ:
    case SQLITE_RECURSIVE: return {};
    case SQLITE_FUNCTION: return second == "load_extension" ? "load an extension" : "";
    case SQLITE_PRAGMA: {
      const bool is_harmless =
          std::find(kHarmlessPragmas.begin(), kHarmlessPragmas.end(), first) != kHarmlessPragmas.end();
      const bool sets = !second.empty() && (first == "user_version" || first == "application_id");
      return is_harmless && !sets ? "" : "use the pragma " + std::string(first);
    }
    case SQLITE_UPDATE:
      if (first == "sqlite_master") return {};  // FTS5 declares its tables so; the file itself is open for reading
      [[fallthrough]];
    case SQLITE_INSERT:
    case SQLITE_DELETE:
      return first.starts_with("sqlite_") ? "change the tables of the file" : "write to " + std::string(first);
    case SQLITE_ATTACH:
    case SQLITE_DETACH: return "attach another file";
    case SQLITE_TRANSACTION:
    case SQLITE_SAVEPOINT: return "open a transaction";
    default: return "change the tables of the file";
  }
}

/// What guards one query: it remembers why the query was refused or ended.
struct Guard {
  const QueryLimits& limits;
  std::chrono::steady_clock::time_point start = std::chrono::steady_clock::now();
  std::string refused = {};
  bool is_late = false;
  bool is_stopped = false;

  static int authorize(void* guard, int action, const char* first, const char* second, const char*, const char*) {
    const std::string what = forbidden(action, first ? first : "", second ? second : "");
    if (what.empty()) return SQLITE_OK;
    auto& refused = static_cast<Guard*>(guard)->refused;
    if (refused.empty()) refused = what;
    return SQLITE_DENY;
  }

  static int look(void* guard) {
    auto& self = *static_cast<Guard*>(guard);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - self.start;
    self.is_late = taken.count() > self.limits.seconds;
    self.is_stopped = self.limits.stop.stop_requested();
    return self.is_late || self.is_stopped ? 1 : 0;
  }
};

struct Finalize {
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Handle = std::unique_ptr<sqlite3_stmt, Finalize>;

[[noreturn]] void complain(const Database& database, const Guard& guard) {
  if (!guard.refused.empty())
    throw base::Error("a query only reads, but this one would " + guard.refused +
                      "; docs/queries.md shows what can be asked");
  if (guard.is_stopped) throw base::Interrupted("the query was interrupted");
  if (guard.is_late)
    throw base::Error(
        fmt::format("the query took longer than {:g} seconds; ask for less with WHERE or LIMIT, or allow more time",
                    guard.limits.seconds));
  const int code = sqlite3_extended_errcode(database.handle());
  if ((code & 0xff) != SQLITE_ERROR && (code & 0xff) != SQLITE_TOOBIG && (code & 0xff) != SQLITE_AUTH)
    database.fail(code);
  std::string where;
  if (const int at = sqlite3_error_offset(database.handle()); at >= 0) where = " at byte " + std::to_string(at);
  throw base::Error("the query cannot be answered: " + std::string(sqlite3_errmsg(database.handle())) + where +
                    "; `SELECT name, sql FROM sqlite_schema` lists tables and views, docs/queries.md shows queries");
}

/// The one statement of the text.
Handle prepare(const Database& database, const Guard& guard, const std::string& sql) {
  sqlite3_stmt* statement = nullptr;
  const char* rest = nullptr;
  if (sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()), 0, &statement, &rest) !=
      SQLITE_OK)
    complain(database, guard);
  Handle handle(statement);
  if (!handle) throw base::Error("the query is empty; docs/queries.md shows queries");
  sqlite3_stmt* another = nullptr;
  const auto left = static_cast<int>(sql.data() + sql.size() - rest);
  const int code = sqlite3_prepare_v3(database.handle(), rest, left, 0, &another, nullptr);
  const Handle second(another);
  if (code != SQLITE_OK || second) throw base::Error("the query has more than one statement; ask one at a time");
  if (sqlite3_stmt_readonly(handle.get()) == 0)
    throw base::Error("a query only reads, but this one would write; docs/queries.md shows what can be asked");
  return handle;
}

void bind(sqlite3_stmt* statement, int index, const QueryCell& value) {
  if (const auto* integer = std::get_if<std::int64_t>(&value))
    sqlite3_bind_int64(statement, index, *integer);
  else if (const auto* real = std::get_if<double>(&value))
    sqlite3_bind_double(statement, index, *real);
  else if (const auto* text = std::get_if<std::string>(&value))
    sqlite3_bind_text64(statement, index, text->data(), text->size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  else if (const auto* blob = std::get_if<QueryBytes>(&value))
    sqlite3_bind_blob64(statement, index, blob->bytes.data(), blob->bytes.size(), SQLITE_TRANSIENT);
}

/// Each parameter of the statement has a value, and each value a parameter.
void bind_all(sqlite3_stmt* statement, const QueryParameters& parameters) {
  std::set<std::string> bound;
  for (int i = 1; i <= sqlite3_bind_parameter_count(statement); ++i) {
    const char* name = sqlite3_bind_parameter_name(statement, i);
    const auto value = name == nullptr ? parameters.end() : parameters.find(name + 1);
    if (value == parameters.end())
      throw base::Error("the query's parameter " + std::string(name == nullptr ? "?" : name) +
                        " has no value; give one");
    bind(statement, i, value->second);
    bound.insert(value->first);
  }
  for (const auto& [name, value] : parameters)
    if (!bound.contains(name))
      throw base::Error("the query has no parameter $" + name + "; leave its value out, or use it in the query");
}

std::vector<std::string> columns_of(sqlite3_stmt* statement) {
  std::vector<std::string> columns;
  for (int i = 0; i < sqlite3_column_count(statement); ++i) {
    const char* given = sqlite3_column_name(statement, i);
    const std::string name = given == nullptr ? "" : given;
    std::string unique = name;
    for (int n = 2; std::find(columns.begin(), columns.end(), unique) != columns.end(); ++n)
      unique = name + "_" + std::to_string(n);
    columns.push_back(unique);
  }
  return columns;
}

QueryCell cell_of(sqlite3_stmt* statement, int column, std::size_t& bytes) {
  const auto text = [&](const void* data) {
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement, column));
    bytes += size;
    return data == nullptr ? std::string() : std::string(static_cast<const char*>(data), size);
  };
  bytes += sizeof(QueryCell);
  switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER: return sqlite3_column_int64(statement, column);
    case SQLITE_FLOAT: return sqlite3_column_double(statement, column);
    case SQLITE_TEXT: return text(sqlite3_column_text(statement, column));
    case SQLITE_BLOB: return QueryBytes{text(sqlite3_column_blob(statement, column))};
    default: return std::monostate{};
  }
}

void set_limits(const Database& database, Guard& guard) {
  sqlite3* handle = database.handle();
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);  // "word" names a column and is never a text
  sqlite3_limit(handle, SQLITE_LIMIT_LENGTH, kLongestValue);
  sqlite3_limit(handle, SQLITE_LIMIT_SQL_LENGTH, kLongestValue);
  sqlite3_limit(handle, SQLITE_LIMIT_ATTACHED, 0);
  sqlite3_limit(handle, SQLITE_LIMIT_WORKER_THREADS, 0);
  sqlite3_set_authorizer(handle, Guard::authorize, &guard);
  sqlite3_progress_handler(handle, kStepsBetweenLooks, Guard::look, &guard);
}

}  // namespace

QueryAnswer query(const std::filesystem::path& path, const std::string& sql, const QueryLimits& limits,
                  const QueryParameters& parameters) {
  if (sql.size() > static_cast<std::size_t>(kLongestValue)) throw base::Error("the query is too long");
  constexpr int kBusySeconds = 30;
  const Life life = Life::open(path, Access::kRead);  // a life, and brought up to date
  const auto database = open_for_reading(life.path(), kBusySeconds);
  Guard guard{limits};
  set_limits(*database, guard);
  const Handle statement = prepare(*database, guard, sql);
  bind_all(statement.get(), parameters);
  QueryAnswer answer{columns_of(statement.get()), {}, false};
  std::size_t bytes = 0;
  int code = SQLITE_ROW;
  while ((code = sqlite3_step(statement.get())) == SQLITE_ROW) {
    if (answer.rows.size() == limits.rows || bytes > limits.bytes) {
      answer.is_cut = true;
      return answer;
    }
    auto& row = answer.rows.emplace_back();
    for (int i = 0; i < static_cast<int>(answer.columns.size()); ++i) row.push_back(cell_of(statement.get(), i, bytes));
  }
  if (code != SQLITE_DONE) complain(*database, guard);
  return answer;
}

}  // namespace noema::memory
