#pragma once
// What the .cpp files of Life and of its parts share.

#include <map>
#include <memory>
#include <optional>
#include <string>

#include "memory/database.h"
#include "memory/file_identity.h"
#include "memory/life.h"
#include "memory/lock.h"

namespace noema::memory {

/// What a life knows of its ends without looking: one meta row, rewritten with every batch. The digests are sums modulo
/// 2^64 of row checksums, so that changing one row changes them in O(1).
struct Totals {
  Position position = 0;
  std::int64_t checksum = 0;  ///< of the last log row: the end of the chain
  std::int64_t episodes = 0;
  std::int64_t thoughts = 0;
  std::int64_t undos = 0;
  Position checkpoint_position = 0;
  std::int64_t concepts = 0;
  std::uint64_t concepts_digest = 0;
  std::uint64_t state_digest = 0;
  std::uint64_t feeds_digest = 0;
  std::uint64_t facts_digest = 0;  // not in a life of an earlier format

  std::string to_json() const;
  /// Throws base::Error if the text was never written by to_json.
  static Totals from_json(std::string_view json);
};

/// Value of a meta key; throws base::Error if it is missing or its checksum is wrong.
std::string read_meta(Database& database, std::string_view key);
void write_meta(Database& database, std::string_view key, std::string_view value);
/// The last log position whose row keeps IdentityRule::kCaseFolded; all rows, in a format before it was kept.
Position case_folded_until(Database& database);
/// The checksum that the log's chain begins with: over all that never changes under a life.
std::int64_t genesis_checksum(Database& database);
/// Inserts a model and its parts.
void insert_model(Database& database, std::int64_t id, std::string_view bytes, std::string_view hash, Position position,
                  double time);
/// Bytes of a model; checks them against their hash if asked to.
std::string read_model(Database& database, std::int64_t id);
/// Opens read-only what may be in use, or in a folder that cannot be written.
std::unique_ptr<Database> open_for_reading(const std::filesystem::path& path, int busy_seconds);

/// Makes a file's new name in its folder survive a power loss.
void sync_folder_of(const std::filesystem::path& path);

struct LifeImpl {
  std::filesystem::path path;
  Access access = Access::kRead;
  OpenOptions options;
  std::unique_ptr<WriterLock> lock;  // before the database, so that it goes after it
  std::unique_ptr<Database> database;
  std::optional<FileIdentity> file;  // that was opened
  std::optional<Transaction> batch;
  bool lost_writes = false;
  Position case_folded_until = 0;
  Totals committed;
  Totals now;
  std::string group_of_token;  // group_token() of the last group
  std::string token;

  LifeImpl() = default;
  ~LifeImpl();
  void remove_empty_log();
  /// Committed by anyone, for a reader; with the current batch, for the writer.
  Totals totals() const;
  /// Throws base::Error if the path does not name the open file any more; what was committed is then in that file.
  void require_unmoved();
  /// Begins the batch if there is none. Throws std::logic_error for a life open for reading.
  void begin();
  void commit();
  void rollback();
  /// Adds a row to the log, its checksum chained to the one before it. `content`: of the row it points to.
  void append_log(LogKind kind, std::int64_t ref, double time, const class Checksum& content);
  /// Runs `change` in the batch. If it fails the batch is rolled back, but a refused duplicate leaves it as it was.
  template <class Change>
  auto in_batch(const Change& change);
  void put_state(std::string_view key, std::string_view value);
};

/// The checksum of a log row; `content` is that of the row it points to.
std::int64_t chain_checksum(std::int64_t previous, Position position, std::string_view kind, std::int64_t ref,
                            double time, const Checksum& content);

/// One FTS token that stands for a group.
std::string group_token(std::string_view group);

template <class Change>
auto LifeImpl::in_batch(const Change& change) {
  try {
    begin();
    return change();
  } catch (const UniqueError&) {
    throw;
  } catch (...) {
    lost_writes = true;
    rollback();
    throw;
  }
}

}  // namespace noema::memory
