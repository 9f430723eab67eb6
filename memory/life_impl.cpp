#include "memory/life_impl.h"

#include <limits>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "memory/row_codec.h"
#include "memory/schema.h"

namespace noema::memory {

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
                               {"feeds_digest", feeds_digest},
                               {"facts_digest", facts_digest}};
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
    totals.facts_digest = json.value("facts_digest", std::uint64_t{0});
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

std::int64_t genesis_checksum(Database& database) {
  Checksum checksum;
  for (const char* key : {"seed", "max_concepts", "max_bytes", "options", "created"})
    checksum.text(read_meta(database, key));
  return checksum.text(database.text("SELECT hash || content_hash FROM model WHERE id = 1")).value();
}

}  // namespace noema::memory
