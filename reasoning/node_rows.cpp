#include "reasoning/node_rows.h"

#include <nlohmann/json.hpp>

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;

concepts::Node node_of(const memory::ConceptRow& row) {
  concepts::NodeRecord record;
  record.id = static_cast<ConceptId>(row.id);
  record.kind = row.kind;
  record.label = row.label;
  record.parts.assign(row.parts.begin(), row.parts.end());
  record.redirect = static_cast<ConceptId>(row.redirect);
  record.made_by = static_cast<std::uint64_t>(row.created_by);
  for (const auto& [surface, count] : row.forms)
    record.surfaces.emplace_back(surface, static_cast<std::uint32_t>(count));
  record.details = nlohmann::json::parse(row.details);
  return concepts::node_of(record);
}

memory::ConceptRow row_of(const Graph& graph, const Meaning& meaning, ConceptId id) {
  const concepts::NodeRecord record = record_of(graph, id);
  memory::ConceptRow row;
  row.id = id;
  row.kind = record.kind;
  row.label = record.label;
  row.parts.assign(record.parts.begin(), record.parts.end());
  row.redirect = record.redirect;
  row.count = record.mentions;
  row.created_by = static_cast<memory::ThoughtId>(record.made_by);
  for (const auto& [surface, count] : record.surfaces) row.forms.emplace_back(surface, count);
  if (!graph.node(id).is<concepts::Category>())  // what a category holds follows from its members
    for (const auto& [to, count] : graph.statistics().next(id).sorted()) row.follows.emplace_back(to, count);
  row.details = record.details.dump();
  row.vector = meaning.coded(id);
  return row;
}

}  // namespace noema::reasoning
