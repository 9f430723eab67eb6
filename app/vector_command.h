#pragma once
// noema vectors: a word's vectors in sentences, and how alike they are.

#include "app/command.h"

namespace noema::app {

void add_vectors_command(CLI::App& app, Globals& globals);

}  // namespace noema::app
