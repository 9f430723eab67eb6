#pragma once
// The door of memory: one persistent life in one SQLite file. Rows in, rows out, durable, one order. Nothing here knows
// what a thought means.
//
// Log first: episodes, thoughts and undos are appended to one log, in batches that commit() makes durable. The concepts
// are a checkpoint, stamped with the log position up to which they hold; whoever opens a life loads it and replays the
// rest. Tables and views are explained in docs/life-format.md.

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "memory/rows.h"

namespace noema::memory {

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

/// Counts kept by the life itself; all O(1).
struct LifeCounts {
  std::int64_t episodes = 0;
  std::int64_t thoughts = 0;
  std::int64_t undos = 0;
};

/// Where a source that is fed again goes on.
struct FeedRow {
  std::int64_t id = 0;
  std::string content_hash;  ///< FeedHash over the acknowledged lines
  std::string source;
  std::string format;
  std::string group;
  std::int64_t acknowledged = 0;  ///< lines
  std::int64_t bytes = 0;         ///< of all that the hash is over
  std::int64_t pieces = 0;        ///< pieces or inputs of the next line that are stored too
  EpisodeId begins_at = 0;        ///< the episode that holds the first piece of the input that was stored last
};

/// Receives a checkpoint's changes, all in the one transaction of write_checkpoint.
class CheckpointWriter {
 public:
  virtual ~CheckpointWriter() = default;
  /// Adds or replaces the row with this id.
  virtual void put(const ConceptRow& row) = 0;
  virtual void erase(ConceptId id) = 0;
  /// Drops all concepts, so that the checkpoint can be written whole.
  virtual void clear() = 0;
  virtual void set_state(std::string_view key, std::string_view value) = 0;
};

/// One open life. Move-only; one thread at a time (another thread opens its own for reading).
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

  /// Stores an episode. `terms`: its units, folded and separated by spaces, for search(). Throws Error if outer_id is
  /// taken in its group (the message names source and line); the batch then stays as it was.
  EpisodeId append(const EpisodeRow& row, std::string_view terms);
  ThoughtId append(const ThoughtRow& row);
  /// Records that a thought is taken back. Throws Error if there is no such thought or it is undone already.
  Position append_undo(ThoughtId thought, double time);
  /// Records another frozen model (a re-encoding); model() gives it from now on. Returns its id.
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
  std::optional<EpisodeRow> episode(EpisodeId id) const;
  /// The whole input that an episode is a piece of: the row of its first piece, with the text and the attachments of
  /// all. Most inputs have one piece, so this is that episode.
  std::optional<EpisodeRow> input(EpisodeId id) const;
  std::optional<EpisodeRow> find_episode(std::string_view group, std::string_view outer_id) const;
  std::optional<ThoughtRow> thought(ThoughtId id) const;
  /// Thoughts that are about this concept or made it, oldest first. O(their number).
  std::vector<ThoughtId> thoughts_about(ConceptId id) const;
  /// Later thoughts that still stand and name one of the concepts that this one names, oldest first.
  std::vector<ThoughtId> later_thoughts_sharing(ThoughtId id) const;
  /// The first thought of a kind after this one that still stands, or nothing.
  std::optional<ThoughtId> next_thought_of_kind(std::string_view kind, ThoughtId after) const;
  /// Visits every log entry with position > after, in order, streaming.
  void for_each_log_entry(Position after, const std::function<void(const LogEntry&)>& visit) const;
  /// Inputs (by their first episodes) that hold any of the terms, best BM25 first, at most k; `group`: only this one. A
  /// term is matched as a whole (several words: as a phrase); nothing in it can be a syntax error. Terms must be folded
  /// like those of append().
  std::vector<LexicalHit> search(const std::vector<std::string>& terms, std::size_t k,
                                 const std::optional<std::string>& group = std::nullopt) const;

  // --- The checkpoint and the state beside it.

  /// Writes, in one durable transaction together with the current batch: what `fill` puts, and the stamp `position`
  /// (at most last_position()). An exception of `fill` rolls all of it back, the batch too.
  void write_checkpoint(Position position, const std::function<void(CheckpointWriter&)>& fill);
  /// Log position up to which the concepts hold; 0: never written.
  Position checkpoint_position() const;
  /// In order of id, streaming.
  void for_each_concept(const std::function<void(const ConceptRow&)>& visit) const;
  std::optional<ConceptRow> concept_row(ConceptId id) const;
  /// The concept of a unit's identity in the checkpoint, or nothing. O(log concepts).
  std::optional<ConceptId> unit_named(std::string_view identity) const;
  /// State outside a checkpoint, in the current batch.
  void set_state(std::string_view key, std::string_view value);
  std::optional<std::string> state(std::string_view key) const;

  // --- What the life was made with.

  std::uint64_t seed() const;
  std::int64_t max_concepts() const;
  std::int64_t max_bytes() const;
  std::string options() const;
  double created_time() const;
  std::string model_hash() const;
  std::string model() const;  ///< bytes of the frozen model in force

  /// The rule by which the units of the row at this log position are told apart: rows keep the one that they were taken
  /// in by. O(1).
  base::IdentityRule rule_at(Position position) const;

  // --- Feeds (memory/feed.h has the cursor that uses them).

  /// The fewest acknowledged lines, but not below `least`, of a feed of this format and group that stands on a
  /// resumable source; nothing if there is none. O(log feeds).
  std::optional<std::int64_t> next_feed_length(std::string_view format, std::string_view group,
                                               std::int64_t least) const;
  /// Feeds of this format and group whose acknowledged lines have this hash, longest first. O(log feeds).
  std::vector<FeedRow> feeds_of(std::string_view format, std::string_view group, std::string_view content_hash) const;
  /// Adds (id 0) or updates a feed in the current batch; returns its id.
  std::int64_t record_feed(const FeedRow& row);

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

  struct Impl;  ///< memory/life_impl.h

 private:
  explicit Life(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace noema::memory
