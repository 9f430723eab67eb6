#pragma once
// One way to read a pattern, as joins of views.

#include <functional>
#include <string>
#include <vector>

#include "app/patterns/branches.h"
#include "app/patterns/context.h"

namespace noema::app::patterns {

/// Adds tables and conditions to a SELECT until all nodes and relations of a branch stand in it.
///
/// Relations of a fixed length are tables; SQLite finds the order in which they are joined best. A variable length is a
/// recursive SELECT, which begins at the nodes that were placed before it: the nodes that say most come first.
class Placing {
 public:
  Placing(Context& context, const Elements& elements, const Branch& branch, const Expressions& condition,
          Select select);

  Select place_all();

 private:
  /// What must hold, as soon as all variables that it reads are placed.
  struct Pending {
    std::vector<std::string> needs;
    std::function<std::string(const Scope&)> sql;
    bool is_done = false;
  };

  void await_conditions(const Expressions& condition);
  /// SQL: that the owner has the property with this value.
  std::string property_condition(const Value& owner, const PropertyValue& property, const Scope& scope) const;
  void await_properties(const std::string& owner, const std::vector<const PropertyValue*>& properties);
  void add_conditions();

  void narrow_bound_nodes();
  bool place_next();
  std::size_t best_start() const;
  int promise_of(std::size_t node) const;
  bool is_placed(std::size_t node) const;
  /// `key`: SQL that is the node's key, if a relation has it; `exists`: the relation's end is surely a node.
  void place_node(std::size_t node, const std::string& key = {}, bool exists = false);
  void place_edge(std::size_t edge);
  void place_walk(std::size_t edge);
  void keep_apart(std::size_t edge);
  void place_path(const PathElement& path);

  std::string walk_arm(std::size_t edge, const std::string& walk, bool is_from_left, bool is_reversed);
  bool needs_list(std::size_t edge) const;
  bool needs_nodes(std::size_t edge) const;
  bool is_read(const std::string& name) const;
  std::string own(const char* what, std::size_t number) const;

  Context& context_;
  const Elements& elements_;
  const Branch& branch_;
  Select select_;
  std::vector<Pending> pending_;
  std::vector<bool> placed_nodes_, placed_edges_;
};

}  // namespace noema::app::patterns
