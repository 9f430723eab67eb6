#pragma once
// Concepts as commands show them. No other file of the commands looks inside the nodes of the graph.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "concepts/graph.h"

namespace noema::app {

/// A concept's id and label, with a count whose meaning depends on the list that names the concept.
struct NamedConcept {
  concepts::ConceptId id = 0;
  std::string label;
  std::uint64_t count = 0;
};

struct ConceptValue {
  concepts::ConceptId id = 0;
  std::string kind;                 ///< such as sense, composite, schema, category
  std::string label;                ///< its name for people
  std::vector<std::string> labels;  ///< surface forms of all its nodes
  std::uint64_t count = 0;          ///< mentions of all its nodes
};

/// The concept to which this node belongs.
ConceptValue concept_value(const concepts::Graph& graph, concepts::ConceptId id);
/// Its label and number of mentions. The label of a node that was forgotten is empty.
NamedConcept named_concept(const concepts::Graph& graph, concepts::ConceptId id);

/// {"id","kind","label","labels","count"}.
nlohmann::ordered_json to_json(const ConceptValue& value);
/// {"id","label","count"}.
nlohmann::ordered_json to_json(const NamedConcept& value);
/// What these wrote, read again (json_fields.h); a count that is not there is 0.
ConceptValue concept_value_of(const nlohmann::json& object);
NamedConcept named_concept_of(const nlohmann::json& object);

/// All active concepts, that is nodes that do not belong to another concept, in ascending order.
std::vector<concepts::ConceptId> all_concepts(const concepts::Graph& graph);

// Properties of nodes.
bool is_category(const concepts::Graph& graph, concepts::ConceptId id);
/// Whether thinking made the node from others: composites and schemas.
bool is_joined(const concepts::Graph& graph, concepts::ConceptId id);
/// The two parts of a composite or schema, or nothing.
std::vector<concepts::ConceptId> parts_of(const concepts::Graph& graph, concepts::ConceptId id);
/// The members of a category, the fillers of a schema's slot, or the senses that were split off from a unit.
std::vector<concepts::ConceptId> companions_of(const concepts::Graph& graph, concepts::ConceptId id);
/// At most `most` active composites and schemas of which the node is a part.
std::vector<concepts::ConceptId> wholes_of(const concepts::Graph& graph, concepts::ConceptId id, std::size_t most);
/// The mentions of this node, without those of other nodes of its concept.
std::uint64_t mentions_of(const concepts::Graph& graph, concepts::ConceptId id);
/// The number of units in a mention of the node.
std::uint32_t length_of(const concepts::Graph& graph, concepts::ConceptId id);

}  // namespace noema::app
