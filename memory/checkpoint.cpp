#include "memory/checkpoint.h"

#include <string>

#include "base/error.h"
#include "memory/life_impl.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

class Writer final : public CheckpointWriter {
 public:
  Writer(LifeImpl& life, Totals& totals) : life_(life), totals_(totals) {}

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

  LifeImpl& life_;
  Totals& totals_;
};

}  // namespace

void LifeImpl::put_state(std::string_view key, std::string_view value) {
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
  LifeImpl& life = *impl_;
  base::check(position >= 0 && position <= life.now.position, "a checkpoint stands at a position of the log");
  life.in_batch([&] {
    Writer writer(life, life.now);
    fill(writer);
    life.now.checkpoint_position = position;
  });
  life.commit();
}

Position Checkpoint::position() const { return life_->totals().checkpoint_position; }

void Checkpoint::for_each_concept(const std::function<void(const ConceptRow&)>& visit) const {
  Statement rows(*life_->database, std::string("SELECT ") + kConceptColumns + " FROM concepts ORDER BY id");
  while (rows.step()) visit(read_concept(rows));
}

std::optional<ConceptRow> Checkpoint::find(ConceptId id) const {
  static const std::string kSql = std::string("SELECT ") + kConceptColumns + " FROM concepts WHERE id = ?";
  auto query = life_->database->use(kSql);
  if (!query->bind_all(id).step()) return std::nullopt;
  return read_concept(*query);
}

std::optional<ConceptId> Checkpoint::unit_named(std::string_view identity) const {
  auto query = life_->database->use(
      "SELECT id FROM concepts WHERE label = ? AND kind = 'sense' AND json_extract(details, '$.origin') IS NULL");
  if (!query->bind_all(identity).step()) return std::nullopt;
  return query->integer(0);
}

void Life::set_state(std::string_view key, std::string_view value) {
  impl_->in_batch([&] { impl_->put_state(key, value); });
}

std::optional<std::string> Life::state(std::string_view key) const {
  auto query = impl_->database->use("SELECT value FROM state WHERE key = ?");
  if (!query->bind_all(key).step()) return std::nullopt;
  return std::string(query->blob(0));
}

}  // namespace noema::memory
