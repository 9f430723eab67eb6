#include "memory/life.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <memory>
#include <system_error>
#include <vector>

#include "base/error.h"
#include "memory/file_kind.h"
#include "memory/life_impl.h"
#include "memory/row_codec.h"
#include "memory/schema.h"

namespace noema::memory {
namespace {

namespace fs = std::filesystem;

enum class FileKind { kMissing, kEmpty, kLife, kOther, kOtherDatabase };

// The first 100 bytes of an SQLite file (https://www.sqlite.org/fileformat.html). They are read through SQLite: a
// process that closes a file in another way loses all locks that its connections hold on it (fcntl), and whoever closes
// the life then believes to be the last and removes the write-ahead log under them.
class Header {
 public:
  explicit Header(const fs::path& path) {
    sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
    const std::unique_ptr<const char, void (*)(const char*)> name(
        sqlite3_create_filename(path.c_str(), "", "", 0, nullptr), sqlite3_free_filename);
    std::vector<std::max_align_t> place(static_cast<std::size_t>(vfs->szOsFile) / sizeof(std::max_align_t) + 1);
    auto* file = reinterpret_cast<sqlite3_file*>(place.data());
    if (vfs->xOpen(vfs, name.get(), file, SQLITE_OPEN_READONLY | SQLITE_OPEN_MAIN_DB, nullptr) != SQLITE_OK)
      throw base::Error(path.string() + ": cannot be read; check its permissions");
    sqlite3_int64 bytes = 0;
    file->pMethods->xFileSize(file, &bytes);
    size_ = std::min<std::int64_t>(bytes, static_cast<std::int64_t>(bytes_.size()));
    const int code = file->pMethods->xRead(file, bytes_.data(), static_cast<int>(size_), 0);
    file->pMethods->xClose(file);
    if (code != SQLITE_OK) throw base::Error(path.string() + ": cannot be read; check the disk");
  }
  bool empty() const { return size_ == 0; }
  bool database() const { return size_ == 100 && std::string_view(bytes_.data(), 15) == "SQLite format 3"; }
  std::uint32_t application() const { return number(68, 4); }
  /// Bytes that the file should have; 0 if the header does not know.
  std::uint64_t file_bytes() const {
    if (number(24, 4) != number(92, 4)) return 0;
    const std::uint64_t page_bytes = number(16, 2) == 1 ? 65536 : number(16, 2);
    return page_bytes * number(28, 4);
  }

 private:
  std::uint32_t number(int at, int width) const {
    std::uint32_t value = 0;
    for (int i = at; i < at + width; ++i) value = value << 8 | static_cast<unsigned char>(bytes_[i]);
    return value;
  }

