#include "app/patterns/placing.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/patterns/expressions.h"
#include "app/patterns/operators.h"
#include "app/patterns/relations.h"

namespace noema::app::patterns {
namespace {

std::string alias_for(const std::string& name, const char* otherwise) {
  return name.starts_with('#') ? otherwise : name;
}

/// What must hold, one by one: the terms of an AND.
std::vector<const Expression*> terms_of(const Expressions& condition) {
  std::vector<const Expression*> terms;
  if (condition.empty()) return terms;
  const auto* junction = std::get_if<Junction>(&condition[0].node);
  if (junction == nullptr || junction->logic != Logic::kAnd) return {&condition[0]};
  for (const Expression& term : junction->terms) terms.push_back(&term);
  return terms;
}

}  // namespace

Placing::Placing(Context& context, const Elements& elements, const Branch& branch, const Expressions& condition,
                 Select select)
    : context_(context),
      elements_(elements),
      branch_(branch),
      select_(std::move(select)),
      placed_nodes_(elements.nodes.size(), false),
      placed_edges_(elements.edges.size(), false) {
  await_conditions(condition);
  for (const NodeElement& node : elements.nodes) await_properties(node.name, node.properties);
}

Select Placing::place_all() {
  narrow_bound_nodes();
  while (place_next()) {
  }
  for (std::size_t node = 0; node < elements_.nodes.size(); ++node)
    if (!placed_nodes_[node]) place_node(node);
  for (const PathElement& path : elements_.paths) place_path(path);
  add_conditions();
  return std::move(select_);
}

// --- Conditions ---------------------------------------------------------------------------------------------------

void Placing::await_conditions(const Expressions& condition) {
  for (const Expression* term : terms_of(condition)) {
    std::vector<std::string> needs;
    const auto need = [&](const std::string& name) {
      if (!select_.scope.find(name)) needs.push_back(name);
    };
    for (const std::string& name : variables_in(*term)) {
      const auto is_it = [&](const auto& one) { return one.name == name; };
      if (std::any_of(elements_.nodes.begin(), elements_.nodes.end(), is_it)) need(name);
      if (std::any_of(elements_.edges.begin(), elements_.edges.end(), is_it)) need(name);
      for (const PathElement& path : elements_.paths)
        if (path.name.text == name) need(name);
    }
    pending_.push_back(
        {needs, [this, term](const Scope& scope) { return operand(Translator(context_, scope).condition(*term)); }});
  }
}

std::string Placing::property_condition(const Value& owner, const PropertyValue& property, const Scope& scope) const {
  const Value own = property_of(property.key.at, owner, property.key.text);
  return operand(comparison(own, "=", Translator(context_, scope).value(property.value[0])));
}

void Placing::await_properties(const std::string& owner, const std::vector<const PropertyValue*>& properties) {
  for (const PropertyValue* property : properties) {
    std::vector<std::string> needs{owner};
    for (const std::string& name : variables_in(property->value[0])) needs.push_back(name);
    pending_.push_back({needs, [this, owner, property](const Scope& scope) {
                          return property_condition(*scope.find(owner), *property, scope);
                        }});
  }
}

void Placing::add_conditions() {
  const bool is_all = std::all_of(placed_nodes_.begin(), placed_nodes_.end(), [](bool one) { return one; }) &&
                      std::all_of(placed_edges_.begin(), placed_edges_.end(), [](bool one) { return one; });
  for (Pending& pending : pending_) {
    const bool is_ready = std::all_of(pending.needs.begin(), pending.needs.end(),
                                      [&](const std::string& name) { return select_.scope.find(name) != nullptr; });
    if (pending.is_done || (!is_ready && !is_all)) continue;
    pending.is_done = true;
    select_.where.push_back(pending.sql(select_.scope));
  }
}

// --- The order of placing -----------------------------------------------------------------------------------------

/// Nodes that were matched before are there; in this branch they are of one kind.
void Placing::narrow_bound_nodes() {
  for (std::size_t i = 0; i < elements_.nodes.size(); ++i) {
    const NodeElement& node = elements_.nodes[i];
    const Value* bound = select_.scope.find(node.name);
    if (bound == nullptr) continue;
    Value narrowed = *bound;
    narrowed.type.kinds = {branch_.kinds[i]};
    narrowed.kind.clear();
    narrowed.other_kinds = branch_.all_kinds[i];
    if (!bound->kind.empty())
      select_.where.push_back(fmt::format("{} = {}", bound->kind, quoted(branch_.kinds[i]->label)));
    const bool is_alone = std::none_of(elements_.edges.begin(), elements_.edges.end(),
                                       [&](const EdgeElement& edge) { return edge.left == i || edge.right == i; });
    if (is_alone) select_.where.push_back(narrowed.sql + " IS NOT NULL");
    select_.scope.set(node.name, narrowed);
    place_node(i);
  }
}

bool Placing::place_next() {
  const auto find = [&](bool is_walk, const auto& holds) {
    for (std::size_t i = 0; i < elements_.edges.size(); ++i)
      if (!placed_edges_[i] && elements_.edges[i].pattern->range.has_value() == is_walk && holds(elements_.edges[i]))
        return i;
    return elements_.edges.size();
  };
  const auto is_reached = [&](const EdgeElement& edge) { return is_placed(edge.left) || is_placed(edge.right); };
  std::size_t edge = find(false, is_reached);
  if (edge == elements_.edges.size()) edge = find(true, is_reached);
  if (edge == elements_.edges.size()) {
    const std::size_t start = best_start();
    if (start == elements_.nodes.size()) return false;
    edge = find(false, [&](const EdgeElement& one) { return one.left == start || one.right == start; });
    if (edge == elements_.edges.size()) {
      place_node(start);
      return true;
    }
  }
  if (elements_.edges[edge].pattern->range)
    place_walk(edge);
  else
    place_edge(edge);
  return true;
}

/// Of the nodes at relations that are not placed, the one that says most about itself.
std::size_t Placing::best_start() const {
  std::size_t best = elements_.nodes.size();
  for (std::size_t i = 0; i < elements_.edges.size(); ++i)
    for (const std::size_t node : {elements_.edges[i].left, elements_.edges[i].right})
      if (!placed_edges_[i] && (best == elements_.nodes.size() || promise_of(node) > promise_of(best))) best = node;
  return best;
}

int Placing::promise_of(std::size_t node) const {
  const NodeElement& element = elements_.nodes[node];
  int promise = element.properties.empty() ? 0 : 4;
  for (const Pending& pending : pending_)
    if (pending.needs == std::vector<std::string>{element.name}) promise += 2;
  return promise + (element.labels.empty() ? 0 : 1);
}

bool Placing::is_placed(std::size_t node) const { return placed_nodes_[node]; }

// --- Nodes and relations ------------------------------------------------------------------------------------------

void Placing::place_node(std::size_t index, const std::string& key, bool exists) {
  const NodeElement& node = elements_.nodes[index];
  const NodeKind& kind = *branch_.kinds[index];
  if (const Value* known = select_.scope.find(node.name)) {
    if (!key.empty()) select_.where.push_back(fmt::format("{} = {}", known->sql, key));
  } else if (!key.empty() && exists && kind.is_value()) {
    Value value{key, {Base::kNode, {&kind}}};
    value.other_kinds = branch_.all_kinds[index];
    select_.scope.set(node.name, value);
  } else {
    const std::string alias = context_.table(alias_for(node.name, "node"));
    select_.from.push_back(fmt::format("{} {}", kind.source, alias));
    Value value{fmt::format("{}.{}", alias, kind.key), {Base::kNode, {&kind}}};
    value.alias = alias;
    value.other_kinds = branch_.all_kinds[index];
    if (!key.empty()) select_.where.push_back(fmt::format("{} = {}", value.sql, key));
    select_.scope.set(node.name, value);
  }
  if (placed_nodes_[index]) return;
  placed_nodes_[index] = true;
  for (const Word& label : node.labels)
    if (label_named(label).column != nullptr)
      select_.where.push_back(label_test(*select_.scope.find(node.name), label).sql);
}

void Placing::place_edge(std::size_t index) {
  const EdgeElement& edge = elements_.edges[index];
  const EdgeReading& reading = branch_.edges[index];
  const RelationKind& kind = *reading.kind;
  const std::string alias = context_.table(alias_for(edge.name, "rel"));
  select_.from.push_back(fmt::format("{} {}", kind.source, alias));
  for (const std::string& one : relation_conditions(reading, alias)) select_.where.push_back(one);
  const std::string from = fmt::format("{}.{}", alias, kind.from_column),
                    to = fmt::format("{}.{}", alias, kind.to_column);
  if (reading.is_both && reading.is_reversed) select_.where.push_back(fmt::format("{} <> {}", from, to));
  place_node(edge.left, reading.is_reversed ? to : from, reading.is_reversed ? kind.to_exists : kind.from_exists);
  place_node(edge.right, reading.is_reversed ? from : to, reading.is_reversed ? kind.from_exists : kind.to_exists);
  Value value = relation_value(reading, alias, is_read(edge.name) || needs_list(index));
  value.other_relations = branch_.all_relations[index];
  for (const PropertyValue& property : edge.pattern->properties)
    select_.where.push_back(property_condition(value, property, select_.scope));
  if (!edge.name.starts_with('#')) select_.scope.set(edge.name, value);
  Value identity{value.identity, {Base::kAny}};
  identity.alias = alias;
  select_.scope.set(own("identity", index), identity);
  if (needs_list(index))
    select_.scope.set(own("list", index), {fmt::format("json_array({})", value.sql), list_of(value.type)});
  placed_edges_[index] = true;
  keep_apart(index);
  add_conditions();
}

/// Within one MATCH no relation is matched twice.
void Placing::keep_apart(std::size_t index) {
  const Value& one = *select_.scope.find(own("identity", index));
  const auto is_walk = [&](std::size_t edge) { return elements_.edges[edge].pattern->range.has_value(); };
  for (std::size_t other = 0; other < elements_.edges.size(); ++other) {
    if (other == index || !placed_edges_[other] || !can_be_same(branch_.edges[index], branch_.edges[other])) continue;
    const Value& two = *select_.scope.find(own("identity", other));
    std::string apart;
    if (is_walk(index) && is_walk(other))
      apart = fmt::format("NOT EXISTS (SELECT 1 FROM json_each({}) x JOIN json_each({}) y WHERE x.value = y.value)",
                          one.sql, two.sql);
    else if (is_walk(index) || is_walk(other))
      apart = fmt::format("instr({}, {}) = 0", is_walk(index) ? one.sql : two.sql, is_walk(index) ? two.sql : one.sql);
    else if (!one.alias.empty() && !two.alias.empty())
      apart = differ(*branch_.edges[index].kind, two.alias, one.alias);
    else
      apart = fmt::format("{} <> {}", one.sql, two.sql);
    select_.where.push_back(apart);
  }
}

// --- Walks --------------------------------------------------------------------------------------------------------

/// The relations behind one another: a recursive SELECT from the distinct nodes where it can begin.
void Placing::place_walk(std::size_t index) {
  const EdgeElement& edge = elements_.edges[index];
  const EdgeReading& reading = branch_.edges[index];
  const bool is_from_left = is_placed(edge.left);
  const std::size_t start = is_from_left ? edge.left : edge.right, stop = is_from_left ? edge.right : edge.left;
  add_conditions();
  select_ = context_.close({select_}, "step");
  const std::string begin = select_.scope.find(elements_.nodes[start].name)->sql, walk = context_.table("walk");
  std::string columns = "start, stop, depth, rels", seed = fmt::format("{0}, {0}, 0, '[]'", begin);
  if (needs_list(index)) columns += ", list", seed += ", '[]'";
  if (needs_nodes(index)) columns += ", nodes", seed += ", '[]'";
  std::string sql = fmt::format("SELECT DISTINCT {} FROM {}", seed, select_.from[0]);
  // Reversed: the relation's `from` stands to the right.
  sql += walk_arm(index, walk, is_from_left, reading.is_reversed);
  if (reading.is_both) sql += walk_arm(index, walk, is_from_left, !reading.is_reversed);
  context_.add_step(fmt::format("{}({})", walk, columns), sql);
  select_.from.push_back(walk);
  select_.where.push_back(fmt::format("{}.start = {}", walk, begin));
  if (edge.pattern->range->least > 0)
    select_.where.push_back(fmt::format("{}.depth >= {}", walk, edge.pattern->range->least));
  place_node(stop, walk + ".stop", true);
  const Type list = list_of({Base::kRelation, {}, {reading.kind}});
  select_.scope.set(own("identity", index), {walk + ".rels", {Base::kAny}});
  if (!edge.name.starts_with('#')) select_.scope.set(edge.name, {is_read(edge.name) ? walk + ".list" : "NULL", list});
  if (needs_list(index)) select_.scope.set(own("list", index), {walk + ".list", list});
  if (needs_nodes(index)) select_.scope.set(own("nodes", index), {walk + ".nodes", {Base::kAny}});
  placed_edges_[index] = true;
  keep_apart(index);
  add_conditions();
}

/// One relation more, in one direction: from a node that was reached to the next.
std::string Placing::walk_arm(std::size_t index, const std::string& walk, bool is_from_left, bool is_reversed) {
  const EdgePattern& edge = *elements_.edges[index].pattern;
  const EdgeReading& reading = branch_.edges[index];
  const RelationKind& kind = *reading.kind;
  const bool goes_along = is_from_left != is_reversed;  // from `from` to `to`
  Value value = relation_value(reading, "r", needs_list(index));
  value.other_relations = branch_.all_relations[index];
  const std::string here = fmt::format("r.{}", goes_along ? kind.from_column : kind.to_column);
  const std::string next = fmt::format("r.{}", goes_along ? kind.to_column : kind.from_column);
  // What a walk from the right finds stands before what it has.
  const auto longer = [&](const char* list, const std::string& item) {
    return is_from_left ? fmt::format(", json_insert(w.{}, '$[#]', {})", list, item)
                        : ", " + joined_lists({fmt::format("json_array({})", item), fmt::format("w.{}", list)});
  };
  std::string columns = fmt::format("w.start, {}, w.depth + 1, json_insert(w.rels, '$[#]', {})", next, value.identity);
  if (needs_list(index)) columns += longer("list", value.sql);
  if (needs_nodes(index)) columns += longer("nodes", is_from_left ? next : "w.stop");
  std::vector<std::string> where{fmt::format("w.depth < {}", edge.range->most), fmt::format("{} = w.stop", here)};
  for (const std::string& one : relation_conditions(reading, "r")) where.push_back(one);
  where.push_back(fmt::format("instr(w.rels, {}) = 0", value.identity));
  if (reading.is_both && is_reversed != reading.is_reversed) where.push_back(fmt::format("{} <> {}", here, next));
  const Scope none;  // a walk is made once for all rows: what it asks for is the same for all
  for (const PropertyValue& property : edge.properties) where.push_back(property_condition(value, property, none));
  return fmt::format("\n UNION ALL SELECT {} FROM {} w JOIN {} r WHERE {}", columns, walk, kind.source,
                     fmt::join(where, " AND "));
}

// --- Paths --------------------------------------------------------------------------------------------------------

bool Placing::is_read(const std::string& name) const {
  return context_.read.contains(name) || context_.read.contains("*");
}

bool Placing::needs_nodes(std::size_t edge) const {
  return std::any_of(elements_.paths.begin(), elements_.paths.end(), [&](const PathElement& path) {
    return !path.name.text.empty() && is_read(path.name.text) &&
           std::find(path.edges.begin(), path.edges.end(), edge) != path.edges.end();
  });
}

bool Placing::needs_list(std::size_t edge) const {
  const EdgeElement& element = elements_.edges[edge];
  return needs_nodes(edge) || (element.pattern->range && !element.name.starts_with('#') && is_read(element.name));
}

std::string Placing::own(const char* what, std::size_t number) const { return fmt::format("#{}{}", what, number); }

void Placing::place_path(const PathElement& path) {
  if (path.name.text.empty()) return;
  Type type{Base::kPath};
  for (const std::size_t node : path.nodes) type = either(type, {Base::kPath, {branch_.kinds[node]}});
  for (const std::size_t edge : path.edges) type = either(type, {Base::kPath, {}, {branch_.edges[edge].kind}});
  if (!is_read(path.name.text)) return select_.scope.set(path.name.text, {"NULL", type});
  if (type.kinds.size() > 1)
    refuse(path.name.at, "a path that is read goes through nodes of one kind; name its nodes instead");
  const auto key = [&](std::size_t node) {
    return fmt::format("json_array({})", select_.scope.find(elements_.nodes[node].name)->sql);
  };
  std::vector<std::string> nodes{key(path.nodes[0])}, relations;
  for (std::size_t i = 0; i < path.edges.size(); ++i) {
    const std::size_t edge = path.edges[i];
    nodes.push_back(elements_.edges[edge].pattern->range ? select_.scope.find(own("nodes", edge))->sql
                                                         : key(path.nodes[i + 1]));
    relations.push_back(select_.scope.find(own("list", edge))->sql);
  }
  if (relations.empty()) relations.emplace_back("json_array()");
  select_.scope.set(path.name.text, {fmt::format("json_object('nodes', json({}), 'relationships', json({}))",
                                                 joined_lists(nodes), joined_lists(relations)),
                                     type});
}

}  // namespace noema::app::patterns
