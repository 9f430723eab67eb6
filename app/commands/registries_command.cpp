// noema arms | streams | metrics: what can be put in an experiment.

#include <fmt/format.h>

#include "app/command.h"
#include "experiments/metrics/registry.h"
#include "experiments/streams/registry.h"
#include "reasoning/arms/registry.h"

namespace noema::app {
namespace {

/// One kind of a registry: name, help and options.
void list_kind(const std::string& name, const std::string& help, const std::vector<base::Key>& keys,
               const Globals& globals) {
  std::vector<std::string> options;
  for (const base::Key& key : keys) options.push_back(key.described());
  if (globals.json) return print_result(globals, {{"name", name}, {"help", help}, {"options", options}});
  print_text("{:<16}  {}\n", name, help);
  for (const std::string& option : options) print_text("{:<18}{}\n", "", option);
}

}  // namespace

void add_arms(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("arms", "The arms that can be compared, with their options");
  add_globals(*command, globals);
  command->callback([&globals] {
    for (const auto& kind : reasoning::arm_kinds()) list_kind(kind.name, kind.help, kind.options, globals);
  });
}

void add_streams(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("streams", "The streams that an experiment can read, with their keys");
  add_globals(*command, globals);
  command->callback([&globals] {
    for (const auto& kind : experiments::stream_kinds()) list_kind(kind.name, kind.help, kind.keys, globals);
  });
}

void add_metrics(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("metrics", "The metrics of an experiment, with their formulas");
  add_globals(*command, globals);
  command->callback([&globals] {
    for (const auto& kind : experiments::metric_kinds()) list_kind(kind.name, kind.formula, {}, globals);
  });
}

}  // namespace noema::app
