#pragma once
// Lives whose rows were taken in by the rule of earlier programs, which folds case only.

#include <map>

#include "memory/life_impl.h"
#include "memory/search_terms.h"
#include "tests/reasoning/lives.h"

namespace noema::tests {

/// A life as an earlier program left it after these inputs: no checkpoint, and each row keeps the earlier rule.
inline void make_case_folded_life(const std::filesystem::path& path, const std::vector<memory::EpisodeRow>& rows) {
  base::Segmenter segmenter;
  std::map<std::string, memory::ConceptId> ids;
  memory::Position last = 0;
  {
    memory::Life life = new_life(path);
    for (memory::EpisodeRow row : rows) {
      for (const base::Unit& unit : segmenter.split(row.text)) {
        if (unit.line_end) continue;
        const std::string identity =
            base::identity_of(base::surface_of(row.text, unit), base::IdentityRule::kCaseFolded);
        row.attachments.push_back(ids.emplace(identity, static_cast<memory::ConceptId>(ids.size() + 1)).first->second);
      }
      life.append(row, memory::search_terms(segmenter, row.text, base::IdentityRule::kCaseFolded));
    }
    life.commit();
    last = life.last_position();
  }
  memory::Database database(path, memory::OpenMode::kReadWrite, 1);
  memory::write_meta(database, "case_folded_until", std::to_string(last));
}

inline memory::EpisodeRow row_of_text(const std::string& text) {
  memory::EpisodeRow row;
  row.time = 1000;
  row.text = text;
  return row;
}

}  // namespace noema::tests
