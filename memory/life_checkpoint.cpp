// The checkpoint, the state, the feeds, and the meta rows: everything in a life that is rewritten.

#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "base/hash.h"
#include "memory/life_impl.h"
#include "memory/row_codec.h"
#include "memory/schema.h"

namespace noema::memory {
namespace {

// Parts keep a large model out of SQLite's limit for one value, and out of memory twice.
constexpr std::size_t kPartBytes = std::size_t{4} << 20;

class Writer final : public CheckpointWriter {
 public:
  Writer(Life::Impl& life, Totals& totals) : life_(life), totals_(totals) {}

  void put(const ConceptRow& row) override {
    const ConceptJson json(row);
    const std::int64_t checksum = concept_checksum(row, json);
    forget(row.id);
    auto insert = life_.database->use(
        "INSERT OR REPLACE INTO concepts(id, kind, label, parts, redirect, count, created_by_thought, forms, follows, "
        "details, "
        "vector, checksum) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert->bind_all(row.id, row.kind, row.label, json.parts, or_null(row.redirect), row.count, or_null(row.created_by),
                     json.forms, json.follows, row.details, Blob{row.vector}, checksum);
    insert->run();
    ++totals_.concepts;
    totals_.concepts_digest += static_cast<std::uint64_t>(checksum);
  }

  void erase(ConceptId id) override {
    forget(id);
    life_.database->use("DELETE FROM concepts WHERE id = ?")->bind_all(id).run();
  }

  void clear() override {
    life_.database->execute("DELETE FROM concepts");
    totals_.concepts = 0;
    totals_.concepts_digest = 0;
  }

  void set_state(std::string_view key, std::string_view value) override { life_.put_state(key, value); }

 private:
  void forget(ConceptId id) {
    auto query = life_.database->use("SELECT checksum FROM concepts WHERE id = ?");
    if (!query->bind_all(id).step()) return;
    --totals_.concepts;
    totals_.concepts_digest -= static_cast<std::uint64_t>(query->integer(0));
  }

