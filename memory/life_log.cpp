// The log of a life: appending to it, and reading what was appended.

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/hash.h"
#include "memory/life_impl.h"
#include "memory/mention_index.h"
#include "memory/row_codec.h"
#include "memory/varint.h"

namespace noema::memory {

std::int64_t chain_checksum(std::int64_t previous, Position position, std::string_view kind, std::int64_t ref,
                            double time, const Checksum& content) {
  Checksum link = content;
  return link.integer(previous).integer(position).text(kind).integer(ref).real(time).value();
}

std::string group_token(std::string_view group) { return std::string("g").append(base::sha256_hex(group), 0, 16); }

Totals LifeImpl::totals() const {
  return access == Access::kWrite ? now : Totals::from_json(read_meta(*database, "totals"));
}

void LifeImpl::begin() {
  base::check(access == Access::kWrite, "a life open for reading is not written to");
  if (!batch) batch.emplace(*database);
}

void LifeImpl::commit() {
  if (!batch) return;
  try {
    require_unmoved();
    write_meta(*database, "totals", now.to_json());
    batch->commit();
  } catch (...) {
    lost_writes = true;
    rollback();
    throw;
  }
  batch.reset();
  committed = now;
}

void LifeImpl::require_unmoved() {
  const auto named = identity_of_file(path);
  if (named == file) return;
  rollback();
  // What was committed may lie in the write-ahead log, which did not move along.
  const bool all_in_file = database->integer("PRAGMA wal_checkpoint(TRUNCATE)") == 0;
  if (all_in_file && !named)
    for (const char* ending : {"-wal", "-shm"}) std::filesystem::remove(path.string() + ending);
  throw base::Error(
      path.string() + ": the life was " + (named ? "replaced by another file" : "moved or deleted") +
      " while it was open; what was acknowledged is in the file that was opened, open it where it is now");
}

void LifeImpl::rollback() {
  batch.reset();
  now = committed;
}

void LifeImpl::append_log(LogKind kind, std::int64_t ref, double time, const Checksum& content) {
  const Position position = now.position + 1;
  const std::int64_t link = chain_checksum(now.checksum, position, name_of(kind), ref, time, content);
  auto insert = database->use("INSERT INTO log(position, kind, ref, time, checksum) VALUES(?, ?, ?, ?, ?)");
  insert->bind_all(position, name_of(kind), ref, time, link).run();
  now.position = position;
  now.checksum = link;
}

EpisodeId Life::append(const EpisodeRow& given, std::string_view terms) {
  LifeImpl& life = *impl_;
  base::check(std::isfinite(given.time), "an episode has a time");
  base::check((given.part == 0) == (given.begins_at == 0), "a later piece names the episode of the first one");
  EpisodeRow row = given;
  return life.in_batch([&] {
    row.id = life.now.episodes + 1;
    row.position = life.now.position + 1;
    try {
      auto insert = life.database->use(
          "INSERT INTO episodes(id, position, time, source, line, group_name, speaker, outer_id, label, answer, kind, "
          "part, begins_at, text, attachments, image) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
      const std::string attachments = encode_varints(row.attachments);
      const auto image = row.image ? std::optional(Blob{*row.image}) : std::nullopt;
      insert->bind_all(row.id, row.position, row.time, row.source, row.line, row.group, row.speaker, row.outer_id,
                       row.label, row.answer, row.kind, row.part, or_null(row.begins_at), row.text, Blob{attachments},
                       image);
      insert->run();
    } catch (const UniqueError&) {
      throw UniqueError(row.source + ", line " + std::to_string(row.line) + ": the id \"" + row.outer_id.value_or("") +
                        "\" is already in group \"" + row.group +
                        "\", and an id is unique in its group; drop the line, or give "
                        "it another id or group");
    }
    if (!row.group.empty() && row.group != life.group_of_token) {
      life.token = group_token(row.group);
      life.group_of_token = row.group;
    }
    auto index = life.database->use("INSERT INTO episode_terms(rowid, terms, group_token) VALUES(?, ?, ?)");
    index->bind_all(row.id, terms, row.group.empty() ? std::string_view() : std::string_view(life.token)).run();
    life.database->use("INSERT INTO mention_index(rowid, concepts) VALUES(?, ?)")
        ->bind_all(row.id, mention_terms(row.attachments))
        .run();
    Checksum content;
    add_to(content, row);
    life.append_log(LogKind::kEpisode, row.id, row.time, content);
    return life.now.episodes = row.id;
  });
}

ThoughtId Life::append(const ThoughtRow& given) {
  LifeImpl& life = *impl_;
  base::check(std::isfinite(given.time) && std::isfinite(given.gain_bits) && std::isfinite(given.cost_seconds),
              "a thought's numbers are finite");
  require_object(given.details, "the details of a thought");
  require_object(given.operands, "the operands of a thought");
  ThoughtRow row = given;
  std::sort(row.concepts.begin(), row.concepts.end());
  row.concepts.erase(std::unique(row.concepts.begin(), row.concepts.end()), row.concepts.end());
  return life.in_batch([&] {
    row.id = life.now.thoughts + 1;
    row.position = life.now.position + 1;
    auto insert = life.database->use(
        "INSERT INTO thoughts(id, position, time, kind, operands, result_id, gain_bits, cost_seconds, candidates, "
        "evidence, "
        "reason, details, after_episode, undone_by) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)");
    insert->bind_all(row.id, row.position, row.time, row.kind, row.operands, or_null(row.result), row.gain_bits,
                     row.cost_seconds, row.candidates, encode_ids(row.evidence), row.reason, row.details,
                     row.after_episode);
    insert->run();
    for (const ThoughtConcept& one : row.concepts)
      life.database->use("INSERT INTO thought_concepts(thought, concept, role) VALUES(?, ?, ?)")
          ->bind_all(row.id, one.id, one.role)
          .run();
    Checksum content;
    add_to(content, row);
    life.append_log(LogKind::kThought, row.id, row.time, content);
    return life.now.thoughts = row.id;
  });
}

Position Life::append_undo(ThoughtId id, double time) {
  LifeImpl& life = *impl_;
  const auto found = thoughts().find(id);
  const std::string name = life.path.string() + ": thought:" + std::to_string(id);
  if (!found) throw base::Error(name + " does not exist; there are " + std::to_string(life.now.thoughts) + " thoughts");
  if (found->undone_by != 0)
    throw base::Error(name + " is undone already, at log position " + std::to_string(found->undone_by));
  return life.in_batch([&] {
    life.append_log(LogKind::kUndo, id, time, Checksum());
    life.database->use("UPDATE thoughts SET undone_by = ? WHERE id = ?")->bind_all(life.now.position, id).run();
    ++life.now.undos;
    return life.now.position;
  });
}

std::int64_t Life::append_model(std::string_view bytes, std::string_view hash, double time) {
  LifeImpl& life = *impl_;
  return life.in_batch([&] {
    const std::int64_t id = life.database->integer("SELECT max(id) FROM model") + 1;
    insert_model(*life.database, id, bytes, hash, life.now.position + 1, time);
    Checksum content;
    content.text(life.database->text("SELECT hash || content_hash FROM model ORDER BY id DESC LIMIT 1"));
    life.append_log(LogKind::kModel, id, time, content);
    return id;
  });
}

void Life::commit() { impl_->commit(); }
void Life::rollback() { impl_->rollback(); }
bool Life::lost_writes() const { return impl_->lost_writes; }
bool Life::batch_open() const { return impl_->batch.has_value(); }
Position Life::last_position() const { return impl_->totals().position; }

LifeCounts Life::counts() const {
  const Totals totals = impl_->totals();
  return {totals.episodes, totals.thoughts, totals.undos};
}

void Life::consistently(const std::function<void()>& body) const {
  // The only writer sees one state anyway; nothing changes under it.
  if (impl_->access == Access::kWrite || impl_->database->in_transaction()) return body();
  impl_->database->execute("BEGIN");
  try {
    body();
  } catch (...) {
    impl_->database->execute("ROLLBACK");
    throw;
  }
  impl_->database->execute("COMMIT");
}

void for_each_log_entry(const Life& life, Position after, const std::function<void(const LogEntry&)>& visit) {
  life.for_log_entries_while(after, [&](const LogEntry& entry) {
    visit(entry);
    return true;
  });
}

void Life::for_log_entries_while(Position after, const std::function<bool(const LogEntry&)>& visit) const {
  Statement rows(*impl_->database, "SELECT position, kind, ref, time FROM log WHERE position > ? ORDER BY position");
  rows.bind_all(after);
  while (rows.step()) {
    LogEntry entry{rows.integer(0), log_kind(rows.text(1)), rows.integer(2), rows.real(3)};
    std::optional<EpisodeRow> found_episode;
    std::optional<ThoughtRow> found_thought;
    if (entry.kind == LogKind::kEpisode) found_episode = episodes().find(entry.ref);
    if (entry.kind == LogKind::kThought || entry.kind == LogKind::kUndo) found_thought = thoughts().find(entry.ref);
    if (entry.kind != LogKind::kModel && !found_episode && !found_thought) {
      throw base::Error(impl_->path.string() + ": log position " + std::to_string(entry.position) +
                        " names the missing " + name_of(entry.kind) + " " + std::to_string(entry.ref) +
                        "; the file is damaged, restore a backup");
    }
    entry.episode = found_episode ? &*found_episode : nullptr;
    entry.thought = found_thought ? &*found_thought : nullptr;
    if (!visit(entry)) return;
  }
}

}  // namespace noema::memory
