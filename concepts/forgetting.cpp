// Forgetting: the oldest episodes are let go of, units that nothing mentions any more fade, and both come back.

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/error.h"
#include "concepts/graph.h"

namespace noema::concepts {
namespace {

/// How often a unit was written in some way.
using SurfaceCounts = std::map<std::pair<ConceptId, std::string>, std::uint32_t>;

std::uint32_t count_of(const Unit& unit, const std::string& surface) {
  for (const auto& [known, count] : unit.surfaces)
    if (known == surface) return count;
  return 0;
}

void take_surface(Unit& unit, const std::string& surface, std::uint32_t count) {
  const auto found =
      std::find_if(unit.surfaces.begin(), unit.surfaces.end(), [&](const auto& one) { return one.first == surface; });
  found->second -= count;
  if (found->second == 0) unit.surfaces.erase(found);
}

/// True for a unit on which nothing stands but, perhaps, mentions, forms and associations.
bool carries_nothing(const Node& node) {
  return node.active && !node.is_protected && node.wholes.empty() && node.slot_and_sense_uses == 0 &&
         std::visit([](const auto& kind) { return kind.may_fade(); }, node.kind);
}

}  // namespace

void Graph::protect(ConceptId id) {
  if (id == kBoundary || nodes_[id].is_protected) return;
  nodes_.protect(id);
  idle_.erase(id);
  ++version_;
}

void Graph::unprotect(ConceptId id) {
  base::check(nodes_[id].made_by != 0, "only what a thought made is unprotected again");
  nodes_.unprotect(id);
  ++version_;
}

bool GraphView::may_fade(ConceptId id) const {
  const Node& node = nodes_[id];
  return id != kBoundary && carries_nothing(node) && node.positions.empty() && node.forms.empty() &&
         !associates_.contains(id);
}

void Graph::note_if_idle(ConceptId id) {
  if (may_fade(id)) idle_.insert(id);
}

bool GraphView::has_idle() const {
  return std::any_of(idle_.begin(), idle_.end(), [&](ConceptId id) { return may_fade(id); });
}

void Graph::find_idle() {
  nodes_.for_each([&](ConceptId id) { note_if_idle(id); });
}

Forgetting GraphView::forgetting(std::uint32_t episode) const {
  Forgetting forgetting{episode, 0, {}};
  const Position until = stream_.begin(episode);
  std::unordered_set<ConceptId> going;
  const auto goes = [&](ConceptId id) {
    const Node& node = nodes_[id];
    return id != kBoundary && carries_nothing(node) && !associates_.contains(id) &&
           (node.positions.empty() || node.positions.back() < until) &&
           std::all_of(node.forms.begin(), node.forms.end(), [&](ConceptId form) { return going.contains(form); });
  };
  // A unit that goes may have been the last form of another one.
  const auto consider = [&](ConceptId id) {
    while (!going.contains(id) && goes(id)) {
      const Node& node = nodes_[id];
      going.insert(id);
      forgetting.faded.push_back({id, node.as<Unit>()->label, node.redirect, node.category});
      id = node.redirect;
    }
  };
  for (const ConceptId id : idle_) consider(id);
  GraphChange change;
  change.first_detached = stream_.first_episode();
  change.end_detached = episode;
  for (std::uint32_t e = stream_.first_episode(); e < episode; ++e)
    for (const ConceptId unit : stream_.leaves(e)) consider(unit);
  forgetting.bits = -growth_bits(*this, change);
  return forgetting;
}

/// Takes back what count_episode() counted, but for the positions.
void Graph::uncount_episode(std::uint32_t episode, std::set<ConceptId>& touched) {
  const auto units = stream_.leaves(episode);
  const std::vector<Mention> mentions = mentions_of(stream_, episode);
  std::vector<ConceptId> changed;
  for (const auto& layer : layers_) layer->detach(ground(), {episode, units, mentions}, changed);
  touched.insert(changed.begin(), changed.end());
  for (const Mention& mention : mentions) {
    --nodes_.at(mention.node).mentions;
    touched.insert(mention.node);
  }
  --nodes_.at(kBoundary).mentions;
  for (std::size_t i = 0; i < units.size(); ++i)
    for (const ConceptId context : nodes_.contexts(units.first(i + 1))) {
      touched.insert(context);
      if (Followers* followers = followers_in(nodes_.at(context)))
        followers->add(i + 1 < units.size() ? units[i + 1] : kBoundary, -1);
    }
}

std::vector<ConceptId> Graph::forget(const Forgetting& forgetting, const Past& past) {
  const std::uint32_t first = stream_.first_episode(), end = forgetting.episode;
  base::check(end >= first && end <= stream_.episodes(), "only attached episodes are let go of");
  // Everything that can fail comes before the first change.
  SurfaceCounts taken;
  for (std::uint32_t e = first; e < end; ++e) {
    const std::vector<PastUnit> written = past(e);
    const auto units = stream_.leaves(e);
    if (written.size() != units.size())
      throw base::Error(fmt::format("episode {} was attached to {} units and its text gives {}; run `noema check`",
                                    e + 1, units.size(), written.size()));
    for (std::size_t i = 0; i < units.size(); ++i) ++taken[{units[i], written[i].surface}];
  }
  for (const auto& [writing, count] : taken)
    if (count_of(*nodes_[writing.first].as<Unit>(), writing.second) < count)
      throw base::Error(
          fmt::format("concept {} was never written as the text of its episodes says now; run `noema "
                      "check`",
                      writing.first));
  for (const Faded& faded : forgetting.faded)
    base::check(nodes_.holds(faded.id) && carries_nothing(nodes_[faded.id]), "what fades is worked out right before");

  ++version_;
  std::set<ConceptId> touched{kBoundary};
  for (std::uint32_t e = first; e < end; ++e) uncount_episode(e, touched);
  for (const auto& [writing, count] : taken) take_surface(*nodes_.at(writing.first).as<Unit>(), writing.second, count);
  stream_.drop_until(end);
  for (const ConceptId id : touched) {
    nodes_.at(id).positions.drop_below(stream_.first_position());
    nodes_.touch(id);
  }
  std::vector<ConceptId> left = unmentioned(touched);
  for (const Faded& faded : forgetting.faded) {
    fade(faded);
    if (faded.category != 0 && nodes_[faded.category].as<Category>()->members.size() < 2)
      left.push_back(faded.category);
  }
  std::erase_if(idle_, [&](ConceptId id) { return !may_fade(id); });
  std::sort(left.begin(), left.end());
  left.erase(std::unique(left.begin(), left.end()), left.end());
  return left;
}

/// Of these, the nodes that a thought made and nothing mentions, and the senses of units that occur nowhere.
std::vector<ConceptId> Graph::unmentioned(const std::set<ConceptId>& touched) const {
  std::vector<ConceptId> left;
  for (const ConceptId id : touched) {
    const Node& node = nodes_[id];
    if (node.made_by != 0 && node.mentions == 0) left.push_back(id);
    if (const Unit* unit = node.as<Unit>(); unit && node.positions.empty())
      left.insert(left.end(), unit->senses.begin(), unit->senses.end());
  }
  return left;
}

/// Gives back everything of a unit but its id.
void Graph::fade(const Faded& faded) {
  const ConceptId id = faded.id;
  set_category(id, 0);
  for (const auto& layer : layers_) layer->remove_node(id);
  nodes_.set_redirect(id, id);
  nodes_.leave(id);
  nodes_.release(id);
}

/// A faded unit under its old id, where it was as far as that is still there.
void Graph::bring_back(const Faded& faded) {
  const ConceptId id = faded.id;
  Node node;
  node.kind = Unit{.label = faded.label, .surfaces = {}, .senses = {}};
  nodes_.put(id, std::move(node));
  nodes_.enter(id);
  for (const auto& layer : layers_) layer->add_node(id, nodes_[id]);
  if (faded.category != 0 && is_category(nodes_, faded.category)) set_category(id, faded.category);
  if (faded.redirect != id && nodes_[faded.redirect].active) set_redirect({}, id, faded.redirect);
  touch(id);
}

void Graph::readmit(std::uint32_t episode, std::span<const Faded> faded, const Past& past) {
  const std::uint32_t end = stream_.first_episode();
  base::check(episode <= end, "only what was let go of comes back");
  // Everything that can fail comes before the first change.
  std::vector<Faded> returning;
  std::map<std::string, ConceptId> returning_labels;
  for (const Faded& one : faded)
    if (!nodes_.find(one.label) && !nodes_.holds(one.id) && one.id < nodes_.size() &&
        returning_labels.emplace(one.label, one.id).second)
      returning.push_back(one);
  const auto node_for = [&](const PastUnit& unit) {
    const bool known = nodes_.holds(unit.node) && unit.node != kBoundary && nodes_[unit.node].is<Unit>();
    if (known) return unit.node;
    if (const auto found = nodes_.find(unit.identity)) return *found;
    if (const auto found = returning_labels.find(unit.identity); found != returning_labels.end()) return found->second;
    throw base::Error(
        fmt::format("'{}' of an input to be taken back in is no concept any more; run `noema check`", unit.identity));
  };
  std::vector<std::vector<ConceptId>> episodes;
  std::vector<std::pair<ConceptId, std::string>> writings;
  for (std::uint32_t e = episode; e < end; ++e) {
    auto& ids = episodes.emplace_back();
    for (const PastUnit& unit : past(e)) {
      ids.push_back(node_for(unit));
      writings.emplace_back(ids.back(), unit.surface);
    }
  }

  ++version_;
  for (std::size_t i = returning.size(); i-- > 0;) bring_back(returning[i]);  // concepts before their forms
  for (const auto& [id, surface] : writings) add_surface(id, surface);
  stream_.prepend(episodes);
  EarlierPositions earlier;
  for (std::uint32_t e = episode; e < end; ++e) count_episode(e, &earlier);
  for (const auto& [id, positions] : earlier) {
    nodes_.at(id).positions.prepend(positions);
    touch(id);
  }
  for (const Faded& one : faded)
    if (nodes_.holds(one.id)) note_if_idle(one.id);
}

}  // namespace noema::concepts
