#include "app/commands.h"

namespace noema::app {

// Each command has one file in app/commands/, which is a namespace of its own, and one line here, under its heading in
// --help.
#define NOEMA_COMMANDS(COMMAND)                                     \
  COMMAND("Models", train_command, add)                             \
  COMMAND("Models", evaluate_command, add)                          \
  COMMAND("Models", attention_command, add)                         \
  COMMAND("Models", generate_command, add)                          \
  COMMAND("Models", translate_command, add)                         \
  COMMAND("Models", vectors_command, add)                           \
  COMMAND("Lives", new_command, add)                                \
  COMMAND("Lives", feed_command, add)                               \
  COMMAND("Lives", think_command, add)                              \
  COMMAND("Lives", tell_command, add_tell)                          \
  COMMAND("Lives", ask_command, add)                                \
  COMMAND("Lives", tell_command, add_forget)                        \
  COMMAND("What a life knows", facts_command, add)                  \
  COMMAND("What a life knows", rules_command, add)                  \
  COMMAND("What a life knows", recall_command, add)                 \
  COMMAND("What a life knows", classify_command, add)               \
  COMMAND("Its concepts and thoughts", concepts_command, add)       \
  COMMAND("Its concepts and thoughts", show_command, add)           \
  COMMAND("Its concepts and thoughts", why_command, add)            \
  COMMAND("Its concepts and thoughts", similar_command, add)        \
  COMMAND("Its concepts and thoughts", analogy_command, add)        \
  COMMAND("Its concepts and thoughts", group_command, add)          \
  COMMAND("Its concepts and thoughts", topics_command, add)         \
  COMMAND("Its concepts and thoughts", wholes_command, add)         \
  COMMAND("Its concepts and thoughts", senses_command, add)         \
  COMMAND("Its concepts and thoughts", induce_command, add)         \
  COMMAND("Its concepts and thoughts", thoughts_command, add)       \
  COMMAND("Its concepts and thoughts", undo_command, add)           \
  COMMAND("The file of a life", status_command, add)                \
  COMMAND("The file of a life", check_command, add)                 \
  COMMAND("The file of a life", replay_command, add)                \
  COMMAND("The file of a life", backup_command, add)                \
  COMMAND("The file of a life", export_command, add)                \
  COMMAND("The file of a life", query_command, add)                 \
  COMMAND("The file of a life", diff_command, add)                  \
  COMMAND("Experiments", run_command, add)                          \
  COMMAND("Experiments", compare_command, add)                      \
  COMMAND("Experiments", score_command, add)                        \
  COMMAND("Experiments", audit_command, add)                        \
  COMMAND("Experiments", forgetting_command, add)                   \
  COMMAND("Experiments", registries_command, add_arms)              \
  COMMAND("Experiments", registries_command, add_streams)           \
  COMMAND("Experiments", registries_command, add_metrics)           \
  COMMAND("For other programs", serve_command, add)                 \
  COMMAND("For other programs", mcp_command, add)                   \
  COMMAND("For other programs", completion_command, add_completion) \
  COMMAND("For other programs", completion_command, add_man)

#define NOEMA_DECLARE(heading, command, add) \
  namespace command {                        \
  void add(CLI::App&, Globals&);             \
  }
NOEMA_COMMANDS(NOEMA_DECLARE)
#undef NOEMA_DECLARE

void add_commands(CLI::App& app, Globals& globals) {
#define NOEMA_ADD(heading, command, add) \
  command::add(app, globals);            \
  app.get_subcommands({}).back()->group(heading);
  NOEMA_COMMANDS(NOEMA_ADD)
#undef NOEMA_ADD
}

}  // namespace noema::app
