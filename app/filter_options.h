#pragma once
// The options that say which inputs a command looks at, which several commands have.

#include <CLI/CLI.hpp>

#include <string>

#include "reasoning/headings.h"

namespace noema::app {

struct FilterArguments {
  std::string group, speaker, since;
  /// Throws base::Error if `since` is no time.
  reasoning::RecallFilter filter() const;
};

/// Adds --group, --speaker and --since to a command. `verb` says what it does with these inputs only, as in "Recall".
/// `arguments` must outlive the parsing.
void add_filter_options(CLI::App& command, FilterArguments& arguments, const std::string& verb);

}  // namespace noema::app
