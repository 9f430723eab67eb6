#include "memory/checkpoint.h"

#include <string>

#include "base/error.h"
#include "memory/concept_table.h"
#include "memory/fact_table.h"
#include "memory/life_impl.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

class Writer final : public CheckpointWriter {
 public:
  Writer(LifeImpl& life, Totals& totals) : life_(life), totals_(totals), table_(*life.database) {}

  void put(const ConceptRow& row) override {
    forget(row.id);
    ++totals_.concepts;
    totals_.concepts_digest += static_cast<std::uint64_t>(table_.put(row));
  }

  void erase(ConceptId id) override {
    forget(id);
    table_.erase(id);
  }

  void clear() override {
    table_.clear();
    totals_.concepts = 0;
    totals_.concepts_digest = 0;
  }

  void set_state(std::string_view key, std::string_view value) override { life_.put_state(key, value); }

 private:
  void forget(ConceptId id) {
    const auto checksum = table_.checksum_of(id);
    if (!checksum) return;
    --totals_.concepts;
    totals_.concepts_digest -= static_cast<std::uint64_t>(*checksum);
  }

  LifeImpl& life_;
  Totals& totals_;
  ConceptTable table_;
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

void Life::put_known(std::vector<FactRow> facts, const std::vector<RuleRow>& rules,
                     const std::optional<std::vector<std::string>>& subjects) {
  Database& database = *impl_->database;
  std::uint64_t& digest = impl_->now.facts_digest;
  impl_->in_batch([&] {
    if (subjects) digest -= facts_digest_of(database, *subjects);
    if (subjects)
      put_facts_of(database, *subjects, std::move(facts));
    else
      put_facts(database, std::move(facts));
    put_rules(database, rules);
    digest = subjects ? digest + facts_digest_of(database, *subjects) : facts_digest(database);
  });
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
  ConceptTable(*life_->database)
      .for_each(ConceptTable::Rows::kWithoutFollowers, [&](const ConceptRow& row, std::int64_t) { visit(row); });
}

std::optional<ConceptRow> Checkpoint::find(ConceptId id) const { return ConceptTable(*life_->database).find(id); }

std::optional<ConceptId> Checkpoint::unit_named(std::string_view identity) const {
  auto query = life_->database->use(
      "SELECT id FROM concepts WHERE label = ? AND kind = 'sense' AND NOT EXISTS (SELECT 1 FROM relations WHERE "
      "from_id = id AND type = 'sense-of')");
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
