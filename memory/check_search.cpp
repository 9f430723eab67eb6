#include "memory/check_search.h"

#include <compare>

#include "memory/life_impl.h"
#include "memory/mention_index.h"
#include "memory/schema.h"
#include "memory/search_terms.h"

namespace noema::memory {
namespace {

/// Reads one index term by term, in the order that FTS5 keeps.
class TermStream {
 public:
  TermStream(Database& database, const std::string& vocabulary)
      : rows_(database, "SELECT term, doc, col, offset FROM temp." + vocabulary) {
    advance();
  }

  bool at_end() const { return at_end_; }
  void advance() { at_end_ = !rows_.step(); }
  std::int64_t episode() const { return rows_.integer(1); }
  std::string term() const { return std::string(rows_.text(0)); }
  std::strong_ordering operator<=>(const TermStream& other) const {
    if (const auto order = rows_.text(0) <=> other.rows_.text(0); order != 0) return order;
    if (const auto order = episode() <=> other.episode(); order != 0) return order;
    if (const auto order = rows_.text(2) <=> other.rows_.text(2); order != 0) return order;
    return rows_.integer(3) <=> other.rows_.integer(3);
  }

 private:
  Statement rows_;
  bool at_end_ = false;
};

std::optional<std::string> first_term_difference(Database& database, const char* what) {
  TermStream found(database, "found_terms"), expected(database, "expected_terms");
  while (!found.at_end() && !expected.at_end() && (found <=> expected) == 0) {
    found.advance();
    expected.advance();
  }
  if (found.at_end() && expected.at_end()) return std::nullopt;
  const bool missing = found.at_end() || (!expected.at_end() && (expected <=> found) < 0);
  const TermStream& differs = missing ? expected : found;
  return std::string("the ") + what + " \"" + differs.term() + "\" of episode " + std::to_string(differs.episode()) +
         (missing ? " is missing" : " is not in that episode");
}

/// Whether each term is found where it is looked up, not only where the index is read from end to end.
std::optional<std::string> first_lookup_difference(Database& database) {
  Statement expected(database, "SELECT term, doc, cnt FROM temp.expected_counts");
  Statement found(database, "SELECT doc, cnt FROM temp.found_counts WHERE term = ?");
  while (expected.step()) {
    found.bind_all(expected.text(0));
    if (!found.step() || found.integer(0) != expected.integer(1) || found.integer(1) != expected.integer(2))
      return "the term \"" + std::string(expected.text(0)) + "\" is not found in all its episodes";
    found.reset();
  }
  return std::nullopt;
}

/// How many terms each episode has, and the sums that BM25 needs.
std::optional<std::string> first_size_difference(Database& database) {
  Statement sizes(database,
                  "SELECT id FROM (SELECT id, sz FROM main.episode_terms_docsize EXCEPT SELECT id, sz FROM "
                  "temp.expected_docsize UNION ALL SELECT id, sz FROM (SELECT id, sz FROM temp.expected_docsize EXCEPT "
                  "SELECT id, sz FROM main.episode_terms_docsize)) ORDER BY id LIMIT 1");
  if (sizes.step()) return "the number of terms of episode " + std::to_string(sizes.integer(0)) + " is wrong";
  constexpr int kSums = 1;  // FTS5 keeps its sums in the record with this number
  const auto sums = [&](const std::string& table) {
    Statement row(database, "SELECT block FROM " + table + " WHERE id = ?");
    return row.bind_all(kSums).step() ? std::string(row.blob(0)) : std::string();
  };
  if (sums("main.episode_terms_data") != sums("temp.expected_data")) return "its sums are wrong";
  return std::nullopt;
}

void drop_temporary_tables(Database& database) {
  for (const char* table : {"found_terms", "found_counts", "expected_terms", "expected_counts", "expected"})
    database.execute(std::string("DROP TABLE IF EXISTS temp.") + table);
}

/// A full-text index of the life.
struct Index {
  const char* table;
  const char* definition;
  const char* term;  ///< what a term of it is
  bool has_sizes;    ///< it keeps what BM25 needs
};

/// Compares an index with what `fill` makes of the episodes.
std::optional<std::string> first_index_difference(Database& database, const Index& index,
                                                  void (*fill)(Database& database, const std::string& table)) {
  const std::string table = index.table;
  drop_temporary_tables(database);
  database.execute("SAVEPOINT first_index_difference");
  database.execute(std::string("CREATE VIRTUAL TABLE temp.expected USING ") + index.definition);
  fill(database, "temp.expected");
  database.execute(
      "CREATE VIRTUAL TABLE temp.expected_terms USING fts5vocab(temp, expected, instance);"
      "CREATE VIRTUAL TABLE temp.expected_counts USING fts5vocab(temp, expected, row);"
      "CREATE VIRTUAL TABLE temp.found_terms USING fts5vocab(main, " +
      table +
      ", instance);"
      "CREATE VIRTUAL TABLE temp.found_counts USING fts5vocab(main, " +
      table + ", row)");
  auto difference = first_term_difference(database, index.term);
  if (!difference) difference = first_lookup_difference(database);
  if (!difference && index.has_sizes) difference = first_size_difference(database);
  database.execute("RELEASE first_index_difference");
  drop_temporary_tables(database);
  return difference;
}

}  // namespace

void index_episodes(Database& database, const std::string& table) {
  base::Segmenter segmenter;
  const Position case_folded = case_folded_until(database);
  Statement episodes(database, "SELECT id, group_name, text, position FROM episodes ORDER BY id");
  Statement insert(database, "INSERT INTO " + table + "(rowid, terms, group_token) VALUES(?, ?, ?)");
  while (episodes.step()) {
    const std::string_view group = episodes.text(1);
    const auto rule = episodes.integer(3) <= case_folded ? base::IdentityRule::kCaseFolded : base::kPresentRule;
    insert.bind_all(episodes.integer(0), search_terms(segmenter, episodes.text(2), rule),
                    group.empty() ? std::string() : group_token(group));
    insert.run();
  }
}

std::optional<std::string> first_search_difference(Database& database) {
  return first_index_difference(database, {"episode_terms", kSearchIndex, "term", true}, index_episodes);
}

std::optional<std::string> first_mention_difference(Database& database) {
  return first_index_difference(database, {"mention_index", kMentionIndex, "concept", false}, index_mentions);
}

}  // namespace noema::memory
