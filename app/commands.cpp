#include "app/commands.h"

#include "app/feed_command.h"
#include "app/model_commands.h"
#include "app/proof_commands.h"
#include "app/translate_command.h"
#include "app/vector_command.h"

namespace noema::app {

// The commands of app/commands/: one file and one line here each.
#define NOEMA_COMMANDS(COMMAND) \
  COMMAND(add_new)              \
  COMMAND(add_think)            \
  COMMAND(add_ask)              \
  COMMAND(add_recall)           \
  COMMAND(add_show)             \
  COMMAND(add_why)              \
  COMMAND(add_similar)          \
  COMMAND(add_undo)             \
  COMMAND(add_status)           \
  COMMAND(add_check)            \
  COMMAND(add_replay)           \
  COMMAND(add_backup)           \
  COMMAND(add_export)           \
  COMMAND(add_thoughts)         \
  COMMAND(add_score)            \
  COMMAND(add_run)              \
  COMMAND(add_compare)          \
  COMMAND(add_arms)             \
  COMMAND(add_streams)          \
  COMMAND(add_metrics)

#define NOEMA_DECLARE(add) void add(CLI::App&, Globals&);
NOEMA_COMMANDS(NOEMA_DECLARE)
#undef NOEMA_DECLARE

void add_commands(CLI::App& app, Globals& globals) {
  add_feed_command(app, globals);
#define NOEMA_ADD(add) add(app, globals);
  NOEMA_COMMANDS(NOEMA_ADD)
#undef NOEMA_ADD
  for (const auto add : {add_model_commands, add_translate_command, add_vectors_command, add_proof_commands})
    add(app, globals);
}

}  // namespace noema::app
