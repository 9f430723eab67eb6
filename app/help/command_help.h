#pragma once
// What the commands and options of the program are, read from the parser of its command line: help in another form than
// --help follows from it.

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace noema::app::help {

struct OptionHelp {
  std::vector<std::string> names;  ///< "--text", "-h"; of a positional argument its one name, "life"
  bool is_positional = false;
  bool is_required = false;
  std::string value;                 ///< what it takes, such as "TEXT"; "" for a flag
  std::vector<std::string> choices;  ///< the only values that it takes; empty: any
  std::string text;
};

struct CommandHelp {
  std::string name, group, text;
  std::vector<OptionHelp> options;  ///< in the order of --help
};

/// The commands that --help lists, in its order.
std::vector<CommandHelp> commands_of(const CLI::App& app);

}  // namespace noema::app::help
