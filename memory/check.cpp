// Finds damage: in the file, in the chain of the log, in the rows, in the checkpoint.

#include <algorithm>
#include <unordered_set>

#include "base/error.h"
#include "base/hash.h"
#include "memory/check_search.h"
#include "memory/concept_table.h"
#include "memory/life_impl.h"
#include "memory/row_codec.h"
#include "memory/schema.h"

namespace noema::memory {
namespace {

class Checker {
 public:
  Checker(const Life& life, LifeImpl& impl, std::size_t most)
      : life_(life), database_(*impl.database), impl_(impl), most_(most) {}

  std::vector<std::string> run() {
    attempt([&] { check_file(); });
    attempt([&] { check_schema(); });
    attempt([&] { totals_ = impl_.totals(); });
    attempt([&] { check_log(); });
    attempt([&] { check_counts(); });
    attempt([&] { check_undos(); });
    attempt([&] { check_search(); });
    attempt([&] { check_models(); });
    attempt([&] { check_concepts(); });
    attempt([&] { check_state(); });
    attempt([&] { check_feeds(); });
    attempt([&] { check_facts(); });
    return std::move(problems_);
  }

 private:
  void report(const std::string& problem) {
    if (problems_.size() < most_) problems_.push_back(problem);
  }

  // A part that cannot even be read is one problem; the other parts are still looked at.
  template <class Part>
  void attempt(const Part& part) {
    try {
      part();
    } catch (const base::Error& error) {
      report(error.what());
    }
  }

  void check_file() {
    Statement rows(database_, "PRAGMA integrity_check(20)");
    while (rows.step()) {
      if (rows.text(0) != "ok") report("file: " + std::string(rows.text(0)));
    }
  }

  void check_schema() {
    if (const auto difference = first_schema_difference(database_)) report("schema: " + *difference);
  }

  // The checksum is chained to the stored one before it, so that one damaged row is one problem.
  void check_log() {
    Statement rows(database_, "SELECT position, kind, ref, time, checksum FROM log ORDER BY position");
    Position last = 0;
    std::int64_t previous = genesis_checksum(database_);
    while (rows.step()) {
      const Position position = rows.integer(0);
      if (position != last + 1)
        report("log: position " + std::to_string(last + 1) + " is missing, the next is " + std::to_string(position));
      last = position;
      const std::string where = "log position " + std::to_string(position) + " (" + std::string(rows.text(1)) + " " +
                                std::to_string(rows.integer(2)) + ")";
      try {
        const Checksum content = content_of(log_kind(rows.text(1)), rows.integer(2), position);
        if (chain_checksum(previous, position, rows.text(1), rows.integer(2), rows.real(3), content) !=
            rows.integer(4)) {
          report(where + ": the row or what it points to is not what was stored");
        }
      } catch (const base::Error& error) {
        report(where + ": " + error.what());
      }
      previous = rows.integer(4);
    }
    if (last != totals_.position)
      report("log: it ends at position " + std::to_string(last) + ", but " + std::to_string(totals_.position) +
             " were stored");
    else if (previous != totals_.checksum)
      report("log: its end is not what was stored");
  }

  Checksum content_of(LogKind kind, std::int64_t ref, Position position) {
    Checksum content;
    if (kind == LogKind::kEpisode) {
      const auto row = life_.episodes().find(ref);
      if (!row) throw base::Error("the episode is missing");
      add_to(content, *row);
      ++episodes_;
    } else if (kind == LogKind::kThought) {
      const auto row = life_.thoughts().find(ref);
      if (!row) throw base::Error("the thought is missing");
      add_to(content, *row);
      ++thoughts_;
      if (row->after_episode < 0 || row->after_episode > episodes_)
        throw base::Error("it follows an episode that was not there yet");
      for (const EpisodeId id : row->evidence) {
        if (id < 1 || id > totals_.episodes)
          throw base::Error("its evidence names the missing episode " + std::to_string(id));
      }
    } else if (kind == LogKind::kUndo) {
      const auto row = life_.thoughts().find(ref);
      if (!row) throw base::Error("the thought that it takes back is missing");
      if (row->undone_by != position) throw base::Error("the thought does not say that it is undone here");
    } else {
      Statement row(database_, "SELECT hash || content_hash FROM model WHERE id = ?");
      if (!row.bind_all(ref).step()) throw base::Error("the model is missing");
      content.text(row.text(0));
    }
    return content;
  }

  void expect_count(const char* table, const char* sql, std::int64_t expected) {
    const std::int64_t found = database_.integer(sql);
    if (found != expected)
      report(std::string(table) + ": " + std::to_string(found) + " rows, but " + std::to_string(expected) +
             " were stored");
  }

  void check_counts() {
    expect_count("episodes", "SELECT count(*) FROM episodes", totals_.episodes);
    expect_count("thoughts", "SELECT count(*) FROM thoughts", totals_.thoughts);
    expect_count("thought_concepts (of no thought)",
                 "SELECT count(*) FROM thought_concepts WHERE thought NOT IN (SELECT id FROM thoughts)", 0);
    expect_count("log (episodes)", "SELECT count(*) FROM log WHERE kind = 'episode'", totals_.episodes);
    expect_count("model", "SELECT count(*) - 1 FROM model",
                 database_.integer("SELECT count(*) FROM log WHERE kind = 'model'"));
    expect_count("model_parts (of no model)",
                 "SELECT count(*) FROM model_parts WHERE model_id NOT IN (SELECT id FROM model)", 0);
    expect_count("log (thoughts)", "SELECT count(*) FROM log WHERE kind = 'thought'", totals_.thoughts);
  }

