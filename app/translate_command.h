#pragma once
// Translation: a sentence with `generate`, a file of pairs and its scores with `translate`.

#include <CLI/CLI.hpp>

#include "app/command.h"
#include "transformer/translate.h"

namespace noema::app {

/// Adds --beam and --length-power to a command.
void add_search_options(CLI::App& command, transformer::TranslateOptions& options);

/// Prints the translation of one line.
void print_translation(const transformer::Model& model, const std::string& line,
                       const transformer::TranslateOptions& options, const Globals& globals);

/// noema translate MODEL FILE
void add_translate_command(CLI::App& app, Globals& globals);

}  // namespace noema::app
