#pragma once
// The program around the commands: it reads the command line, runs one command, and turns its outcome into an exit
// status.

#include <CLI/CLI.hpp>

namespace noema::app {

/// Runs noema. Returns the exit status:
///   0    done
///   1    the input or the system is at fault, or noema has a bug; one line on standard error says which
///   2    the command line is wrong
///   130  the command was interrupted (Ctrl-C or SIGTERM)
int run_program(int argc, char** argv);

/// Parses the command line and runs the command of `app` that it names. Every exception ends here: it becomes one line
/// on standard error and an exit status. Throws base::Error only if help cannot be printed.
int run_command(CLI::App& app, int argc, const char* const* argv);

}  // namespace noema::app
