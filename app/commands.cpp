#include "app/commands.h"

namespace noema::app {

// Each command has one file in app/commands/ and one line here.
#define NOEMA_COMMANDS(COMMAND) \
  COMMAND(add_train)            \
  COMMAND(add_evaluate)         \
  COMMAND(add_attention)        \
  COMMAND(add_generate)         \
  COMMAND(add_translate)        \
  COMMAND(add_vectors)          \
  COMMAND(add_new)              \
  COMMAND(add_feed)             \
  COMMAND(add_think)            \
  COMMAND(add_ask)              \
  COMMAND(add_tell)             \
  COMMAND(add_forget)           \
  COMMAND(add_facts)            \
  COMMAND(add_rules)            \
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
  COMMAND(add_query)            \
  COMMAND(add_diff)             \
  COMMAND(add_serve)            \
  COMMAND(add_mcp)              \
  COMMAND(add_thoughts)         \
  COMMAND(add_score)            \
  COMMAND(add_audit)            \
  COMMAND(add_forgetting)       \
  COMMAND(add_run)              \
  COMMAND(add_compare)          \
  COMMAND(add_arms)             \
  COMMAND(add_streams)          \
  COMMAND(add_metrics)

#define NOEMA_DECLARE(add) void add(CLI::App&, Globals&);
NOEMA_COMMANDS(NOEMA_DECLARE)
#undef NOEMA_DECLARE

void add_commands(CLI::App& app, Globals& globals) {
#define NOEMA_ADD(add) add(app, globals);
  NOEMA_COMMANDS(NOEMA_ADD)
#undef NOEMA_ADD
}

}  // namespace noema::app
