#pragma once
// A client of SQLite that loads build/release/noema_sql.so.

#include <sqlite3.h>

#include <catch2/catch.hpp>
#include <string>
#include <vector>

namespace noema::tests {

/// A connection of its own, as a client has one.
class Client {
 public:
  using Row = std::vector<std::string>;

  explicit Client(const std::string& file, int flags = SQLITE_OPEN_READONLY) {
    REQUIRE(sqlite3_open_v2(file.c_str(), &database_, flags, nullptr) == SQLITE_OK);
    sqlite3_db_config(database_, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 1, nullptr);
    char* message = nullptr;
    const int code = sqlite3_load_extension(database_, NOEMA_SQL, nullptr, &message);
    INFO((message == nullptr ? "" : message));
    REQUIRE(code == SQLITE_OK);
  }
  ~Client() { sqlite3_close(database_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// The rows as texts; NULL is "NULL". None, and an error(), if it is refused.
  std::vector<Row> ask(const std::string& sql) {
    rows_.clear();
    columns_.clear();
    error_.clear();
    char* message = nullptr;
    const auto add = [](void* client, int size, char** values, char** names) {
      auto& self = *static_cast<Client*>(client);
      self.columns_.assign(names, names + size);
      Row row;
      for (int i = 0; i < size; ++i) row.emplace_back(values[i] == nullptr ? "NULL" : values[i]);
      self.rows_.push_back(row);
      return 0;
    };
    if (sqlite3_exec(database_, sql.c_str(), add, this, &message) != SQLITE_OK) error_ = message;
    sqlite3_free(message);
    return rows_;
  }
  std::string refused(const std::string& sql) {
    CHECK(ask(sql).empty());
    return error_;
  }
  const std::string& error() const { return error_; }
  /// Of the answer before, if it had rows.
  const Row& columns() const { return columns_; }

 private:
  sqlite3* database_ = nullptr;
  std::vector<Row> rows_;
  Row columns_;
  std::string error_;
};

}  // namespace noema::tests
