#pragma once
// Commands that hold what thinking claims against what it is worth.

#include "app/command.h"

namespace noema::app {

/// realised: claimed gain against bits saved on a text that follows, block of thoughts by block. leave: what a stay in
/// another text costs when a life comes back.
void add_proof_commands(CLI::App& app, Globals& globals);

}  // namespace noema::app
