#pragma once
// The door of memory: one persistent life in one SQLite file. Rows in, rows out, durable, one order. Nothing here knows
// what a thought means.
//
// Log first: episodes, thoughts and undos are appended to one log, in batches that commit() makes durable. The concepts
// are a checkpoint, stamped with the log position up to which they hold; whoever opens a life loads it and replays the
// rest. Each part of a life has a header of its own, which this one includes. Tables and views are explained in
// docs/life-format.md.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "memory/checkpoint.h"
#include "memory/episode_log.h"
#include "memory/fact_table.h"
#include "memory/feed_table.h"
#include "memory/rows.h"
#include "memory/stored_model.h"
#include "memory/thought_log.h"

namespace noema::memory {

struct LifeImpl;  // memory/life_impl.h

enum class Access { kRead, kWrite };
/// kNormal: what was committed survives a kill; kFull: a power loss too.
enum class Sync { kNormal, kFull };

struct OpenOptions {
  Sync sync = Sync::kNormal;
  int busy_seconds = 30;  ///< how long to wait for another process that holds the database for a moment
};

struct CreateOptions {
  std::string model_bytes;  ///< the frozen model file, kept in the life
  std::string model_hash;   ///< the name its maker gives it; empty: SHA-256 of model_bytes
  std::uint64_t seed = 1;
  std::int64_t max_concepts = 0;  ///< 0: no limit
  std::int64_t max_bytes = 0;     ///< 0: no limit
  std::string options = "{}";     ///< JSON object of whatever else the life is made with
  double time = 0;                ///< seconds since 1970: when it is made
  bool force = false;             ///< replace a life that is there; a file that is no life is never replaced
  OpenOptions open;
};

/// What a life was made with; it never changes.
struct LifeOrigin {
  std::uint64_t seed = 1;
  std::int64_t max_concepts = 0;  ///< 0: no limit
  std::int64_t max_bytes = 0;     ///< 0: no limit
  std::string options;            ///< JSON object
  double created_time = 0;        ///< seconds since 1970
};

/// Counts kept by the life itself; all O(1).
struct LifeCounts {
  std::int64_t episodes = 0;
  std::int64_t thoughts = 0;
  std::int64_t undos = 0;
};

/// One open life. Its parts (episodes(), thoughts() and the others) are small values that refer to it: they are good
/// while it is open, also after it was moved. Move-only; one thread at a time (another thread opens its own for
/// reading).
class Life {
 public:
  /// Makes a new life and opens it for writing. Throws Error if something is there (unless `force` and it is a life),
  /// the folder cannot be written, or the disk is full; then nothing is left behind.
  static Life create(const std::filesystem::path& path, const CreateOptions& options);

  /// Throws Error if the file is missing, empty, no life, damaged, made by a newer noema, or (kWrite) another process
  /// has it open for writing or it cannot be written. O(1) but for migrations and what a crash left in the write-ahead
  /// log.
  static Life open(const std::filesystem::path& path, Access access, const OpenOptions& options = {});

  Life(Life&&) noexcept;
  Life& operator=(Life&&) noexcept;
  /// An uncommitted batch is dropped: it was never acknowledged.
  ~Life();

  // --- The log: appended to the current batch, seen by this object at once, by others after commit(). Each throws
  // Error on
  //     a full or failing disk; then the batch is rolled back and all that was committed is still there.

  /// Stores an episode. `terms`: its units, folded and separated by spaces, for EpisodeLog::search(). Throws Error if
  /// outer_id is taken in its group (the message names source and line); the batch then stays as it was.
  EpisodeId append(const EpisodeRow& row, std::string_view terms);
  ThoughtId append(const ThoughtRow& row);
  /// Records that a thought is taken back. Throws Error if there is no such thought or it is undone already.
  Position append_undo(ThoughtId thought, double time);
  /// Records another frozen model (a re-encoding), which model() gives from now on. Returns its id.
  std::int64_t append_model(std::string_view bytes, std::string_view hash, double time);

  /// Makes the batch durable. Nothing to do without one.
  void commit();
  /// Drops the batch.
  void rollback();
  bool batch_open() const;
  /// True once a write failed and its batch was rolled back: what the caller made of that batch is in no log.
  bool lost_writes() const;

  /// Last log position, the current batch included; 0 in a new life.
  Position last_position() const;
  LifeCounts counts() const;

  // --- Reading.

  /// Runs `body` on one committed state, whatever others commit meanwhile: for loading the checkpoint and replaying the
  /// rest.
  void consistently(const std::function<void()>& body) const;
  /// Visits the log entries with position > after, in order, streaming, up to the one of which `visit` says false.
  void for_log_entries_while(Position after, const std::function<bool(const LogEntry&)>& visit) const;
  EpisodeLog episodes() const;
  ThoughtLog thoughts() const;
  StoredModel model() const;
  FeedTable feeds();
  /// Throws Error if it was damaged.
  LifeOrigin origin() const;

  // --- The checkpoint and the state beside it.

  /// Writes, in one durable transaction together with the current batch: what `fill` puts, and the stamp `position`
  /// (at most last_position()). An exception of `fill` rolls all of it back, the batch too.
  void write_checkpoint(Position position, const std::function<void(CheckpointWriter&)>& fill);
  Checkpoint checkpoint() const;
  /// Makes the tables of facts and rules hold these, for those who query the file; in the current batch. O(facts).
  /// Where subjects are given, each named once, `facts` are all of theirs, and those of others stay: O(their facts).
  void put_known(std::vector<FactRow> facts, const std::vector<RuleRow>& rules,
                 const std::optional<std::vector<std::string>>& subjects = std::nullopt);
  /// State outside a checkpoint, in the current batch.
  void set_state(std::string_view key, std::string_view value);
  std::optional<std::string> state(std::string_view key) const;

  // --- The file.

  const std::filesystem::path& path() const;
  /// Bytes of the file and its write-ahead log.
  std::int64_t file_bytes() const;
  /// Writes a consistent copy of the committed state, also while others write. Throws Error if `target` exists; leaves
  /// nothing behind on failure.
  void backup(const std::filesystem::path& target) const;
  /// Everything that is wrong with the file, its log, its rows and its checkpoint, one line each; empty: sound. Reads
  /// the whole file. At most `most` lines.
  std::vector<std::string> check(std::size_t most = 50) const;

 private:
  explicit Life(std::unique_ptr<LifeImpl> impl);
  std::unique_ptr<LifeImpl> impl_;
};

/// Visits every log entry with position > after, in order, streaming.
void for_each_log_entry(const Life& life, Position after, const std::function<void(const LogEntry&)>& visit);

}  // namespace noema::memory
