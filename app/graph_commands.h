#pragma once
// noema recall, similar, show, why, undo, export: commands that ask the concept graph.

#include "app/command.h"

namespace noema::app {

/// Adds the commands; each acts when the command line is parsed. `globals` must outlive the parsing.
void add_graph_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
