#include "concepts/sequence_layer.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "concepts/concentrations.h"

namespace noema::concepts {
namespace {

/// What it costs to say the form of every mention of a concept, if some forms had more mentions.
double forms_nats_of(const Nodes& nodes, std::span<const ConceptId> forms,
                     const std::map<ConceptId, std::int64_t>& more = {}) {
  std::vector<std::uint64_t> counts;
  counts.reserve(forms.size());
  for (const ConceptId form : forms) {
    const auto delta = more.find(form);
    counts.push_back(static_cast<std::uint64_t>(nodes[form].mentions + (delta == more.end() ? 0 : delta->second)));
  }
  return forms_nats(counts);
}

}  // namespace

std::unique_ptr<Layer> SequenceLayer::empty() const {
  auto layer = std::make_unique<SequenceLayer>();
  layer->set_concentrations(concentrations_);
  return layer;
}

void SequenceLayer::set_concentrations(const Concentrations& concentrations) {
  concentrations_ = concentrations;
  codes_ = Codes(concentrations);
}

double SequenceLayer::concentrations_gain(const Concentrations& other) const {
  return statistics().nats(codes_) - statistics().nats(Codes(other));
}

const CountMap& SequenceLayer::fillers_of(ConceptId schema) const {
  static const CountMap kNone;
  const auto found = slots_.find(schema);
  return found == slots_.end() ? kNone : found->second;
}

// --- Nodes come and go ---------------------------------------------------------------------------------------------

void SequenceLayer::add_node(ConceptId id, const Node& node) {
  const Category* category = node.as<Category>();
  for (Statistics* statistics : {&counts_.change().concepts, &counts_.change().units}) {
    statistics->add_row(id);
    if (category) statistics->set_height(id, category->height);
  }
}

void SequenceLayer::pass_over(std::size_t size) {
  for (Statistics* statistics : {&counts_.change().concepts, &counts_.change().units}) statistics->pass_over(size);
}

void SequenceLayer::remove_node(ConceptId id) {
  for (Statistics* statistics : {&counts_.change().concepts, &counts_.change().units}) {
    statistics->set_parent(id, Statistics::kNone);
    statistics->release(id);
  }
}

// --- Episodes come and go ------------------------------------------------------------------------------------------

void SequenceLayer::attach(const Ground& ground, const Episode& episode, std::vector<ConceptId>& touched) {
  counts_.wait_for(ground, episode.number);
  add_slots(ground, episode, 1);
  for_each_concept_pair(ground.nodes, episode.mentions, [&](ConceptId from, ConceptId) { touched.push_back(from); });
}

void SequenceLayer::detach(const Ground& ground, const Episode& episode, std::vector<ConceptId>& touched) {
  SequenceCounts::Both& counts = counts_.change();
  for_each_unit_pair(episode.units, [&](ConceptId from, ConceptId to) { counts.units.add(from, to, -1); });
  for_each_concept_pair(ground.nodes, episode.mentions, [&](ConceptId from, ConceptId to) {
    counts.concepts.add(from, to, -1);
    touched.push_back(from);
  });
  add_slots(ground, episode, -1);
}

void SequenceLayer::add_slots(const Ground& ground, const Episode& episode, int sign) {
  for (const Mention& mention : episode.mentions)
    if (const Schema* schema = ground.nodes[mention.node].as<Schema>())
      add_slot(mention.node, filler_in(*schema, episode.units, mention), sign);
}

void SequenceLayer::add_slot(ConceptId schema, ConceptId filler, std::int64_t delta) {
  CountMap& fillers = slots_[schema];
  slot_bytes_ -= fillers.bytes();
  fillers.add(filler, delta);
  slot_bytes_ += fillers.bytes();
  if (fillers.empty()) slots_.erase(schema);
}

// --- What a change would cost --------------------------------------------------------------------------------------

double SequenceLayer::growth(const Ground& ground, const Effect& effect) const {
  double nats = pairs_growth(effect);
  add_forms_growth(ground, effect, nats);
  add_slots_growth(ground, effect, nats);
  return nats;
}

double SequenceLayer::pairs_growth(const Effect& effect) const {
  const GraphChange& change = effect.change;
  Draft draft(statistics());
  for (const auto& [category, height] : change.heights) draft.set_height(category, height);
  for (const auto& [id, category] : change.categories) draft.set_parent(id, category);
  for (const auto& [from, into] : change.redirects) draft.set_parent(from, Statistics::kNone);
  draft.apply(effect.pairs);
  return draft.nats(codes_);
}

/// What it costs more to say which form a mention takes: of concepts whose forms' mentions change, and of those that
/// become one.
void SequenceLayer::add_forms_growth(const Ground& ground, const Effect& effect, double& nats) const {
  const Nodes& nodes = ground.nodes;
  std::map<ConceptId, std::map<ConceptId, std::int64_t>> formed;  // concept -> form -> change of its mentions
  for (const auto& [node, delta] : effect.mentions) {
    if (node >= nodes.size()) continue;
    const ConceptId concept_id = nodes.concept_of(node);
    if (!nodes[concept_id].forms.empty()) formed[concept_id][node] += delta;
  }
  for (const auto& [concept_id, deltas] : formed) {
    const std::vector<ConceptId> forms = nodes.forms_of(concept_id);
    nats += forms_nats_of(nodes, forms, deltas) - forms_nats_of(nodes, forms);
  }
  for (const auto& [from, into] : effect.change.redirects) {
    const std::vector<ConceptId> moved = nodes.forms_of(from), stay = nodes.forms_of(into);
    std::vector<ConceptId> all = stay;
    all.insert(all.end(), moved.begin(), moved.end());
    nats = nats + forms_nats_of(nodes, all) - forms_nats_of(nodes, moved) - forms_nats_of(nodes, stay);
  }
}

/// What it costs more to say which unit fills a slot.
void SequenceLayer::add_slots_growth(const Ground& ground, const Effect& effect, double& nats) const {
  const auto& [made, made_schema] = effect.change.made_schema;
  for (auto slot = effect.slots.begin(); slot != effect.slots.end();) {
    const ConceptId id = slot->first.first;
    const bool is_new = made_schema && id == made;
    const auto& fillers = is_new ? made_schema->fillers : ground.nodes[id].as<Schema>()->fillers;
    const CountMap& known = fillers_of(id);
    std::vector<std::uint64_t> counts;
    for (const ConceptId filler : fillers) counts.push_back(known[filler]);
    if (!is_new) nats -= forms_nats(counts);
    for (; slot != effect.slots.end() && slot->first.first == id; ++slot) {
      const auto place = std::lower_bound(fillers.begin(), fillers.end(), slot->first.second) - fillers.begin();
      counts[static_cast<std::size_t>(place)] += static_cast<std::uint64_t>(slot->second);  // wraps for fewer
    }
    nats += forms_nats(counts);
  }
}

// --- The change itself ---------------------------------------------------------------------------------------------

void SequenceLayer::apply(const Ground& ground, const Effect& effect, std::vector<ConceptId>& touched) {
  const GraphChange& change = effect.change;
  const Nodes& nodes = ground.nodes;
  for (const auto& [id, category] : change.categories) place_in(nodes, id, category);
  for (const auto& [from, into] : change.redirects)
    if (from != into) counts_.change().concepts.set_parent(from, Statistics::kNone);
  counts_.change().concepts.apply(effect.pairs);
  for (const auto& [from, into] : change.redirects) {
    if (from == into)
      place_in(nodes, from, nodes[from].category);
    else
      place_units(nodes, nodes.forms_of(from), nodes[nodes.concept_of(into)].category);
  }
  for (const auto& [slot, delta] : effect.slots) add_slot(slot.first, slot.second, delta);
  for (const CellChange& cell : effect.pairs) touched.push_back(cell.from);
}

/// Tells both statistics in which category a concept or category lies.
void SequenceLayer::place_in(const Nodes& nodes, ConceptId id, ConceptId category) {
  counts_.change().concepts.set_parent(id, category);
  if (nodes[id].is<Category>())
    counts_.change().units.set_parent(id, category);
  else
    place_units(nodes, nodes.forms_of(id), category);
}

void SequenceLayer::place_units(const Nodes& nodes, std::span<const ConceptId> forms, ConceptId category) {
  for (const ConceptId form : forms)
    if (nodes[form].is<Unit>()) counts_.change().units.set_parent(form, category);
}

// --- L, the hash, checking -----------------------------------------------------------------------------------------

double SequenceLayer::slots_nats(ConceptId id, const Schema& schema) const {
  const CountMap& known = fillers_of(id);
  if (known.empty()) return 0;
  std::vector<std::uint64_t> counts;
  for (const ConceptId filler : schema.fillers) counts.push_back(known[filler]);
  return forms_nats(counts);
}

double SequenceLayer::nats(const Ground& ground) const {
  const Nodes& nodes = ground.nodes;
  double nats = statistics().nats(codes_);
  nodes.for_each([&](ConceptId id) {
    const Node& node = nodes[id];
    if (id == kBoundary || !node.active) return;
    if (node.redirect == id && !node.forms.empty()) nats += forms_nats_of(nodes, nodes.forms_of(id));
    if (const Schema* schema = node.as<Schema>()) nats += slots_nats(id, *schema);
  });
  return nats;
}

void SequenceLayer::hash_parameters(base::Sha256& sha) const {
  for (const ConcentrationField& field : kConcentrationFields) sha.integer(concentrations_.*field.member);
}

void SequenceLayer::hash_node(base::Sha256& sha, ConceptId id, std::span<const ConceptId> rank) const {
  if (statistics().height(id) > 0) return;  // what a category holds follows from its members
  std::vector<std::pair<ConceptId, std::uint32_t>> cells;
  statistics().next(id).for_each([&](ConceptId to, std::uint32_t count) { cells.emplace_back(rank[to], count); });
  std::sort(cells.begin(), cells.end());
  for (const auto& [to, count] : cells) {
    sha.integer(to);
    sha.integer(count);
  }
}

std::optional<std::string> SequenceLayer::difference(ConceptId id, const Layer& other) const {
  const auto& there = dynamic_cast<const SequenceLayer&>(other);
  for (const auto& [ours, theirs] :
       {std::pair{&statistics(), &there.statistics()}, std::pair{&units(), &there.units()}}) {
    if (ours->next(id).sorted() != theirs->next(id).sorted()) return "count of what follows";
    if (ours->previous(id).sorted() != theirs->previous(id).sorted()) return "count of what precedes";
    if (ours->above(id).sorted() != theirs->above(id).sorted()) return "count in categories";
    if (ours->parent(id) != theirs->parent(id)) return "category in the counts";
    if (ours->under(id) != theirs->under(id) || ours->chosen(id) != theirs->chosen(id))
      return "number of times it was chosen";
    if (ours->drawn(id) != theirs->drawn(id) || ours->members(id) != theirs->members(id))
      return "number of members drawn";
  }
  if (fillers_of(id).sorted() != there.fillers_of(id).sorted()) return "count of what fills its slot";
  return std::nullopt;
}

std::string SequenceLayer::save() const { return fields_of(concentrations_).dump(); }

/// Named fields; format 1 kept a list of integers.
void SequenceLayer::load(const std::string& state) {
  const nlohmann::json kept = nlohmann::json::parse(state, nullptr, false);
  set_concentrations(kept.is_array() ? concentrations_of_format1(kept.get<std::vector<std::int64_t>>())
                                     : concentrations_in(kept));
}

std::uint64_t SequenceLayer::held_bytes() const {
  constexpr std::uint64_t kSlotBytes = 40;  // an entry of the map
  std::uint64_t bytes = statistics().held_bytes() + units().held_bytes();
  for (const auto& [schema, fillers] : slots_) bytes += kSlotBytes + fillers.held_bytes();
  return bytes;
}

}  // namespace noema::concepts
