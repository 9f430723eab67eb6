#include "app/actions/portrait.h"

#include <algorithm>

#include "app/actions/concept_value.h"
#include "app/actions/export.h"
#include "app/lives.h"
#include "concepts/view.h"
#include "reasoning/journal.h"
#include "reasoning/mind.h"

namespace noema::app {
namespace {

using concepts::ConceptId;
using nlohmann::json;
using nlohmann::ordered_json;

constexpr std::size_t kConcepts = 36, kThoughts = 60;

/// The composites and merged concepts that are used most, and the concepts that connect them, in ascending order.
std::vector<ConceptId> shown_concepts(const concepts::Graph& graph) {
  std::vector<ConceptId> made;
  for (const ConceptId id : all_concepts(graph))
    if (graph.node(id).is<concepts::Composite>() || !graph.node(id).forms.empty()) made.push_back(id);
  std::stable_sort(made.begin(), made.end(),
                   [&](ConceptId x, ConceptId y) { return graph.node(x).mentions > graph.node(y).mentions; });
  if (made.size() > kConcepts / 2) made.resize(kConcepts / 2);
  for (const concepts::Scored& central : concepts::most_central(graph, kConcepts))
    if (made.size() < kConcepts && std::find(made.begin(), made.end(), central.id) == made.end())
      made.push_back(central.id);
  std::sort(made.begin(), made.end());
  return made;
}

void put_graph(json& result, const concepts::Graph& graph) {
  const std::vector<ConceptId> made = shown_concepts(graph);
  for (const ConceptId id : made)
    result["nodes"].push_back(
        json::parse(to_json(concept_value(graph, id)).dump(-1, ' ', false, ordered_json::error_handler_t::replace)));
  std::vector<ExportedEdge> edges = edges_between(graph, made);
  // Hubs follow everything; the picture keeps edges that are telling.
  std::erase_if(edges,
                [](const ExportedEdge& edge) { return edge.type == "follows" && (edge.weight < 1 || edge.count < 3); });
  for (const ExportedEdge& edge : edges)
    result["edges"].push_back({{"from", edge.from}, {"to", edge.to}, {"type", edge.type}, {"weight", edge.weight}});
}

void put_thoughts(json& result, const concepts::Graph& graph, const memory::Life& life) {
  std::vector<memory::ThoughtRow> thoughts;
  json by_kind = json::object();
  memory::for_each_log_entry(life, 0, [&](const memory::LogEntry& entry) {
    if (entry.kind != memory::LogKind::kThought || entry.thought->undone_by != 0) return;
    thoughts.push_back(*entry.thought);
    auto& kind = by_kind.emplace(entry.thought->kind, json::object()).first.value();
    kind["thoughts"] = kind.value("thoughts", 0) + 1;
    kind["gain_bits"] = kind.value("gain_bits", 0.0) + entry.thought->gain_bits;
  });
  result["by_kind"] = by_kind;
  std::stable_sort(thoughts.begin(), thoughts.end(),
                   [](const auto& x, const auto& y) { return x.gain_bits > y.gain_bits; });
  if (thoughts.size() > kThoughts) thoughts.resize(kThoughts);
  for (const memory::ThoughtRow& thought : thoughts) {
    const reasoning::Thought told = reasoning::thought_of(thought);
    const std::string label =
        told.kind->tell(told, [&](ConceptId id) { return graph.still_has(id) ? label_of(graph, id) : std::string(); });
    result["thoughts"].push_back({{"id", thought.id},
                                  {"kind", thought.kind},
                                  {"label", label},
                                  {"gain_bits", thought.gain_bits},
                                  {"reason", thought.reason}});
  }
}

}  // namespace

json portrait(const std::filesystem::path& path) {
  const reasoning::Mind mind(open_to_read(path.string()), {});
  const reasoning::MindView view = mind.view();
  json result{{"nodes", json::array()}, {"edges", json::array()}, {"thoughts", json::array()}};
  put_graph(result, view.graph());
  put_thoughts(result, view.graph(), view.life());
  return result;
}

}  // namespace noema::app
