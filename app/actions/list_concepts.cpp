#include "app/actions/list_concepts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include "app/actions/json_fields.h"
#include "app/actions/surroundings.h"
#include "app/actions/topics.h"
#include "base/error.h"
#include "concepts/saving.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;
using nlohmann::ordered_json;

namespace {

constexpr std::size_t kWeighed = 1000;
constexpr std::size_t kMostEpisodes = 4096;  // read again to weigh one concept
constexpr std::size_t kExamplesEach = 2;
constexpr const char* kTopic = "topic";
constexpr std::array kListedKinds{concepts::Composite::kName, concepts::Schema::kName, concepts::Sense::kName,
                                  concepts::Category::kName, std::string_view(kTopic)};

/// What each thought claimed for each of the concepts that it made and that are still there.
class Claims {
 public:
  Claims(const Graph& graph, const memory::Life& life) : graph_(graph), life_(life) {
    graph.nodes().for_each([&](ConceptId id) {
      const concepts::Node& node = graph.node(id);
      if (node.active && node.made_by != 0) ++made_[node.made_by];
    });
  }

  void tell(ListedConcept& one) const {
    const std::uint64_t made_by = graph_.node(one.itself.id).made_by;
    const auto row = life_.thoughts().find(static_cast<memory::ThoughtId>(made_by));
    if (!row) return;
    one.thought = row->id;
    one.thought_kind = row->kind;
    one.claimed_bits = row->gain_bits / static_cast<double>(made_.at(made_by));
  }

 private:
  const Graph& graph_;
  const memory::Life& life_;
  std::map<std::uint64_t, std::size_t> made_;
};

/// What its thought claimed or, of a pair, the bits of its mentions against chance, whichever is more.
double expected_bits(const Graph& graph, const ListedConcept& one) {
  const double claimed = one.claimed_bits.value_or(0);
  const auto* composite = graph.node(one.itself.id).as<concepts::Composite>();
  const auto together = static_cast<double>(mentions_of(graph, one.itself.id));
  if (composite == nullptr || together == 0) return claimed;
  const auto occurrences = [&](ConceptId id) { return static_cast<double>(graph.nodes().positions_of(id).size()); };
  const double chance = occurrences(composite->first) * occurrences(composite->second) /
                        static_cast<double>(std::max<std::uint64_t>(graph.statistics().mentions(), 1));
  return std::max(claimed, together * std::log2(together / std::max(chance, 1e-12)));
}

double worth_of(const ListedConcept& one) { return one.saved_bits.value_or(one.claimed_bits.value_or(0)); }

/// Two inputs that mention it, a third and two thirds through those that do; of a category its commonest members.
std::vector<std::string> examples_to_list(const reasoning::MindView& view, ConceptId id) {
  constexpr std::size_t kMembers = 8;
  const Graph& graph = view.graph();
  std::vector<std::string> examples;
  if (is_category(graph, id)) {
    std::vector<std::pair<std::uint64_t, ConceptId>> members;
    for (const ConceptId member : companions_of(graph, id))
      members.emplace_back(~occurrences_of(graph, member), member);
    std::sort(members.begin(), members.end());
    for (std::size_t i = 0; i < std::min(kMembers, members.size()); ++i)
      examples.push_back(label_of(graph, members[i].second));
    return examples;
  }
  const std::vector<concepts::Position> mentions = concepts::mentions_of(graph.ground(), {&id, 1});
  std::optional<memory::EpisodeId> before;
  for (std::size_t i = 1; i <= kExamplesEach && !mentions.empty(); ++i) {
    const concepts::Position p = mentions[mentions.size() * i / (kExamplesEach + 1)];
    const auto episode = static_cast<memory::EpisodeId>(graph.stream().episode_of(p)) + 1;
    if (episode == before) continue;
    before = episode;
    if (const auto row = view.life().episodes().find(episode)) examples.push_back(row->text);
  }
  return examples;
}

void require_kind(const std::string& kind) {
  if (kind.empty() || std::find(kListedKinds.begin(), kListedKinds.end(), kind) != kListedKinds.end()) return;
  throw base::UsageError(fmt::format("there are no concepts of the kind '{}'; expected one of {}", kind,
                                     fmt::join(kListedKinds.begin(), kListedKinds.end(), ", ")));
}

ConceptList topics_listed(const memory::Life& life, std::size_t most) {
  const auto topics = topics_of(life);
  ConceptList list;
  list.total = topics.size();
  for (TopicValue& topic : topics_in(life, topics, most)) {
    ListedConcept& one = list.concepts.emplace_back();
    one.itself = {static_cast<ConceptId>(topic.topic), fmt::format("{}", fmt::join(topic.words, ", ")), topic.inputs};
    one.kind = kTopic;
    one.examples = std::move(topic.examples);
    if (one.examples.size() > kExamplesEach) one.examples.resize(kExamplesEach);
  }
  return list;
}

/// Those that thinking made, of these kinds, with what was claimed for them.
std::vector<ListedConcept> made_concepts(const reasoning::MindView& view, const ConceptsRequest& request) {
  const Graph& graph = view.graph();
  const Claims claims(graph, view.life());
  std::vector<ListedConcept> all;
  for (const ConceptId id : all_concepts(graph)) {
    const concepts::Node& node = graph.node(id);
    if (node.made_by == 0 || (!request.kind.empty() && concepts::name_of(node) != request.kind)) continue;
    if (node.is_protected && !request.with_kept) continue;
    ListedConcept& one = all.emplace_back();
    one.itself = {id, {}, graph.statistics().total(id)};
    one.kind = concepts::name_of(node);
    one.is_kept = node.is_protected;
    claims.tell(one);
  }
  return all;
}

/// Those of which most is expected, a thousand, are weighed.
void weigh_those_expected(const Graph& graph, std::vector<ListedConcept>& all) {
  std::vector<std::pair<double, std::size_t>> expected;
  for (std::size_t i = 0; i < all.size(); ++i) expected.emplace_back(-expected_bits(graph, all[i]), i);
  std::sort(expected.begin(), expected.end());
  for (std::size_t i = 0; i < std::min(kWeighed, expected.size()); ++i) {
    ListedConcept& one = all[expected[i].second];
    one.saved_bits = concepts::saved_bits(graph, one.itself.id, kMostEpisodes);
  }
}

}  // namespace

