#include "app/actions/names.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>

#include "app/actions/concept_value.h"
#include "base/nearest.h"
#include "base/text.h"

namespace noema::app {
namespace {

using concepts::ConceptId;
using concepts::Graph;

constexpr std::string_view kConcept = "concept:";
constexpr std::string_view kThought = "thought:";

template <typename Number>
std::optional<Number> number_after(std::string_view prefix, const std::string& name) {
  Number number = 0;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + prefix.size(), end, number);
  if (error != std::errc() || stop != end) return std::nullopt;
  return number;
}

bool is_there(const Graph& graph, ConceptId id) { return id != 0 && graph.still_has(id) && graph.node(id).active; }

/// The node whose units the text spells by the rule: a unit, or a composite or schema of several units.
std::optional<ConceptId> node_spelled(const Graph& graph, const std::string& text, base::IdentityRule rule) {
  base::Segmenter segmenter;
  std::vector<ConceptId> units;
  for (const std::string& identity : base::identities_in(segmenter, text, rule)) {
    const auto node = graph.find(identity);
    if (!node) return std::nullopt;
    units.push_back(*node);
  }
  if (units.empty()) return std::nullopt;
  const ConceptId longest = graph.nodes().contexts(units).front();
  return length_of(graph, longest) == units.size() ? std::optional(longest) : std::nullopt;
}

/// "; did you mean cat, cats or car?" with the labels most similar to a name; equals are sorted by mentions.
std::string nearest_labels(const Graph& graph, const std::string& name) {
  std::vector<std::pair<std::uint64_t, std::string>> labels;
  for (const ConceptId id : all_concepts(graph)) labels.emplace_back(graph.statistics().total(id), label_of(graph, id));
  std::stable_sort(labels.begin(), labels.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  std::vector<std::string> names;
  names.reserve(labels.size());
  for (auto& [count, label] : labels) names.push_back(std::move(label));
  return base::did_you_mean(base::nearest_names(name, names));
}

std::vector<std::string> groups_of(const memory::Life& life) {
  std::set<std::string> groups;
  life.episodes().for_each_heading(0, [&](const memory::EpisodeHeading& heading) {
    if (!heading.group.empty()) groups.emplace(heading.group);
  });
  return {groups.begin(), groups.end()};
}

std::vector<std::string> speakers_of(const memory::Life& life) {
  std::set<std::string> speakers;
  life.episodes().for_each_heading(0, [&](const memory::EpisodeHeading& heading) {
    if (heading.speaker) speakers.emplace(*heading.speaker);
  });
  return {speakers.begin(), speakers.end()};
}

}  // namespace

std::optional<memory::EpisodeId> input_number(const std::string& text) {
  return number_after<memory::EpisodeId>("", text);
}

std::vector<ConceptId> nodes_named(const Graph& graph, const std::string& name) {
  if (name.starts_with(kConcept)) {
    const auto id = number_after<ConceptId>(kConcept, name);
    return id && is_there(graph, *id) ? std::vector{*id} : std::vector<ConceptId>{};
  }
  if (base::first_invalid_utf8(name)) return {};
  std::vector<ConceptId> found;
  for (const auto rule : {base::IdentityRule::kCaseFolded, base::kPresentRule})  // an exact writing comes first
    if (const auto spelled = node_spelled(graph, name, rule); spelled && found.empty()) found.push_back(*spelled);
  // Only the labels of categories and of schemas (which contain a category in braces) are spelled by no units.
  if (!found.empty() && name.find('{') == std::string::npos) return found;
  std::vector<ConceptId> alike;  // whose labels are writings of the name; they count if nothing is called just so
  const std::string identity = base::identity_of(name);
  for (const ConceptId id : all_concepts(graph)) {
    if (!found.empty() && graph.concept_of(found.front()) == id) continue;
    const std::string label = label_of(graph, id);
    if (label == name) found.push_back(id);
    if (!base::is_ascii(label) && base::identity_of(label) == identity) alike.push_back(id);
  }
  return found.empty() ? alike : found;
}

ConceptId node_named(const Graph& graph, const std::string& name) {
  const std::vector<ConceptId> found = nodes_named(graph, name);
  if (found.size() == 1) return found.front();
  if (found.size() > 1) {
    constexpr std::size_t kMost = 8;
    std::vector<std::string> meanings;
    for (const ConceptId id : found) {
      if (meanings.size() == kMost) break;
      const ConceptValue value = concept_value(graph, id);
      meanings.push_back(fmt::format("concept:{} ({}, {} mentions)", value.id, value.kind, value.count));
    }
    throw UnknownName(fmt::format("'{}' is the label of {} concepts: {}; name one of them", name, found.size(),
                                  fmt::join(meanings, ", ")));
  }
  if (name.starts_with(kConcept))
    throw UnknownName(
        fmt::format("there is no {}; this life's concepts are numbered up to concept:{}, and a label names "
                    "one too",
                    name, graph.size() - 1));
  throw UnknownName(fmt::format("no concept is called '{}'{}", name, nearest_labels(graph, name)));
}

std::optional<memory::ThoughtRow> thought_named(const memory::Life& life, const std::string& name) {
  if (!name.starts_with(kThought)) return std::nullopt;
  const auto id = number_after<memory::ThoughtId>(kThought, name);
  if (!id) throw base::UsageError(fmt::format("'{}' names no thought; expected thought:N", name));
  auto row = life.thoughts().find(*id);
  if (row) return row;
  const auto last = life.counts().thoughts;
  throw UnknownName(last == 0
                        ? fmt::format("there is no {}; this life has not thought anything yet", name)
                        : fmt::format("there is no {}; this life's thoughts are thought:1 to thought:{}", name, last));
}

void refuse_unknown(const memory::Life& life, const reasoning::RecallFilter& filter) {
  const auto refuse = [](const std::string& what, const std::string& name, const std::vector<std::string>& known) {
    if (std::binary_search(known.begin(), known.end(), name)) return;
    const std::string hint =
        known.empty() ? "; no input was fed with one" : base::did_you_mean(base::nearest_names(name, known));
    throw UnknownName(fmt::format("no input has the {} '{}'{}", what, name, hint));
  };
  if (filter.group) refuse("group", *filter.group, groups_of(life));
  if (filter.speaker) refuse("speaker", *filter.speaker, speakers_of(life));
}

}  // namespace noema::app
