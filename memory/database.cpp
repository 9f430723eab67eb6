#include "memory/database.h"

#include <sqlite3.h>

#include <utility>

namespace noema::memory {
namespace {

// A URI is needed to say immutable=1; these characters would end or change the path in it.
std::string uri_of(const std::filesystem::path& path) {
  std::string uri = "file:";
  for (const char c : path.string()) {
    if (c == '%')
      uri += "%25";
    else if (c == '?')
      uri += "%3f";
    else if (c == '#')
      uri += "%23";
    else
      uri += c;
  }
  return uri + "?immutable=1";
}

const char* data_of(std::string_view value) { return value.data() == nullptr ? "" : value.data(); }

}  // namespace

Database::Database(const std::filesystem::path& path, OpenMode mode, int busy_seconds)
    : name_(path.string()), busy_seconds_(busy_seconds) {
  int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  if (mode == OpenMode::kReadWrite) flags |= SQLITE_OPEN_READWRITE;
  if (mode == OpenMode::kCreate) flags |= SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (mode == OpenMode::kReadOnly) flags |= SQLITE_OPEN_READONLY;
  if (mode == OpenMode::kImmutable) flags |= SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
  const std::string target = mode == OpenMode::kImmutable ? uri_of(path) : name_;
  const int code = sqlite3_open_v2(target.c_str(), &handle_, flags, nullptr);
  if (code != SQLITE_OK) {
    const std::string reason = handle_ != nullptr ? sqlite3_errmsg(handle_) : "out of memory";
    sqlite3_close_v2(handle_);
    throw base::Error(name_ + ": cannot be opened (" + reason + "); check the path and its permissions");
  }
  sqlite3_busy_timeout(handle_, busy_seconds * 1000);
}

Database::~Database() {
  statements_.clear();
  sqlite3_close_v2(handle_);
}

void Database::execute(const std::string& sql) {
  const int code = sqlite3_exec(handle_, sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) fail(code);
}

CachedStatement Database::use(std::string_view sql) {
  auto found = statements_.find(sql);
  if (found == statements_.end()) {
    auto text = std::make_unique<std::string>(sql);
    const std::string_view key = *text;
    auto statement = std::make_unique<Statement>(*this, key);
    texts_.emplace(key, std::move(text));
    found = statements_.emplace(key, std::move(statement)).first;
  }
  return CachedStatement(found->second.get());
}

std::int64_t Database::integer(std::string_view sql) {
  Statement statement(*this, sql);
  if (!statement.step()) throw base::Error(name_ + ": no answer to " + std::string(sql) + "; the file is damaged");
  return statement.integer(0);
}

std::string Database::text(std::string_view sql) {
  Statement statement(*this, sql);
  if (!statement.step()) throw base::Error(name_ + ": no answer to " + std::string(sql) + "; the file is damaged");
  return std::string(statement.text(0));
}

bool Database::in_transaction() const { return sqlite3_get_autocommit(handle_) == 0; }

bool Database::read_only() const { return sqlite3_db_readonly(handle_, "main") == 1; }

void Database::fail(int code) const {
  const std::string reason = sqlite3_errmsg(handle_);
  if (code == SQLITE_CONSTRAINT_UNIQUE || code == SQLITE_CONSTRAINT_PRIMARYKEY || code == SQLITE_CONSTRAINT_ROWID) {
    throw UniqueError(name_ + ": a row is there already (" + reason + ")");
  }
  switch (code & 0xff) {
    case SQLITE_FULL:
      throw base::Error(name_ + ": the disk is full; all that was acknowledged is stored, free some space and go on");
    case SQLITE_IOERR:
      throw base::Error(name_ + ": reading or writing failed (" + reason +
                        "); all that was acknowledged is stored, check the disk and its free space and go on");
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      throw base::Error(name_ + ": another program held the database for " + std::to_string(busy_seconds_) +
                        " seconds; end it or try again");
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      throw base::Error(name_ + ": cannot be written or opened (" + reason +
                        "); make the file and its folder writable, or copy it to a folder that is");
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      throw base::Error(name_ + ": the file is damaged (" + reason + "); run noema check on it and restore a backup");
    default: throw base::Error(name_ + ": the database failed with code " + std::to_string(code) + " (" + reason + ")");
  }
}

Statement::Statement(Database& database, std::string_view sql) : database_(database) {
  const int code = sqlite3_prepare_v3(database.handle(), sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle_, nullptr);
  if (code != SQLITE_OK) database.fail(code);
}

Statement::~Statement() { sqlite3_finalize(handle_); }

void Statement::bind(int index, std::int64_t value) { sqlite3_bind_int64(handle_, index + 1, value); }
void Statement::bind(int index, double value) { sqlite3_bind_double(handle_, index + 1, value); }
void Statement::bind(int index, std::nullopt_t) { sqlite3_bind_null(handle_, index + 1); }

void Statement::bind(int index, std::string_view value) {
  const int code = sqlite3_bind_text64(handle_, index + 1, data_of(value), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
  if (code != SQLITE_OK) database_.fail(code);
}

void Statement::bind(int index, Blob value) {
  const int code = sqlite3_bind_blob64(handle_, index + 1, data_of(value.bytes), value.bytes.size(), SQLITE_TRANSIENT);
  if (code != SQLITE_OK) database_.fail(code);
}

bool Statement::step() {
  const int code = sqlite3_step(handle_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  sqlite3_reset(handle_);
  database_.fail(code);
}

void Statement::run() {
  while (step()) {
  }
  sqlite3_reset(handle_);
}

void Statement::reset() {
  sqlite3_reset(handle_);
  sqlite3_clear_bindings(handle_);
}

bool Statement::is_null(int column) const { return sqlite3_column_type(handle_, column) == SQLITE_NULL; }
std::int64_t Statement::integer(int column) const { return sqlite3_column_int64(handle_, column); }
double Statement::real(int column) const { return sqlite3_column_double(handle_, column); }

std::string_view Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(handle_, column);
  if (bytes == nullptr) return {};
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::string_view Statement::blob(int column) const {
  const void* bytes = sqlite3_column_blob(handle_, column);
  if (bytes == nullptr) return {};
  return {static_cast<const char*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(handle_, column))};
}

std::optional<std::string> Statement::optional_text(int column) const {
  if (is_null(column)) return std::nullopt;
  return std::string(text(column));
}

Transaction::Transaction(Database& database) : database_(database) { database.use("BEGIN IMMEDIATE")->run(); }

Transaction::~Transaction() {
  // A full disk may have rolled back already.
  if (open_ && database_.in_transaction()) sqlite3_exec(database_.handle(), "ROLLBACK", nullptr, nullptr, nullptr);
}

void Transaction::commit() {
  database_.use("COMMIT")->run();
  open_ = false;
}

}  // namespace noema::memory
