// noema arms | streams | metrics: what can be put in an experiment.

#include <fmt/format.h>

#include "app/actions/list_kinds.h"
#include "app/command.h"

namespace noema::app::registries_command {
namespace {

void print_for_people(const KindValue& kind) {
  print_text("{:<16}  {}\n", kind.name, kind.help);
  for (const std::string& option : kind.options) print_text("{:<18}{}\n", "", option);
}

using List = std::vector<KindValue> (*)();

void add_list(CLI::App& app, Globals& globals, const char* name, const char* help, List list) {
  auto* command = app.add_subcommand(name, help);
  add_globals(*command, globals);
  command->callback([&globals, list] {
    for (const KindValue& kind : list()) {
      if (globals.json)
        print_json(to_json(kind));
      else
        print_for_people(kind);
    }
  });
}

}  // namespace

void add_arms(CLI::App& app, Globals& globals) {
  add_list(app, globals, "arms", "The arms that can be compared, with their options", list_arms);
}

void add_streams(CLI::App& app, Globals& globals) {
  add_list(app, globals, "streams", "The streams that an experiment can read, with their keys", list_streams);
}

void add_metrics(CLI::App& app, Globals& globals) {
  add_list(app, globals, "metrics", "The metrics of an experiment, with their formulas", list_metrics);
}

}  // namespace noema::app::registries_command