  std::array<char, 100> bytes_{};
  std::int64_t size_ = 0;
};

FileKind kind_of(const fs::path& path) {
  std::error_code ignored;
  if (!fs::exists(path, ignored)) return FileKind::kMissing;
  if (!fs::is_regular_file(path, ignored)) return FileKind::kOther;
  const Header header(path);
  if (header.empty()) return FileKind::kEmpty;
  if (!header.database()) return FileKind::kOther;
  return header.application() == kApplicationId ? FileKind::kLife : FileKind::kOtherDatabase;
}

// With a write-ahead log beside it a file may be shorter than its header says: its end is still in the log.
void require_whole(const fs::path& path) {
  std::error_code error;
  if (fs::file_size(path.string() + "-wal", error) > 0 && !error) return;
  const std::uint64_t expected = Header(path).file_bytes();
  const std::uint64_t found = fs::file_size(path, error);
  if (error || found >= expected) return;
  throw base::Error(path.string() + ": the file is damaged: cut short, " + std::to_string(found) + " of " +
                    std::to_string(expected) + " bytes; restore a backup");
}

void require_life(const fs::path& path) {
  const std::string name = path.string();
  switch (kind_of(path)) {
    case FileKind::kLife: return require_whole(path);
    case FileKind::kMissing:
      throw base::Error(name + ": there is no such life; check the name, or make one with noema new");
    case FileKind::kEmpty: throw base::Error(name + ": the file is empty, so it is no life; make one with noema new");
    case FileKind::kOther: throw base::Error(name + ": this is no life (not an SQLite database); check the name");
    case FileKind::kOtherDatabase:
      throw base::Error(name + ": an SQLite database, but no life of noema; check the name");
  }
}

fs::path resolved(const fs::path& path) {
  std::error_code error;
  fs::path target = fs::weakly_canonical(path, error);
  return error ? path : target;
}

void remove_with_logs(const fs::path& path) {
  std::error_code ignored;
  for (const char* ending : {"-wal", "-shm", "-journal", ""}) fs::remove(path.string() + ending, ignored);
}

void write_new_life(const fs::path& path, const CreateOptions& options) {
  Database database(path, OpenMode::kCreate, options.open.busy_seconds);
  migrate(database, migrations());
  Transaction transaction(database);
  write_meta(database, "seed", std::to_string(options.seed));
  write_meta(database, "max_concepts", std::to_string(options.max_concepts));
  write_meta(database, "max_bytes", std::to_string(options.max_bytes));
  write_meta(database, "options", options.options);
  write_meta(database, "created", std::to_string(options.time));
  insert_model(database, 1, options.model_bytes, options.model_hash, 0, options.time);
  Totals totals;
  totals.checksum = genesis_checksum(database);
  write_meta(database, "totals", totals.to_json());
  transaction.commit();
  database.execute("PRAGMA journal_mode = WAL");
}

void require_replaceable(const fs::path& path, bool force) {
  const FileKind kind = kind_of(path);
  if (kind == FileKind::kMissing) return;
  if (!force)
    throw base::Error(path.string() +
                      ": there is such a file already; choose another name, or --force to replace a life");
  if (kind == FileKind::kLife || kind == FileKind::kEmpty) return;
  throw base::Error(path.string() + ": this is no life, so it is not replaced even with --force; remove it yourself");
}

}  // namespace

namespace {

std::uintmax_t log_bytes(const fs::path& path) {
  std::error_code error;
  const auto bytes = fs::file_size(path.string() + "-wal", error);
  return error ? 0 : bytes;
}

}  // namespace

bool is_life(const fs::path& path) try { return kind_of(path) == FileKind::kLife; } catch (const base::Error&) {
  return false;
}

std::unique_ptr<Database> open_for_reading(const fs::path& path, int busy_seconds) {
  auto database = std::make_unique<Database>(path, OpenMode::kReadOnly, busy_seconds);
  try {
    database->integer("SELECT count(*) FROM sqlite_schema");
    return database;
  } catch (const base::Error&) {
    // Where SQLite may not make the files it needs beside a life, nobody writes; so if there is nothing in the
    // write-ahead log, the file alone is the life.
    const fs::path folder = path.has_parent_path() ? path.parent_path() : fs::path(".");
    if (access(folder.c_str(), W_OK) == 0 || log_bytes(path) > 0) throw;
  }
  return std::make_unique<Database>(path, OpenMode::kImmutable, busy_seconds);
}

/// A connection opened read-only leaves an empty write-ahead log behind when it is the last; one that may write removes
/// it.
void LifeImpl::remove_empty_log() {
  std::error_code error;
  if (!fs::exists(path.string() + "-wal", error) || log_bytes(path) > 0 || fs::exists(path.string() + "-lock", error))
    return;
  try {
    Database(path, OpenMode::kReadWrite, 0).integer("SELECT count(*) FROM sqlite_schema");
  } catch (const base::Error&) {
    // Then it stays; it holds nothing.
  }
}

LifeImpl::~LifeImpl() {
  if (access != Access::kRead || !database) return;
  batch.reset();
  database.reset();
  remove_empty_log();
}

Life::Life(std::unique_ptr<LifeImpl> impl) : impl_(std::move(impl)) {}
Life::Life(Life&&) noexcept = default;
Life& Life::operator=(Life&&) noexcept = default;
Life::~Life() = default;

Life Life::create(const fs::path& given, const CreateOptions& options) {
  const fs::path path = resolved(given);
  require_object(options.options, "the options of a new life");
  {
    const WriterLock lock(path);
    require_replaceable(path, options.force);
    const fs::path fresh = path.string() + ".new";
    remove_with_logs(fresh);
    try {
      write_new_life(fresh, options);
      remove_with_logs(path);
      fs::rename(fresh, path);
      sync_folder_of(path);
    } catch (const fs::filesystem_error& error) {
      remove_with_logs(fresh);
      throw base::Error(path.string() + ": cannot be made (" + error.code().message() + "); check the folder");
    } catch (...) {
      remove_with_logs(fresh);
      throw;
    }
  }
  return open(path, Access::kWrite, options.open);
}

Life Life::open(const fs::path& given, Access access, const OpenOptions& options) {
  auto impl = std::make_unique<LifeImpl>();
  impl->path = resolved(given);
  impl->access = access;
  impl->options = options;
  require_life(impl->path);
  if (access == Access::kRead) {
    impl->database = open_for_reading(impl->path, options.busy_seconds);
    refuse_newer(*impl->database, migrations());
    if (format_of(*impl->database) < kFormat) {
      impl->database.reset();
      open(given, Access::kWrite, options);  // which brings it up to date
      impl->database = open_for_reading(impl->path, options.busy_seconds);
    }
  } else {
    impl->lock = std::make_unique<WriterLock>(impl->path);
    impl->database = std::make_unique<Database>(impl->path, OpenMode::kReadWrite, options.busy_seconds);
    if (impl->database->read_only()) impl->database->fail(SQLITE_READONLY);
    refuse_newer(*impl->database, migrations());
    impl->database->execute("PRAGMA journal_mode = WAL");
    impl->database->execute(options.sync == Sync::kFull ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
    impl->database->execute(
        "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32768");
    migrate(*impl->database, migrations());
  }
  impl->file = identity_of_file(impl->path);
  impl->case_folded_until = case_folded_until(*impl->database);
  impl->committed = impl->now = Totals::from_json(read_meta(*impl->database, "totals"));
  return Life(std::move(impl));
}

EpisodeLog Life::episodes() const { return EpisodeLog(*impl_); }
ThoughtLog Life::thoughts() const { return ThoughtLog(*impl_); }
StoredModel Life::model() const { return StoredModel(*impl_); }
FeedTable Life::feeds() { return FeedTable(*impl_); }
Checkpoint Life::checkpoint() const { return Checkpoint(*impl_); }

LifeOrigin Life::origin() const {
  Database& database = *impl_->database;
  return {std::stoull(read_meta(database, "seed")), std::stoll(read_meta(database, "max_concepts")),
          std::stoll(read_meta(database, "max_bytes")), read_meta(database, "options"),
          std::stod(read_meta(database, "created"))};
}

const fs::path& Life::path() const { return impl_->path; }

std::int64_t Life::file_bytes() const {
  std::int64_t bytes = 0;
  for (const char* ending : {"", "-wal"}) {
    std::error_code error;
    const auto size = fs::file_size(impl_->path.string() + ending, error);
    if (!error) bytes += static_cast<std::int64_t>(size);
  }
  return bytes;
}

}  // namespace noema::memory
