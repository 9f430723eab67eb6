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
  for (const memory::ConceptRelation& one : row.relations) {
    if (one.type == kInstanceOf) record.details["category"] = one.to;
    if (one.type == kSenseOf) record.details["origin"] = one.to;
  }
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
  nlohmann::json details = record.details;
  const auto move_to_relation = [&](const char* detail, std::string_view type) {
    if (!details.contains(detail)) return;
    row.relations.push_back({std::string(type), details[detail].get<memory::ConceptId>()});
    details.erase(detail);
  };
  move_to_relation("category", kInstanceOf);
  move_to_relation("origin", kSenseOf);
  for (const auto& [other, times] : graph.associates(id).sorted())
    row.relations.push_back({std::string(kAssociates), other, times});
  details.erase("associates");
  row.details = details.dump();
  row.vector = meaning.coded(id);
  return row;
}

}  // namespace noema::reasoning