ConceptList list_concepts(const reasoning::MindView& view, const ConceptsRequest& request) {
  require_kind(request.kind);
  if (request.kind == kTopic) return topics_listed(view.life(), request.most);
  const Graph& graph = view.graph();
  ConceptList list;
  list.concepts = made_concepts(view, request);
  if (!request.with_uninformative) {
    const TellingConcepts telling(view);
    list.uninformative =
        std::erase_if(list.concepts, [&](const ListedConcept& one) { return !telling.tells(one.itself.id); });
  }
  list.total = list.concepts.size();
  weigh_those_expected(graph, list.concepts);
  std::stable_sort(list.concepts.begin(), list.concepts.end(),
                   [](const ListedConcept& a, const ListedConcept& b) { return worth_of(a) > worth_of(b); });
  if (list.concepts.size() > request.most) list.concepts.resize(request.most);
  for (ListedConcept& one : list.concepts) {
    one.itself.label = written_label(view, one.itself.id);
    one.examples = examples_to_list(view, one.itself.id);
  }
  return list;
}

ordered_json to_json(const ListedConcept& value) {
  return {{"id", value.itself.id},
          {"kind", value.kind},
          {"label", value.itself.label},
          {"count", value.itself.count},
          {"saved_bits", json_or_null(value.saved_bits)},
          {"claimed_bits", json_or_null(value.claimed_bits)},
          {"thought", value.thought != 0 ? ordered_json(value.thought) : ordered_json(nullptr)},
          {"made_by", value.thought != 0 ? ordered_json(value.thought_kind) : ordered_json(nullptr)},
          {"kept", value.is_kept},
          {"examples", value.examples}};
}

ListedConcept listed_concept_of(const nlohmann::json& object) {
  ListedConcept one;
  one.itself = named_concept_of(object);
  object.at("kind").get_to(one.kind);
  one.saved_bits = value_or_none<double>(object, "saved_bits");
  one.claimed_bits = value_or_none<double>(object, "claimed_bits");
  one.thought = value_or_none<memory::ThoughtId>(object, "thought").value_or(0);
  one.thought_kind = value_or_none<std::string>(object, "made_by").value_or("");
  object.at("kept").get_to(one.is_kept);
  object.at("examples").get_to(one.examples);
  return one;
}

}  // namespace noema::app
