#pragma once
// The concepts that thinking made, best first.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ConceptsRequest {
  std::string kind = {};            ///< composite, schema, sense, category or topic; empty: all but topics
  std::size_t most = 30;            ///< of the list
  bool with_uninformative = false;  ///< also those that tell nothing (app/actions/telling.h)
  bool with_kept = true;            ///< also those that a person keeps
};

struct ListedConcept {
  NamedConcept itself;  ///< with its mentions; of a topic its number and inputs
  std::string kind;
  std::optional<double> saved_bits;    ///< the ledger: by how much L of all that is attached would grow without it
  std::optional<double> claimed_bits;  ///< what its thought claimed, shared evenly among the concepts that it made
  memory::ThoughtId thought = 0;       ///< that made it; 0 for a topic
  std::string thought_kind;
  bool is_kept = false;               ///< a person keeps it
  std::vector<std::string> examples;  ///< at most two inputs that mention it; of a category some of its members
};

struct ConceptList {
  std::vector<ListedConcept> concepts;  ///< by saved_bits, where there are none by claimed_bits
  std::size_t total = 0;                ///< concepts of these kinds that tell something, or all with_uninformative
  std::size_t uninformative = 0;        ///< concepts of these kinds that were left out because they tell nothing
};

/// The ledger is worked out for the thousand concepts of which most is to be expected, by how surprising it is that
/// their parts stand together; what is beyond them, or stands in more inputs than can be read again at once, has what
/// was claimed. Throws base::UsageError for an unknown kind. O(concepts + inputs that mention those thousand).
ConceptList list_concepts(const reasoning::MindView& view, const ConceptsRequest& request);

/// {"id","kind","label","count","saved_bits","claimed_bits","thought","made_by","kept","examples"}, with null for what
/// there is not.
nlohmann::ordered_json to_json(const ListedConcept& value);
/// What it wrote, read again (json_fields.h).
ListedConcept listed_concept_of(const nlohmann::json& object);

}  // namespace noema::app
