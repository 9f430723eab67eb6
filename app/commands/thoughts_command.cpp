// noema thoughts

#include "app/actions/list_thoughts.h"
#include "app/command.h"
#include "app/human.h"

namespace noema::app::thoughts_command {
namespace {

void run(const Globals& globals) {
  TextTable table({{}, {}});
  for (const ThoughtKindValue& kind : list_thoughts()) {
    if (globals.json) print_json(to_json(kind));
    table.add({kind.name, kind.help});
  }
  if (!globals.json) print_text("{}", table.text());
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "thoughts", "List the kinds of thought; an arm can leave one out by its name, as in noema-merge");
  add_globals(*command, globals);
  command->callback([&globals] { run(globals); });
}

}  // namespace noema::app::thoughts_command
