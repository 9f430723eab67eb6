#include "app/patterns/branches.h"

#include <fmt/format.h>

#include <algorithm>

namespace noema::app::patterns {
namespace {

// --- Elements -----------------------------------------------------------------------------------------------------

class Collecting {
 public:
  explicit Collecting(const Scope& scope) : scope_(scope) {}

  Elements collect(const std::vector<PathPattern>& paths) {
    for (const PathPattern& path : paths) {
      PathElement element{path.variable, {}, {}};
      for (const NodePattern& node : path.nodes) element.nodes.push_back(add(node));
      for (std::size_t i = 0; i < path.edges.size(); ++i) {
        element.edges.push_back(elements_.edges.size());
        add(path.edges[i], element.nodes[i], element.nodes[i + 1]);
      }
      elements_.paths.push_back(std::move(element));
    }
    for (const PathElement& path : elements_.paths)
      if (!path.name.text.empty()) require_new(path.name.at, path.name.text);
    return std::move(elements_);
  }

 private:
  std::size_t add(const NodePattern& node) {
    const auto known = std::find_if(elements_.nodes.begin(), elements_.nodes.end(), [&](const NodeElement& one) {
      return !node.variable.empty() && one.name == node.variable;
    });
    const auto index = static_cast<std::size_t>(known - elements_.nodes.begin());
    if (known == elements_.nodes.end()) {
      if (const Value* bound = scope_.find(node.variable); bound != nullptr && bound->type.base != Base::kNode)
        refuse(node.at, fmt::format("'{}' is {}, not a node", node.variable, name_of(bound->type)));
      elements_.nodes.push_back({node.variable.empty() ? fmt::format("#n{}", index) : node.variable, node.at, {}, {}});
    }
    NodeElement& element = elements_.nodes[index];
    element.labels.insert(element.labels.end(), node.labels.begin(), node.labels.end());
    for (const PropertyValue& property : node.properties) element.properties.push_back(&property);
    return index;
  }

  void add(const EdgePattern& edge, std::size_t left, std::size_t right) {
    if (elements_.edges.size() == kMostElements)
      refuse(edge.at,
             fmt::format("one MATCH has at most {} relations; take several, with WITH between them", kMostElements));
    if (!edge.variable.empty()) require_new(edge.at, edge.variable);
    elements_.edges.push_back(
        {edge.variable.empty() ? fmt::format("#e{}", elements_.edges.size()) : edge.variable, left, right, &edge});
  }

  void require_new(Place at, const std::string& name) {
    const auto has_name = [&](const auto& one) { return one.name == name; };
    const bool is_taken = scope_.find(name) != nullptr ||
                          std::any_of(elements_.edges.begin(), elements_.edges.end(), has_name) ||
                          std::any_of(elements_.nodes.begin(), elements_.nodes.end(), has_name);
    if (is_taken)
      refuse(at, fmt::format("'{}' stands for something already; relations and paths need a new name", name));
  }

  const Scope& scope_;
  Elements elements_;
};

// --- Branches -----------------------------------------------------------------------------------------------------

using Kinds = std::vector<const NodeKind*>;

Kinds kinds_of(const NodeElement& node, const Scope& scope) {
  const Value* bound = scope.find(node.name);
  Kinds kinds = bound != nullptr ? bound->type.kinds : node_kinds();
  for (const Word& word : node.labels) {
    const NodeKind* kind = label_named(word).kind;
    std::erase_if(kinds, [&](const NodeKind* one) { return one != kind; });
    if (kinds.empty())
      refuse(word.at, fmt::format("no node has the label {} beside what else is asked of it", word.text));
  }
  return kinds;
}

/// The kinds of relation that an edge can be, with the types that it names.
std::vector<EdgeReading> readings_of(const EdgePattern& edge) {
  std::vector<const RelationType*> types;
  for (const Word& word : edge.types) types.push_back(&relation_type_named(word));
  if (edge.types.empty())
    for (const RelationType& type : relation_types())
      if (!type.is_inverse) types.push_back(&type);
  std::vector<EdgeReading> readings;
  for (const RelationType* type : types) {
    const auto known =
        std::find_if(readings.begin(), readings.end(), [&](const EdgeReading& one) { return one.kind == type->kind; });
    EdgeReading& reading = known == readings.end() ? readings.emplace_back() : *known;
    reading.kind = type->kind;
    if (!edge.types.empty() && type->value != nullptr) reading.types.push_back(type);
  }
  return readings;
}

class Enumerating {
 public:
  Enumerating(const Elements& elements, const Scope& scope) : elements_(elements) {
    for (const NodeElement& node : elements.nodes) allowed_.push_back(kinds_of(node, scope));
    for (const EdgeElement& edge : elements.edges) readings_.push_back(readings_of(*edge.pattern));
  }

