#pragma once
// The registry of commands; each has one line in commands.cpp.

#include <CLI/CLI.hpp>

#include "app/command.h"

namespace noema::app {

/// Adds all commands to the program. globals must outlive it.
void add_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
