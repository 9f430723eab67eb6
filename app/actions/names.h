#pragma once
// Finding the concepts, thoughts and groups that people name.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/error.h"
#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/headings.h"

namespace noema::app {

/// Nothing in the life has this name, or several things have it. The message lists the most similar names, or all of
/// the things.
class UnknownName : public base::Error {
 public:
  using base::Error::Error;
};

/// The number that the whole text is, or nothing.
std::optional<memory::EpisodeId> input_number(const std::string& text);

/// All nodes that a name can mean, at most one for each concept. "concept:ID" means the node with this id. Any other
/// name means the node whose units it spells, and every concept with this label; if there is none, the concepts whose
/// labels are other writings of it. O(1) if the name spells a node and contains no brace, otherwise O(nodes).
std::vector<concepts::ConceptId> nodes_named(const concepts::Graph& graph, const std::string& name);

/// The only node that a name means. Throws UnknownName if there is none or more than one.
concepts::ConceptId node_named(const concepts::Graph& graph, const std::string& name);

/// The thought with the name "thought:N". Absent if the name does not begin with "thought:". Throws base::UsageError if
/// no number follows, UnknownName if the life has no such thought.
std::optional<memory::ThoughtRow> thought_named(const memory::Life& life, const std::string& name);

/// Throws UnknownName, with similar names, if no input has the filter's group or speaker. O(life).
void refuse_unknown(const memory::Life& life, const reasoning::RecallFilter& filter);

}  // namespace noema::app
