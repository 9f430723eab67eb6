#pragma once
// SQLite with RAII: a database, a prepared statement, a transaction. In the spirit of SQLiteCpp; sqlite3.h stays in
// .cpp files.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.h"

struct sqlite3;
struct sqlite3_stmt;

namespace noema::memory {

/// A UNIQUE constraint refused a row; the transaction goes on without it.
class UniqueError : public base::Error {
 public:
  using Error::Error;
};

/// Bytes to bind as BLOB instead of TEXT.
struct Blob {
  std::string_view bytes;
};

class Database;

/// A prepared statement. Parameters and columns count from 0.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  void bind(int index, std::int64_t value);
  void bind(int index, int value) { bind(index, static_cast<std::int64_t>(value)); }
  void bind(int index, double value);
  void bind(int index, std::string_view value);
  void bind(int index, const char* value) { bind(index, std::string_view(value)); }
  void bind(int index, const std::string& value) { bind(index, std::string_view(value)); }
  void bind(int index, Blob value);
  void bind(int index, std::nullopt_t);
  template <class T>
  void bind(int index, const std::optional<T>& value) {
    value ? bind(index, *value) : bind(index, std::nullopt);
  }
  /// Binds the first parameters in order.
  template <class... Values>
  Statement& bind_all(const Values&... values) {
    int index = 0;
    (bind(index++, values), ...);
    return *this;
  }

  /// True when it stands on a row. Throws Error naming the file, UniqueError for a duplicate.
  bool step();
  /// Runs to the end and is then ready to run again.
  void run();
  void reset();

  bool is_null(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  /// Valid until the next step or reset.
  std::string_view text(int column) const;
  std::string_view blob(int column) const;
  std::optional<std::string> optional_text(int column) const;

 private:
  friend struct ResetStatement;
  Database& database_;
  sqlite3_stmt* handle_ = nullptr;
};

/// Gives a cached statement back: it must not keep a read transaction open.
struct ResetStatement {
  void operator()(Statement* statement) const { statement->reset(); }
};
using CachedStatement = std::unique_ptr<Statement, ResetStatement>;

enum class OpenMode { kReadWrite, kCreate, kReadOnly, kImmutable };

class Database {
 public:
  /// Throws Error if it cannot be opened.
  Database(const std::filesystem::path& path, OpenMode mode, int busy_seconds);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  /// Runs SQL text without results.
  void execute(const std::string& sql);
  /// The prepared statement for `sql`, made once; reset when the result goes. One use at a time.
  CachedStatement use(std::string_view sql);
  /// First column of the first row; throws Error without a row.
  std::int64_t integer(std::string_view sql);
  std::string text(std::string_view sql);

  const std::string& name() const { return name_; }
  sqlite3* handle() const { return handle_; }
  bool in_transaction() const;
  /// SQLite opens a file that it may not write for reading, without a word.
  bool read_only() const;
  /// Throws the Error for an SQLite result code.
  [[noreturn]] void fail(int code) const;

 private:
  std::string name_;
  int busy_seconds_;
  sqlite3* handle_ = nullptr;
  std::unordered_map<std::string_view, std::unique_ptr<Statement>> statements_;
  std::unordered_map<std::string_view, std::unique_ptr<std::string>> texts_;
};

/// BEGIN IMMEDIATE ... COMMIT; rolls back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  /// On failure everything is rolled back and Error thrown.
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace noema::memory
