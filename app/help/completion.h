#pragma once
// Scripts that let a shell complete the program's commands, options and choices.

#include <string>
#include <string_view>
#include <vector>

#include "app/help/command_help.h"

namespace noema::app::help {

enum class Shell { kBash, kZsh, kFish };

/// The script for a shell, to be sourced by it. Where any value may stand the shell completes names of files.
std::string completion_script(Shell shell, const std::vector<CommandHelp>& commands);

}  // namespace noema::app::help
