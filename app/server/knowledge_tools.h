#pragma once
// The tools of the well-known memory server (github.com/modelcontextprotocol/servers, src/memory) on a life: entities
// with observations, and relations between them. Each is an input of the group "memory", which the life thinks about as
// about any other; what is deleted is withdrawn. Unlike that server, which rewrites one file, no call loses another's.

#include <vector>

#include "app/server/tool_server.h"

namespace noema::app {

/// create_entities, create_relations, add_observations, delete_entities, delete_observations, delete_relations,
/// read_graph, search_nodes, open_nodes.
std::vector<Tool> knowledge_tools(LiveMind& mind);

}  // namespace noema::app
