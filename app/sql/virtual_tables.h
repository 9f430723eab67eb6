#pragma once
// The functions of app/sql/table_functions.h as virtual tables of SQLite (https://www.sqlite.org/vtab.html#tabfunc2).

struct sqlite3;
struct sqlite3_api_routines;

namespace noema::app {

/// Adds them to a connection; they ask the life that it has open as main. api: the SQLite that the connection belongs
/// to, one for all calls in a process. Returns an SQLite result code.
int add_table_functions(sqlite3* database, const sqlite3_api_routines* api);

}  // namespace noema::app
