#pragma once
// The tables of what is known to be so: `facts`, which inputs told, with their words in `fact_terms`, and `rules`,
// which were found in them. They are a copy for readers, written whenever what was found is kept; nothing is read back
// from them.

#include <cstdint>
#include <string>
#include <vector>

#include "memory/database.h"
#include "memory/rows.h"

namespace noema::memory {

struct FactRow {
  std::string subject, relation, value;  ///< folded as units are
  EpisodeId since = 0;                   ///< the episode that told it first
  EpisodeId until = 0;                   ///< the episode that told another value; 0: it stands
  std::vector<EpisodeId> told;           ///< the episodes that told it, ascending
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const FactRow&) const = default;
};

struct RuleRow {
  std::string rule;               ///< the kind of fact that it gives
  std::vector<std::string> path;  ///< the facts from which it follows
  std::int64_t holds = 0, fails = 0;
};

/// Makes `facts` hold these rows, writing only what differs, and forgets words that no fact has any more. O(facts).
void put_facts(Database& database, std::vector<FactRow> facts);
/// Makes the rows of these subjects, each named once, the given ones, which are all theirs; those of others stay.
/// O(facts of the subjects).
void put_facts_of(Database& database, const std::vector<std::string>& subjects, std::vector<FactRow> facts);
/// Makes `rules` hold these rows.
void put_rules(Database& database, const std::vector<RuleRow>& rules);
/// The sum modulo 2^64 of the checksums of all rows of both tables.
std::uint64_t facts_digest(Database& database);
/// The share in it of the rules and of the facts of these subjects, each named once.
std::uint64_t facts_digest_of(Database& database, const std::vector<std::string>& subjects);

}  // namespace noema::memory