  Life::Impl& life_;
  Totals& totals_;
};

}  // namespace

std::string Totals::to_json() const {
  const nlohmann::json json = {{"position", position},
                               {"checksum", checksum},
                               {"episodes", episodes},
                               {"thoughts", thoughts},
                               {"undos", undos},
                               {"checkpoint_position", checkpoint_position},
                               {"concepts", concepts},
                               {"concepts_digest", concepts_digest},
                               {"state_digest", state_digest},
                               {"feeds_digest", feeds_digest}};
  return json.dump();
}

Totals Totals::from_json(std::string_view text) {
  try {
    const auto json = nlohmann::json::parse(text);
    Totals totals;
    json.at("position").get_to(totals.position);
    json.at("checksum").get_to(totals.checksum);
    json.at("episodes").get_to(totals.episodes);
    json.at("thoughts").get_to(totals.thoughts);
    json.at("undos").get_to(totals.undos);
    json.at("checkpoint_position").get_to(totals.checkpoint_position);
    json.at("concepts").get_to(totals.concepts);
    json.at("concepts_digest").get_to(totals.concepts_digest);
    json.at("state_digest").get_to(totals.state_digest);
    json.at("feeds_digest").get_to(totals.feeds_digest);
    return totals;
  } catch (const nlohmann::json::exception&) {
    throw base::Error("the totals of a life cannot be read; the file is damaged, restore a backup");
  }
}

std::string read_meta(Database& database, std::string_view key) {
  auto query = database.use("SELECT value, checksum FROM meta WHERE key = ?");
  if (!query->bind_all(key).step()) {
    throw base::Error(database.name() + ": the meta row \"" + std::string(key) +
                      "\" is missing; the file is damaged, restore a backup");
  }
  std::string value(query->text(0));
  if (query->integer(1) != pair_checksum(key, value)) {
    throw base::Error(database.name() + ": the meta row \"" + std::string(key) +
                      "\" is not what was stored; the file is damaged, "
                      "restore a backup");
  }
  return value;
}

void write_meta(Database& database, std::string_view key, std::string_view value) {
  auto insert = database.use("INSERT OR REPLACE INTO meta(key, value, checksum) VALUES(?, ?, ?)");
  insert->bind_all(key, value, pair_checksum(key, value)).run();
}

Position case_folded_until(Database& database) {
  if (format_of(database) < kFormatOfRules) return std::numeric_limits<Position>::max();
  return std::stoll(read_meta(database, "case_folded_until"));
}

base::IdentityRule Life::rule_at(Position position) const {
  return position <= impl_->case_folded_until ? base::IdentityRule::kCaseFolded : base::kPresentRule;
}

std::int64_t genesis_checksum(Database& database) {
  Checksum checksum;
  for (const char* key : {"seed", "max_concepts", "max_bytes", "options", "created"})
    checksum.text(read_meta(database, key));
  return checksum.text(database.text("SELECT hash || content_hash FROM model WHERE id = 1")).value();
}

void insert_model(Database& database, std::int64_t id, std::string_view bytes, std::string_view hash, Position position,
                  double time) {
  const std::string content_hash = base::sha256_hex(bytes);
  auto insert =
      database.use("INSERT INTO model(id, position, time, hash, content_hash, bytes) VALUES(?, ?, ?, ?, ?, ?)");
  insert->bind_all(id, position, time, hash.empty() ? std::string_view(content_hash) : hash, content_hash,
                   static_cast<std::int64_t>(bytes.size()));
  insert->run();
  for (std::size_t begin = 0; begin < bytes.size(); begin += kPartBytes) {
    auto part = database.use("INSERT INTO model_parts(model_id, part, bytes) VALUES(?, ?, ?)");
    part->bind_all(id, static_cast<std::int64_t>(begin / kPartBytes), Blob{bytes.substr(begin, kPartBytes)}).run();
  }
}

std::string read_model(Database& database, std::int64_t id) {
  auto query = database.use("SELECT bytes FROM model_parts WHERE model_id = ? ORDER BY part");
  query->bind_all(id);
  std::string bytes;
  while (query->step()) bytes += query->blob(0);
  return bytes;
}

void Life::Impl::put_state(std::string_view key, std::string_view value) {
  const std::int64_t checksum = pair_checksum(key, value);
  {
    auto old = database->use("SELECT checksum FROM state WHERE key = ?");
    if (old->bind_all(key).step()) now.state_digest -= static_cast<std::uint64_t>(old->integer(0));
  }
  auto insert = database->use("INSERT OR REPLACE INTO state(key, value, checksum) VALUES(?, ?, ?)");
  insert->bind_all(key, Blob{value}, checksum).run();
  now.state_digest += static_cast<std::uint64_t>(checksum);
}

void Life::write_checkpoint(Position position, const std::function<void(CheckpointWriter&)>& fill) {
  Impl& life = *impl_;
  base::check(position >= 0 && position <= life.now.position, "a checkpoint stands at a position of the log");
  life.in_batch([&] {
    Writer writer(life, life.now);
    fill(writer);
    life.now.checkpoint_position = position;
  });
  life.commit();
}

Position Life::checkpoint_position() const { return impl_->totals().checkpoint_position; }

void Life::for_each_concept(const std::function<void(const ConceptRow&)>& visit) const {
  Statement rows(*impl_->database, std::string("SELECT ") + kConceptColumns + " FROM concepts ORDER BY id");
  while (rows.step()) visit(read_concept(rows));
}

std::optional<ConceptId> Life::unit_named(std::string_view identity) const {
  auto query = impl_->database->use(
      "SELECT id FROM concepts WHERE label = ? AND kind = 'sense' AND json_extract(details, '$.origin') IS NULL");
  if (!query->bind_all(identity).step()) return std::nullopt;
  return query->integer(0);
}

std::optional<ConceptRow> Life::concept_row(ConceptId id) const {
  static const std::string kSql = std::string("SELECT ") + kConceptColumns + " FROM concepts WHERE id = ?";
  auto query = impl_->database->use(kSql);
  if (!query->bind_all(id).step()) return std::nullopt;
  return read_concept(*query);
}

void Life::set_state(std::string_view key, std::string_view value) {
  impl_->in_batch([&] { impl_->put_state(key, value); });
}

std::optional<std::string> Life::state(std::string_view key) const {
  auto query = impl_->database->use("SELECT value FROM state WHERE key = ?");
  if (!query->bind_all(key).step()) return std::nullopt;
  return std::string(query->blob(0));
}

namespace {
constexpr const char* kResumable = " AND source <> '-' AND acknowledged + pieces > 0 ";
}

std::optional<std::int64_t> Life::next_feed_length(std::string_view format, std::string_view group,
                                                   std::int64_t least) const {
  static const std::string kSql = std::string(
                                      "SELECT acknowledged FROM feeds WHERE format = ? AND group_name = ? AND "
                                      "acknowledged >= ?") +
                                  kResumable + "ORDER BY acknowledged LIMIT 1";
  auto query = impl_->database->use(kSql);
  if (!query->bind_all(format, group, least).step()) return std::nullopt;
  return query->integer(0);
}

std::vector<FeedRow> Life::feeds_of(std::string_view format, std::string_view group,
                                    std::string_view content_hash) const {
  static const std::string kSql = std::string("SELECT ") + kFeedColumns +
                                  " FROM feeds WHERE content_hash = ? AND format = ? AND group_name = ?" + kResumable +
                                  "ORDER BY acknowledged DESC, id";
  std::vector<FeedRow> rows;
  auto query = impl_->database->use(kSql);
  query->bind_all(content_hash, format, group);
  while (query->step()) rows.push_back(read_feed(*query));
  return rows;
}

std::int64_t Life::record_feed(const FeedRow& given) {
  Impl& life = *impl_;
  FeedRow row = given;
  return life.in_batch([&] {
    if (row.id == 0) {
      row.id = life.database->integer("SELECT coalesce(max(id), 0) + 1 FROM feeds");
    } else {
      auto old = life.database->use("SELECT checksum FROM feeds WHERE id = ?");
      if (old->bind_all(row.id).step()) life.now.feeds_digest -= static_cast<std::uint64_t>(old->integer(0));
    }
    const std::int64_t checksum = feed_checksum(row);
    auto insert = life.database->use(
        "INSERT OR REPLACE INTO feeds(id, content_hash, source, format, group_name, acknowledged, bytes, pieces, "
        "begins_at, checksum) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    insert->bind_all(row.id, row.content_hash, row.source, row.format, row.group, row.acknowledged, row.bytes,
                     row.pieces, or_null(row.begins_at), checksum);
    insert->run();
    life.now.feeds_digest += static_cast<std::uint64_t>(checksum);
    return row.id;
  });
}

}  // namespace noema::memory
