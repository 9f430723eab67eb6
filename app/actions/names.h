#pragma once
// From the names that people give back to the concepts, thoughts and groups that they mean.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "concepts/graph.h"
#include "memory/life.h"

namespace noema::app {

/// A name that nothing in the life has, or that several things have. The message names the nearest, or all of them.
class UnknownName : public base::Error {
 public:
  using base::Error::Error;
};

/// All nodes that a name can mean, each of another concept: the node of "concept:ID"; otherwise the node whose units
/// the name spells, and every concept whose label it is; or else those whose labels are other writings of it. O(1) if
/// its units spell a node and it holds no brace, otherwise O(nodes).
std::vector<concepts::ConceptId> nodes_named(const concepts::Graph& graph, const std::string& name);

/// The one node that a name means. Throws UnknownName for none or several.
concepts::ConceptId node_named(const concepts::Graph& graph, const std::string& name);

/// The thought that "thought:N" means, or nothing if the name does not begin with "thought:". Throws base::UsageError
/// for another text after it, UnknownName if the life has no such thought.
std::optional<memory::ThoughtRow> thought_named(const memory::Life& life, const std::string& name);

/// Throws UnknownName if no input of the life is of this group. O(life) then only.
[[noreturn]] void refuse_group(const memory::Life& life, const std::string& group);
bool has_group(const memory::Life& life, const std::string& group);

}  // namespace noema::app