  std::vector<Branch> enumerate() {
    Branch branch;
    branch.kinds.resize(elements_.nodes.size());
    branch.edges.resize(elements_.edges.size());
    from_edge(0, branch);
    if (branches_.empty()) refuse_all();
    tell_alternatives();
    return std::move(branches_);
  }

 private:
  void from_edge(std::size_t index, const Branch& branch) {
    if (index == elements_.edges.size()) return from_node(0, branch);
    const EdgeElement& edge = elements_.edges[index];
    for (EdgeReading reading : readings_[index]) {
      const bool is_of_one_kind = reading.kind->from == reading.kind->to;
      if (edge.pattern->range && !is_of_one_kind) continue;
      reading.is_both = edge.pattern->direction == Direction::kBoth && is_of_one_kind;
      for (const bool is_reversed : {false, true}) {
        reading.is_reversed = is_reversed;
        if (edge.pattern->direction == (is_reversed ? Direction::kRight : Direction::kLeft)) continue;
        if (is_reversed && reading.is_both && edge.pattern->range) continue;  // a walk goes both ways by itself
        Branch next = branch;
        next.edges[index] = reading;
        if (fits(next, edge.left, is_reversed ? reading.kind->to : reading.kind->from) &&
            fits(next, edge.right, is_reversed ? reading.kind->from : reading.kind->to))
          from_edge(index + 1, next);
      }
    }
  }

  /// Nodes without relations.
  void from_node(std::size_t index, const Branch& branch) {
    if (index == elements_.nodes.size()) return add(branch);
    if (branch.kinds[index] != nullptr) return from_node(index + 1, branch);
    for (const NodeKind* kind : allowed_[index]) {
      Branch next = branch;
      next.kinds[index] = kind;
      from_node(index + 1, next);
    }
  }

  bool fits(Branch& branch, std::size_t node, const NodeKind* kind) const {
    const NodeKind*& known = branch.kinds[node];
    if (known == nullptr && std::find(allowed_[node].begin(), allowed_[node].end(), kind) != allowed_[node].end())
      known = kind;
    return known == kind;
  }

  void add(const Branch& branch) {
    if (branches_.size() == kMostBranches)
      refuse(elements_.nodes[0].at,
             fmt::format("there are more than {} ways to read this pattern; give nodes labels and relations types and "
                         "arrows",
                         kMostBranches));
    branches_.push_back(branch);
  }

  void tell_alternatives() {
    std::vector<Kinds> kinds(elements_.nodes.size());
    std::vector<std::vector<const RelationKind*>> relations(elements_.edges.size());
    const auto add = [](auto& list, auto* one) {
      if (std::find(list.begin(), list.end(), one) == list.end()) list.push_back(one);
    };
    for (const Branch& branch : branches_) {
      for (std::size_t i = 0; i < kinds.size(); ++i) add(kinds[i], branch.kinds[i]);
      for (std::size_t i = 0; i < relations.size(); ++i) add(relations[i], branch.edges[i].kind);
    }
    for (Branch& branch : branches_) {
      branch.all_kinds = kinds;
      branch.all_relations = relations;
    }
  }

  [[noreturn]] void refuse_all() const {
    std::string ends;
    for (const EdgeElement& edge : elements_.edges)
      for (const Word& word : edge.pattern->types) {
        const RelationKind& kind = *relation_type_named(word).kind;
        const std::string one = fmt::format("{} goes from {} to {}", word.text, kind.from->label, kind.to->label);
        if (ends.find(one) == std::string::npos) ends += (ends.empty() ? ": " : ", ") + one;
      }
    refuse(elements_.edges[0].pattern->at,
           "no relation can connect these nodes" + ends + "; a variable length stays among nodes of one kind");
  }

  const Elements& elements_;
  std::vector<Kinds> allowed_;
  std::vector<std::vector<EdgeReading>> readings_;
  std::vector<Branch> branches_;
};

}  // namespace

Elements elements_of(const std::vector<PathPattern>& paths, const Scope& scope) {
  return Collecting(scope).collect(paths);
}

std::vector<Branch> branches_of(const Elements& elements, const Scope& scope) {
  return Enumerating(elements, scope).enumerate();
}

}  // namespace noema::app::patterns
