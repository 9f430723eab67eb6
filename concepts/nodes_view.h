#pragma once
// The nodes of the graph as they can be read: how they are found, and which of them are forms of one concept.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "concepts/node.h"
#include "concepts/table.h"

namespace noema::concepts {

class NodesView {
 public:
  // Looking up.
  std::size_t size() const { return table_.size(); }
  const Node& operator[](ConceptId id) const { return table_[id]; }
  /// False for a node that has faded.
  bool holds(ConceptId id) const { return id < table_.size() && table_.holds(id); }
  /// The unit of an identity, or nothing.
  std::optional<ConceptId> find(std::string_view identity) const;
  /// The active composite or schema of two nodes, or nothing.
  std::optional<ConceptId> joined(ConceptId first, ConceptId second) const;
  /// The concept that a node is a form of. O(redirects).
  ConceptId concept_of(ConceptId node) const {
    for (;;) {
      const ConceptId next = table_[node].redirect;
      if (next == node) return node;
      node = next;
    }
  }
  /// All nodes that are forms of the concept `id` belongs to, itself first.
  std::vector<ConceptId> forms_of(ConceptId id) const;
  /// The unit that this is a sense of, itself for any other node.
  ConceptId unit_of(ConceptId id) const {
    const Sense* sense = table_[id].as<Sense>();
    return sense ? sense->unit : id;
  }
  /// The units of a node, in order.
  std::vector<ConceptId> units_of(ConceptId id) const;
  void add_units(ConceptId id, std::vector<ConceptId>& units) const;
  /// The units of two nodes one after the other.
  std::vector<ConceptId> units_of(ConceptId first, ConceptId second) const;
  /// Where the units of a node stand, ascending.
  const Positions& positions_of(ConceptId id) const { return table_[unit_of(id)].positions; }
  /// Nodes whose units end `history`, longest first, the last unit itself included.
  std::vector<ConceptId> contexts(std::span<const ConceptId> history) const;
  Traits traits(ConceptId id) const { return traits_of(table_[id]); }

  // Names. `commonness` orders the members of a category.
  /// As written, white space before it included.
  std::string written(ConceptId id, const Commonness& commonness) const;
  std::string label_of(ConceptId id, const Commonness& commonness) const;

  /// Visits the ids of the nodes that have not faded, ascending. O(nodes).
  template <typename Visit>
  void for_each(Visit&& visit) const {
    table_.for_each([&](std::size_t id, const Node&) { visit(static_cast<ConceptId>(id)); });
  }

  // Numbers.
  /// Active concepts (redirect ends) other than the boundary; active composites and schemas; units, the boundary
  /// included; protected nodes.
  std::size_t concepts() const { return concepts_; }
  std::size_t joined_nodes() const { return joined_; }
  std::size_t units() const { return by_identity_.size(); }
  std::size_t protected_nodes() const { return protected_; }
  /// What the graph pays for a node and its redirect, in bits.
  double bits(ConceptId id) const;
  /// What the nodes need, in bytes: a function of what is there. O(1).
  std::uint64_t bytes() const;
  /// The same summed up from what is really held. O(nodes).
  std::uint64_t held_bytes() const;

 protected:
  NodesView() = default;
  NodesView(const NodesView&) = default;
  NodesView(NodesView&&) = default;
  NodesView& operator=(const NodesView&) = default;
  NodesView& operator=(NodesView&&) = default;
  ~NodesView() = default;

  Table<Node> table_;
  std::unordered_map<std::string, ConceptId> by_identity_;
  std::unordered_map<std::uint64_t, ConceptId> by_parts_;  // a composite's parts; a schema's, once for each filler
  std::unordered_map<std::uint64_t, ConceptId> by_units_;  // hash of the units -> active composite or schema
  std::vector<ConceptId> released_;                        // that the latest checkpoint has a row of; some came back
  std::uint64_t charged_ = 0;                              // bytes of what the nodes hold
  std::size_t concepts_ = 0;
  std::size_t joined_ = 0;
  std::size_t protected_ = 0;

 private:
  bool has_units(ConceptId id, std::span<const ConceptId> units) const;
};

/// The first node that does not fit the nodes it names, or nothing. O(nodes).
std::optional<std::string> first_fault(const NodesView& nodes);

}  // namespace noema::concepts
