#include "app/commands.h"

namespace noema::app {

// Each command has one file in app/commands/, which is a namespace of its own, and one line here.
#define NOEMA_COMMANDS(COMMAND)            \
  COMMAND(train_command, add)              \
  COMMAND(evaluate_command, add)           \
  COMMAND(attention_command, add)          \
  COMMAND(generate_command, add)           \
  COMMAND(translate_command, add)          \
  COMMAND(vectors_command, add)            \
  COMMAND(new_command, add)                \
  COMMAND(feed_command, add)               \
  COMMAND(think_command, add)              \
  COMMAND(ask_command, add)                \
  COMMAND(tell_command, add_tell)          \
  COMMAND(tell_command, add_forget)        \
  COMMAND(facts_command, add)              \
  COMMAND(rules_command, add)              \
  COMMAND(recall_command, add)             \
  COMMAND(classify_command, add)           \
  COMMAND(show_command, add)               \
  COMMAND(why_command, add)                \
  COMMAND(similar_command, add)            \
  COMMAND(analogy_command, add)            \
  COMMAND(group_command, add)              \
  COMMAND(senses_command, add)             \
  COMMAND(induce_command, add)             \
  COMMAND(undo_command, add)               \
  COMMAND(status_command, add)             \
  COMMAND(check_command, add)              \
  COMMAND(replay_command, add)             \
  COMMAND(backup_command, add)             \
  COMMAND(export_command, add)             \
  COMMAND(query_command, add)              \
  COMMAND(diff_command, add)               \
  COMMAND(serve_command, add)              \
  COMMAND(mcp_command, add)                \
  COMMAND(thoughts_command, add)           \
  COMMAND(score_command, add)              \
  COMMAND(audit_command, add)              \
  COMMAND(forgetting_command, add)         \
  COMMAND(run_command, add)                \
  COMMAND(compare_command, add)            \
  COMMAND(registries_command, add_arms)    \
  COMMAND(registries_command, add_streams) \
  COMMAND(registries_command, add_metrics)

#define NOEMA_DECLARE(command, add) \
  namespace command {               \
  void add(CLI::App&, Globals&);    \
  }
NOEMA_COMMANDS(NOEMA_DECLARE)
#undef NOEMA_DECLARE

void add_commands(CLI::App& app, Globals& globals) {
#define NOEMA_ADD(command, add) command::add(app, globals);
  NOEMA_COMMANDS(NOEMA_ADD)
#undef NOEMA_ADD
}

}  // namespace noema::app
