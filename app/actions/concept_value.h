#pragma once
// A concept as the commands show it. The only file of the commands that looks inside the graph's nodes.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "concepts/graph.h"

namespace noema::app {

/// A concept by its id and label, with the number of times it counts for where it is named.
struct NamedConcept {
  concepts::ConceptId id = 0;
  std::string label;
  std::uint64_t count = 0;
};

struct ConceptValue {
  concepts::ConceptId id = 0;
  std::string kind;                 ///< such as sense, composite, schema, category
  std::string label;                ///< what a person calls it
  std::vector<std::string> labels;  ///< how all its forms were written
  std::uint64_t count = 0;          ///< mentions of all its forms
};

/// The concept that this node is a form of.
ConceptValue concept_value(const concepts::Graph& graph, concepts::ConceptId id);
/// Its label and its mentions; an empty label for a node that has faded.
NamedConcept named_concept(const concepts::Graph& graph, concepts::ConceptId id);

/// {"id","kind","label","labels","count"}.
nlohmann::ordered_json to_json(const ConceptValue& value);
/// {"id","label","count"}.
nlohmann::ordered_json to_json(const NamedConcept& value);

/// All active concepts (nodes that are no form of another), ascending.
std::vector<concepts::ConceptId> all_concepts(const concepts::Graph& graph);

// What the commands ask of a node.
bool is_category(const concepts::Graph& graph, concepts::ConceptId id);
/// True for what thinking made of units: composites and schemas.
bool is_joined(const concepts::Graph& graph, concepts::ConceptId id);
/// The two parts of a composite or schema, or nothing.
std::vector<concepts::ConceptId> parts_of(const concepts::Graph& graph, concepts::ConceptId id);
/// The members of a category, the fillers of a schema's slot, or the senses that were split off from a unit.
std::vector<concepts::ConceptId> companions_of(const concepts::Graph& graph, concepts::ConceptId id);
/// Active composites and schemas that have the node as a part, at most `most`.
std::vector<concepts::ConceptId> wholes_of(const concepts::Graph& graph, concepts::ConceptId id, std::size_t most);
/// Mentions of this node alone.
std::uint64_t mentions_of(const concepts::Graph& graph, concepts::ConceptId id);
/// Units that a mention of the node has.
std::uint32_t length_of(const concepts::Graph& graph, concepts::ConceptId id);

}  // namespace noema::app
