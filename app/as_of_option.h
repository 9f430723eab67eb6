#pragma once
// --as-of: the option of commands that show a life as it was.

#include <string>

#include "app/actions/life_as_of.h"
#include "app/command.h"

namespace noema::app {

void add_as_of_option(CLI::App& command, std::string& as_of);

/// The life as the option says, with a progress bar while its log is replayed.
LifeAsOf as_it_was(const std::string& life, const std::string& as_of, const Globals& globals);

}  // namespace noema::app
