#pragma once
// noema feed: lets a life read text, labelled lines or JSON lines, and says what is durable.

#include "app/command.h"

namespace noema::app {

/// Adds the command; it acts when the command line is parsed. `globals` must outlive the parsing.
void add_feed_command(CLI::App& app, Globals& globals);

}  // namespace noema::app
