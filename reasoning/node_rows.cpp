#include "reasoning/node_rows.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "base/error.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using nlohmann::json;

concepts::Node node_of(const memory::ConceptRow& row) {
  const auto kind = concepts::kind_named(row.kind);
  const json details = json::parse(row.details);
  concepts::Node node;
  const bool two_parts = kind == concepts::Kind::kComposite || kind == concepts::Kind::kSchema;
  const auto parts = row.parts.empty() ? details.value("parts", std::vector<memory::ConceptId>{}) : row.parts;
  if (!kind || (two_parts && parts.size() != 2))
    throw base::Error(
        fmt::format("concept {} of the checkpoint is a '{}' of {} parts, which cannot be; run `noema check`", row.id,
                    row.kind, parts.size()));
  node.kind = *kind;
  if (two_parts) {
    node.first = static_cast<ConceptId>(parts[0]);
    node.second = static_cast<ConceptId>(parts[1]);
  }
  node.origin = details.value("origin", ConceptId{0});
  node.side = static_cast<concepts::Side>(details.value("side", 0));
  node.members = details.value("members", std::vector<ConceptId>{});
  node.category = details.value("category", ConceptId{0});
  node.active = details.value("active", true);
  node.kept = details.value("protected", false);
  if (node.kind == concepts::Kind::kCategory) node.length = details.value("height", 1U);
  if (node.kind == concepts::Kind::kSense && node.origin == 0) node.label = row.label;
  node.redirect = static_cast<ConceptId>(row.redirect == 0 ? row.id : row.redirect);
  node.made_by = static_cast<std::uint64_t>(row.created_by);
  for (const auto& [surface, count] : row.forms) node.surfaces.emplace_back(surface, static_cast<std::uint32_t>(count));
  return node;
}

memory::ConceptRow row_of(const Graph& graph, const Meaning& meaning, ConceptId id) {
  const concepts::Node& node = graph.node(id);
  const bool unit = node.kind == concepts::Kind::kSense && node.origin == 0;
  memory::ConceptRow row;
  row.id = id;
  row.kind = concepts::name_of(node.kind);
  row.label = unit ? node.label : graph.label_of(id);
  if (node.first != 0 && node.active) row.parts = {node.first, node.second};
  row.redirect = node.redirect == id ? 0 : node.redirect;
  row.count = node.mentions;
  row.created_by = static_cast<memory::ThoughtId>(node.made_by);
  for (const auto& [surface, count] : node.surfaces) row.forms.emplace_back(surface, count);
  if (node.kind != concepts::Kind::kCategory)  // what a category holds follows from its members
    for (const auto& [to, count] : graph.statistics().next(id).sorted()) row.follows.emplace_back(to, count);
  json details{{"active", node.active}};
  if (const auto associates = graph.associates(id).sorted(); !associates.empty()) details["associates"] = associates;
  if (node.first != 0 && !node.active) details["parts"] = {node.first, node.second};  // they may have faded since
  if (node.kept) details["protected"] = true;
  if (node.category != 0) details["category"] = node.category;
  if (node.kind == concepts::Kind::kCategory) details["height"] = node.length;
  if (node.origin != 0) {
    details["origin"] = node.origin;
    details["side"] = static_cast<int>(node.side);
  }
  if (!unit && !node.members.empty()) details["members"] = node.members;
  row.details = details.dump();
  row.vector = meaning.coded(id);
  return row;
}

}  // namespace noema::reasoning
