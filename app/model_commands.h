#pragma once
// noema train, evaluate, attention, generate: commands on model files.

#include "app/command.h"

namespace noema::app {

/// Adds the commands; each acts when the command line is parsed. `globals` must outlive the parsing.
void add_model_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
