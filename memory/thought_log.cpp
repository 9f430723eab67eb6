#include "memory/thought_log.h"

#include "memory/life_impl.h"
#include "memory/row_codec.h"

namespace noema::memory {
namespace {

std::vector<ThoughtConcept> concepts_named_by(Database& database, ThoughtId id) {
  std::vector<ThoughtConcept> concepts;
  auto query = database.use("SELECT concept, role FROM thought_concepts WHERE thought = ? ORDER BY concept, role");
  query->bind_all(id);
  while (query->step()) concepts.push_back({query->integer(0), std::string(query->text(1))});
  return concepts;
}

}  // namespace

std::optional<ThoughtRow> ThoughtLog::find(ThoughtId id) const {
  static const std::string kSql = std::string("SELECT ") + kThoughtColumns + " FROM thoughts WHERE id = ?";
  std::optional<ThoughtRow> thought;
  {
    auto query = life_->database->use(kSql);
    if (!query->bind_all(id).step()) return std::nullopt;
    thought = read_thought(*query);
  }
  thought->concepts = concepts_named_by(*life_->database, id);
  return thought;
}

std::vector<ThoughtId> ThoughtLog::about(ConceptId id) const {
  std::vector<ThoughtId> thoughts;
  auto query = life_->database->use(
      "SELECT DISTINCT thought FROM thought_concepts WHERE concept = ? AND role IN ('about', 'made') ORDER BY thought");
  query->bind_all(id);
  while (query->step()) thoughts.push_back(query->integer(0));
  return thoughts;
}

std::vector<ThoughtId> ThoughtLog::later_sharing(ThoughtId id) const {
  std::vector<ThoughtId> thoughts;
  auto query = life_->database->use(
      "SELECT DISTINCT other.thought FROM thought_concepts mine JOIN thought_concepts other ON other.concept = "
      "mine.concept AND other.thought > mine.thought JOIN thoughts ON thoughts.id = other.thought WHERE mine.thought = "
      "? AND thoughts.undone_by IS NULL ORDER BY other.thought");
  query->bind_all(id);
  while (query->step()) thoughts.push_back(query->integer(0));
  return thoughts;
}

std::optional<ThoughtId> ThoughtLog::next_of_kind(std::string_view kind, ThoughtId after) const {
  auto query = life_->database->use("SELECT min(id) FROM thoughts WHERE kind = ? AND id > ? AND undone_by IS NULL");
  if (!query->bind_all(kind, after).step() || query->integer(0) == 0) return std::nullopt;
  return query->integer(0);
}

}  // namespace noema::memory
