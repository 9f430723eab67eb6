#pragma once
// The manual page of the program, for man(1).

#include <string>
#include <string_view>
#include <vector>

#include "app/help/command_help.h"

namespace noema::app::help {

/// roff with the man macros: the description, and every command with its options. `description`: of the program; what
/// follows its first line is kept as it is laid out.
std::string man_page(std::string_view description, std::string_view version, const std::vector<CommandHelp>& commands);

}  // namespace noema::app::help
