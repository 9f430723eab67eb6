#pragma once
// The registry of commands: one line each in commands.cpp.

#include <CLI/CLI.hpp>

#include "app/command.h"

namespace noema::app {

/// Adds every command to the program. globals must outlive it.
void add_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
