#include "memory/mention_index.h"

#include "memory/varint.h"

namespace noema::memory {

std::string mention_terms(const std::vector<ConceptId>& attachments) {
  std::string terms;
  for (const ConceptId id : attachments) {
    if (!terms.empty()) terms += ' ';
    terms += std::to_string(id);
  }
  return terms;
}

void index_mentions(Database& database, const std::string& table) {
  Statement episodes(database, "SELECT id, attachments FROM episodes ORDER BY id");
  Statement insert(database, "INSERT INTO " + table + "(rowid, concepts) VALUES(?, ?)");
  while (episodes.step()) {
    insert.bind_all(episodes.integer(0), mention_terms(decode_varints(episodes.blob(1))));
    insert.run();
  }
}

}  // namespace noema::memory
