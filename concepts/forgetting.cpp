// Forgetting: the oldest episodes are let go of, senses that nothing mentions any more fade, and both come back.

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/numbers.h"
#include "concepts/graph.h"

namespace noema::concepts {

void Graph::protect(ConceptId id) {
  Node& node = nodes_[id];
  if (id == kBoundary || node.kept) return;
  node.kept = true;
  ++kept_;
  idle_.erase(id);
  touch(id);
}

/// True for a sense that no episode mentions and nothing stands on.
bool Graph::may_fade(ConceptId id) const {
  const Node& node = nodes_[id];
  return node.active && id != kBoundary && node.kind == Kind::kSense && node.origin == 0 && node.positions.empty() &&
         node.members.empty() && node.forms.empty() && node.uses == 0 && node.named == 0 && !node.kept &&
         !associates_.contains(id);
}

void Graph::look_idle(ConceptId id) {
  if (may_fade(id)) idle_.insert(id);
}

bool Graph::has_idle() const {
  return std::any_of(idle_.begin(), idle_.end(), [&](ConceptId id) { return may_fade(id); });
}

void Graph::find_idle() {
  for (ConceptId id = 1; id < nodes_.size(); ++id) look_idle(id);
}

Forgetting Graph::forgetting(std::uint32_t episode) const {
  Forgetting forgetting{episode, 0, {}};
  const Position until = stream_.begin(episode);
  std::set<ConceptId> going;
  const auto goes = [&](ConceptId id) {
    const Node& node = nodes_[id];
    return node.active && id != kBoundary && node.kind == Kind::kSense && node.origin == 0 && node.members.empty() &&
           node.uses == 0 && node.named == 0 && !node.kept &&
           (node.positions.empty() || node.positions.back() < until) &&
           std::all_of(node.forms.begin(), node.forms.end(), [&](ConceptId form) { return going.contains(form); });
  };
  // What goes may have been the last form of another one.
  const auto look = [&](ConceptId id) {
    while (!going.contains(id) && goes(id)) {
      const Node& node = nodes_[id];
      going.insert(id);
      forgetting.faded.push_back({id, node.label, node.redirect, node.category});
      id = node.redirect;
    }
  };
  for (const ConceptId id : idle_) look(id);
  Redivision redivision;
  for (std::uint32_t e = stream_.first_episode(); e < episode; ++e) {
    const auto units = stream_.leaves(e);
    for (const ConceptId unit : units) look(unit);
    add_episode(redivision, units, mentions_of(e), -1);
  }
  forgetting.bits = -base::bits_of(nats_of(redivision));
  return forgetting;
}

/// One fewer writing of a unit.
void Graph::unwrite(ConceptId unit, const std::string& surface) {
  auto& surfaces = nodes_[unit].surfaces;
  const auto found =
      std::find_if(surfaces.begin(), surfaces.end(), [&](const auto& known) { return known.first == surface; });
  if (found == surfaces.end())
    throw base::Error(
        fmt::format("concept {} was never written as its episodes' text says now; run `noema check`", unit));
  if (--found->second == 0) surfaces.erase(found);
}

/// Takes back what count_episode() counted, but for the cells of mentions, which are gathered.
void Graph::uncount(std::uint32_t episode, Redivision& redivision, std::set<ConceptId>& touched) {
  const auto units = stream_.leaves(episode);
  const std::vector<Mention> mentions = mentions_of(episode);
  add_episode(redivision, units, mentions, -1);
  for (const Mention& mention : mentions) touched.insert(mention.node);
  --nodes_[kBoundary].mentions;
  const auto next_of = [&](std::size_t i) { return i + 1 < units.size() ? units[i + 1] : kBoundary; };
  units_.add(kBoundary, units.empty() ? kBoundary : units[0], -1);
  for (std::size_t i = 0; i < units.size(); ++i) {
    units_.add(units[i], next_of(i), -1);
    for (const ConceptId context : contexts(units.first(i + 1))) {
      touched.insert(context);
      Node& node = nodes_[context];
      if (node.kind == Kind::kSense) continue;
      node.followers.add(next_of(i), -1);
      --node.followed;
    }
  }
}

std::vector<ConceptId> Graph::forget(const Forgetting& forgetting, const Past& past) {
  const std::uint32_t first = stream_.first_episode(), end = forgetting.episode;
  base::check(end >= first && end <= stream_.episodes(), "only attached episodes are let go of");
  ++version_;
  std::vector<std::vector<PastUnit>> written;  // all of it before anything changes
  for (std::uint32_t e = first; e < end; ++e) {
    written.push_back(past(e));
    if (written.back().size() != stream_.leaves(e).size())
      throw base::Error(fmt::format("episode {} was attached to {} units and its text gives {}; run `noema check`",
                                    e + 1, stream_.leaves(e).size(), written.back().size()));
  }
  Redivision redivision;
  std::set<ConceptId> touched;
  for (std::uint32_t e = first; e < end; ++e) {
    uncount(e, redivision, touched);
    const auto units = stream_.leaves(e);
    for (std::size_t i = 0; i < units.size(); ++i) unwrite(units[i], written[e - first][i].surface);
  }
  touch(kBoundary);
  apply(redivision);
  stream_.drop_until(end);
  for (const ConceptId id : touched) {
    nodes_[id].positions.drop_below(stream_.first_position());
    touch(id);
  }

  std::set<ConceptId> left;  // made by thinking, and without a mention now
  for (const ConceptId id : touched) {
    const Node& node = nodes_[id];
    if (node.made_by != 0 && node.mentions == 0) left.insert(id);
    if (node.kind == Kind::kSense && node.positions.empty())
      for (const ConceptId sense : node.origin == 0 ? node.members : std::vector<ConceptId>{}) left.insert(sense);
  }
  for (const Faded& faded : forgetting.faded) {
    fade(faded);
    if (faded.category != 0 && nodes_[faded.category].members.size() < 2) left.insert(faded.category);
  }
  std::erase_if(idle_, [&](ConceptId id) { return !may_fade(id); });
  return {left.begin(), left.end()};
}

/// Gives everything of a sense back but its id.
void Graph::fade(const Faded& faded) {
  const ConceptId id = faded.id;
  Node& node = nodes_[id];
  if (node.category != 0) {
    std::erase(nodes_[node.category].members, id);
    touch(node.category);
  }
  statistics_.set_parent(id, 0);
  units_.set_parent(id, 0);
  if (node.redirect == id) {
    --concepts_;
    membership_count_ -= node.category != 0;
  } else {
    std::erase(nodes_[node.redirect].forms, id);
    touch(node.redirect);
  }
  by_identity_.erase(node.label);
  charged_ -= node.charged;
  changed_[id] = true;
  nodes_.release(id);
  statistics_.release(id);
  units_.release(id);
}

/// A faded sense under its old id, lying where it lay as far as that is still there.
void Graph::bring_back(const Faded& faded) {
  const ConceptId id = faded.id;
  Node node;
  node.label = faded.label;
  node.redirect = id;
  nodes_.put(id, std::move(node));
  statistics_.make_row(id);
  units_.make_row(id);
  by_identity_.emplace(faded.label, id);
  ++concepts_;
  touch(id);
  const bool lies = faded.category != 0 && std::as_const(nodes_)[faded.category].active;
  const bool form = faded.redirect != id && std::as_const(nodes_)[faded.redirect].active;
  if (lies) set_category(id, faded.category);
  if (!form) return;
  statistics_.set_parent(id, 0);
  membership_count_ -= nodes_[id].category != 0;
  nodes_[id].redirect = faded.redirect;
  nodes_[faded.redirect].forms.push_back(id);
  units_.set_parent(id, category_of(faded.redirect));
  touch(faded.redirect);
  --concepts_;
}

void Graph::readmit(std::uint32_t episode, std::span<const Faded> faded, const Past& past) {
  base::check(episode <= stream_.first_episode(), "only what was let go of comes back");
  ++version_;
  std::vector<std::vector<PastUnit>> written;
  for (std::uint32_t e = episode; e < stream_.first_episode(); ++e) written.push_back(past(e));
  for (std::size_t i = faded.size(); i-- > 0;)  // what others were forms of first
    if (!find(faded[i].label) && !still_has(faded[i].id)) bring_back(faded[i]);
  std::vector<std::vector<ConceptId>> episodes;
  for (const auto& units : written) {
    auto& ids = episodes.emplace_back();
    for (const PastUnit& unit : units) {
      if (!find(unit.identity))
        throw base::Error(fmt::format("'{}' of an input to be taken back in is no concept any more; run `noema check`",
                                      unit.identity));
      ids.push_back(perceive_unit(unit.identity, unit.surface));
    }
  }
  stream_.prepend(episodes);
  Front front;
  for (std::uint32_t e = episode; e - episode < episodes.size(); ++e)
    count_episode(episodes[e - episode], stream_.begin(e), &front);
  for (const auto& [id, positions] : front) {
    nodes_[id].positions.prepend(positions);
    touch(id);
  }
  for (const Faded& one : faded)
    if (still_has(one.id)) look_idle(one.id);
}

}  // namespace noema::concepts
