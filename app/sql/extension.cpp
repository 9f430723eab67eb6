// The loadable extension noema_sql, for sqlite3, Python, R, DBeaver and others: docs/queries.md.

#include <sqlite3ext.h>

#include <exception>

#include "app/sql/virtual_tables.h"

/// The name that SQLite looks for in noema_sql.so.
extern "C" __attribute__((visibility("default"))) int sqlite3_noemasql_init(sqlite3* database, char** message,
                                                                            const sqlite3_api_routines* api) {
  try {
    return noema::app::add_table_functions(database, api);
  } catch (const std::exception& error) {
    if (message != nullptr) *message = api->mprintf("noema_sql: %s", error.what());
    return SQLITE_ERROR;
  }
}