  void check_undos() {
    expect_count("thoughts (undone)", "SELECT count(*) FROM thoughts WHERE undone_by IS NOT NULL", totals_.undos);
    expect_count("log (undos)", "SELECT count(*) FROM log WHERE kind = 'undo'", totals_.undos);
  }

  void check_search() {
    expect_count("episode_terms", "SELECT count(*) FROM episode_terms_docsize", totals_.episodes);
    if (!problems_.empty()) return;  // what the episodes give is known only if they are sound
    try {
      if (const auto difference = first_search_difference(database_)) report("episode_terms: " + *difference);
    } catch (const base::Error&) {
      report("episode_terms: the search index is damaged");
    }
    try {
      if (const auto difference = first_mention_difference(database_)) report("mention_index: " + *difference);
    } catch (const base::Error&) {
      report("mention_index: the index of mentions is damaged");
    }
  }

  void check_models() {
    Statement rows(database_, "SELECT id, content_hash, bytes FROM model ORDER BY id");
    while (rows.step()) {
      const std::string bytes = read_model(database_, rows.integer(0));
      if (base::sha256_hex(bytes) == rows.text(1) && static_cast<std::int64_t>(bytes.size()) == rows.integer(2))
        continue;
      report("model " + std::to_string(rows.integer(0)) + ": its bytes do not have its hash");
    }
  }

  void check_concepts() {
    if (totals_.checkpoint_position > totals_.position) report("checkpoint: it stands behind the log's end");
    std::unordered_set<ConceptId> ids;
    Statement id_rows(database_, "SELECT id FROM concepts");
    while (id_rows.step()) ids.insert(id_rows.integer(0));
    std::uint64_t digest = 0;
    ConceptTable(database_).for_each(ConceptTable::Rows::kWhole, [&](const ConceptRow& row, std::int64_t stored) {
      const std::string where = "concept " + std::to_string(row.id) + ": ";
      const std::int64_t checksum = concept_checksum(row);
      digest += static_cast<std::uint64_t>(checksum);
      if (checksum != stored)
        report(where + "the row, its forms or its relations are not what was stored");
      else
        check_links(row, ids, where);
    });
    expect_count("forms (of no concept)",
                 "SELECT count(*) FROM forms WHERE concept_id NOT IN (SELECT id FROM concepts)", 0);
    expect_count("relations (of no concept)",
                 "SELECT count(*) FROM relations WHERE iif(type = 'part-of', to_id, from_id) NOT IN (SELECT id FROM "
                 "concepts)",
                 0);
    if (static_cast<std::int64_t>(ids.size()) != totals_.concepts || digest != totals_.concepts_digest) {
      report("concepts: the rows together are not what the checkpoint stored (" + std::to_string(ids.size()) +
             " rows, " + std::to_string(totals_.concepts) + " stored)");
    }
  }

  void check_links(const ConceptRow& row, const std::unordered_set<ConceptId>& ids, const std::string& where) {
    const auto require = [&](ConceptId id, const char* what) {
      if (!ids.contains(id)) report(where + what + " names the missing concept " + std::to_string(id));
    };
    for (const ConceptId part : row.parts) require(part, "a part");
    for (const auto& [id, count] : row.follows)
      if (id != 0) require(id, "a follower");  // 0 is the line end
    if (row.redirect != 0) require(row.redirect, "its redirect");
    if (row.created_by < 0 || row.created_by > totals_.thoughts) report(where + "the thought that made it is missing");
  }

  void check_state() {
    std::uint64_t digest = 0;
    Statement rows(database_, "SELECT key, value, checksum FROM state ORDER BY key");
    while (rows.step()) {
      const std::int64_t checksum = pair_checksum(rows.text(0), rows.blob(1));
      digest += static_cast<std::uint64_t>(checksum);
      if (checksum != rows.integer(2))
        report("state \"" + std::string(rows.text(0)) + "\": the row is not what was stored");
    }
    if (digest != totals_.state_digest) report("state: the rows together are not what was stored");
  }

  void check_feeds() {
    std::uint64_t digest = 0;
    Statement rows(database_, std::string("SELECT ") + kFeedColumns + ", checksum FROM feeds ORDER BY id");
    while (rows.step()) {
      const std::int64_t checksum = feed_checksum(read_feed(rows));
      digest += static_cast<std::uint64_t>(checksum);
      if (checksum != rows.integer(9))
        report("feed " + std::to_string(rows.integer(0)) + ": the row is not what was stored");
    }
    if (digest != totals_.feeds_digest) report("feeds: the rows together are not what was stored");
  }

  void check_facts() {
    if (facts_digest(database_) != totals_.facts_digest)
      report("facts and rules: the rows together are not what was stored");
  }

  const Life& life_;
  Database& database_;
  LifeImpl& impl_;
  std::size_t most_;
  Totals totals_;
  std::int64_t episodes_ = 0;
  std::int64_t thoughts_ = 0;
  std::vector<std::string> problems_;
};

}  // namespace

std::vector<std::string> Life::check(std::size_t most) const {
  std::vector<std::string> problems;
  consistently([&] { problems = Checker(*this, *impl_, most).run(); });
  return problems;
}

}  // namespace noema::memory
