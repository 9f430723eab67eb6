#pragma once
// noema score, run, compare, arms, streams: commands that measure.

#include "app/command.h"

namespace noema::app {

/// Adds the commands; each acts when the command line is parsed. `globals` must outlive the parsing.
void add_experiment_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
