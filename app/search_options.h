#pragma once
// The options of beam search, which several commands have.

#include <CLI/CLI.hpp>

#include "transformer/translate.h"

namespace noema::app {

/// Adds --beam and --length-power to a command. `options` must outlive the parsing.
void add_search_options(CLI::App& command, transformer::TranslateOptions& options);

}  // namespace noema::app
