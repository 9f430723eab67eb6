#pragma once
// A node of the graph: what all nodes have, and what only its kind has.
//
// The kinds are the types of Node::kind, each in its own file pair in concepts/nodes/. What differs by kind is a
// function of all of them:
//
//   length, add_units      how many units a mention has, and which
//   written                how it is written, white space before it included
//   bits                   what it costs in L(graph)
//   canonical_name         its name for the hash, whatever its id
//   enter, leave           how it is found by what it is made of, while it is active
//   named                  the nodes that it names: they must outlive it
//   parts, companions      what the hash lists, in order and by rank
//   fits                   whether it can be, for a checkpoint
//   save, load, describes  its part of a checkpoint
//   may_fade               whether it may go once nothing mentions it
//   kMayMerge, ...         what thoughts may do with it

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "concepts/nodes/category.h"
#include "concepts/nodes/composite.h"
#include "concepts/nodes/record.h"
#include "concepts/nodes/schema.h"
#include "concepts/nodes/sense.h"
#include "concepts/nodes/unit.h"
#include "concepts/positions.h"

namespace noema::concepts {

/// The kinds. A new one is added here and in concepts/nodes/.
using NodeKind = std::variant<Unit, Sense, Composite, Schema, Category>;

struct Node {
  NodeKind kind;
  bool active = true;                     ///< false once its making was undone or it was dissolved
  bool is_protected = false;              ///< it stays though nothing mentions it
  bool is_changed = true;                 ///< its row in a checkpoint changed since the latest one
  bool is_saved = false;                  ///< the latest checkpoint has a row of it
  std::uint32_t length = 1;               ///< units of a mention
  ConceptId redirect = 0;                 ///< the node whose form it is; itself if none
  ConceptId category = 0;                 ///< the category it lies in; 0 if none
  std::uint32_t mentions = 0;             ///< mentions of this node, redirected or not
  std::uint32_t slot_and_sense_uses = 0;  ///< active schemas whose slot it may fill and senses that it selects
  std::uint64_t made_by = 0;              ///< thought; 0 for what was perceived
  std::vector<ConceptId> wholes;          ///< active composites and schemas that have it as a part, ascending
  std::vector<ConceptId> forms;           ///< nodes redirected straight to this one, in the order of their thoughts
  Positions positions;        ///< where its units stand in the stream, ascending, whether a mention of it or not
  std::uint64_t charged = 0;  ///< bytes that Nodes::bytes() counts for what it holds

  template <typename K>
  bool is() const {
    return std::holds_alternative<K>(kind);
  }
  /// What only this kind has, or null for a node of another kind.
  template <typename K>
  const K* as() const {
    return std::get_if<K>(&kind);
  }
  template <typename K>
  K* as() {
    return std::get_if<K>(&kind);
  }

  /// A node that has faded reads as this.
  static Node gone() {
    Node node;
    node.active = false;
    return node;
  }
};

/// What thoughts may do with nodes of a kind.
struct Traits {
  bool may_merge;     ///< become a form of another concept, or another's concept
  bool may_be_part;   ///< of a composite
  bool may_be_fixed;  ///< the fixed part of a schema
  bool may_move;      ///< into a category and out of it
};
Traits traits_of(const Node& node);

/// The name of a node's kind on disk and to a person.
std::string_view name_of(const Node& node);

/// The nodes that it names: parts, fillers, neighbours, the unit of a sense.
std::vector<ConceptId> named_by(const Node& node);
/// Its two parts in order, or nothing.
std::vector<ConceptId> parts_of(const Node& node);
/// The set of nodes that goes with it: senses, neighbours, fillers or members.
std::vector<ConceptId> companions_of(const Node& node);

/// The members of a category; none for another kind.
const std::vector<ConceptId>& category_members(const Node& node);

/// Counts of the units after its units; null for a kind that keeps none.
const Followers* followers_in(const Node& node);
Followers* followers_in(Node& node);

/// Bytes that a node holds beside itself and its positions. O(surfaces).
std::uint64_t held_by(const Node& node);

/// A node as a checkpoint describes it. Throws base::Error for a record that describes none.
Node node_of(const NodeRecord& record);

}  // namespace noema::concepts
