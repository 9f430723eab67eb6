#include "app/commands.h"

#include "app/experiment_commands.h"
#include "app/graph_commands.h"
#include "app/life_commands.h"
#include "app/model_commands.h"
#include "app/proof_commands.h"
#include "app/translate_command.h"
#include "app/vector_command.h"

namespace noema::app {

void add_commands(CLI::App& app, Globals& globals) {
  for (const auto add : {add_model_commands, add_translate_command, add_vectors_command, add_life_commands,
                         add_graph_commands, add_experiment_commands, add_proof_commands})
    add(app, globals);
}

}  // namespace noema::app
