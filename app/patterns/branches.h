#pragma once
// What the nodes and relations of a pattern can be. A node without a label can be of several kinds, a relation without
// an arrow can be read both ways: each way to read the whole pattern is a branch, in which every table is known.

#include <string>
#include <vector>

#include "app/patterns/context.h"
#include "app/patterns/syntax.h"
#include "app/patterns/vocabulary.h"

namespace noema::app::patterns {

constexpr std::size_t kMostBranches = 32;
constexpr std::size_t kMostElements = 24;  ///< relations of one MATCH; SQLite joins at most 64 tables

struct NodeElement {
  std::string name;  ///< of its variable; without one a name of the compiler's own
  Place at;
  std::vector<Word> labels;
  std::vector<const PropertyValue*> properties;
};

struct EdgeElement {
  std::string name;  ///< as above
  std::size_t left, right;
  const EdgePattern* pattern;
};

struct PathElement {
  Word name;  ///< empty: none
  std::vector<std::size_t> nodes, edges;
};

/// A pattern with each variable once.
struct Elements {
  std::vector<NodeElement> nodes;
  std::vector<EdgeElement> edges;
  std::vector<PathElement> paths;
};

struct EdgeReading {
  const RelationKind* kind = nullptr;
  std::vector<const RelationType*> types;  ///< empty: all of its kind
  bool is_reversed = false;                ///< from right to left
  bool is_both = false;                    ///< the other direction is read too: by another branch, or by the walk
};

struct Branch {
  std::vector<const NodeKind*> kinds;  ///< one a node
  std::vector<EdgeReading> edges;      ///< one an edge
  /// What each node and edge is in all branches.
  std::vector<std::vector<const NodeKind*>> all_kinds;
  std::vector<std::vector<const RelationKind*>> all_relations;
};

/// `scope`: what was bound before.
Elements elements_of(const std::vector<PathPattern>& paths, const Scope& scope);
/// At least one. Throws base::Error if there is no way to read the pattern, or if there are too many.
std::vector<Branch> branches_of(const Elements& elements, const Scope& scope);

}  // namespace noema::app::patterns
