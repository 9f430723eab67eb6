#pragma once
// The program around the commands: reads the command line, runs one command, and decides in one place how it ends.

namespace noema::app {

/// Runs noema. Returns the exit status:
///   0    done
///   1    the input or the world is at fault, or noema is; one line on standard error says which
///   2    the command line is wrong
///   130  the command was interrupted (Ctrl-C or SIGTERM)
int run_program(int argc, char** argv);

}  // namespace noema::app
