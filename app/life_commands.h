#pragma once
// noema new, feed, think, ask, status, check, backup, replay: commands on a life as a whole.

#include "app/command.h"

namespace noema::app {

/// Adds the commands; each acts when the command line is parsed. `globals` must outlive the parsing.
void add_life_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
