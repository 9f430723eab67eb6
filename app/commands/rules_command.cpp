// noema rules LIFE

#include <fmt/format.h>

#include <memory>

#include "app/actions/facts.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"

namespace noema::app::rules_command {
namespace {

struct Arguments {
  std::string life;
};

void run(const Arguments& a, const Globals& globals) {
  const std::vector<reasoning::KnownRule> known =
      answered_list(a.life, globals, {"rules"}, "rules", known_rule_of, [&] { return rules(open_to_read(a.life)); });
  if (globals.json) {
    for (const reasoning::KnownRule& rule : known) print_json(to_json(rule));
    return;
  }
  if (known.empty()) return print_text("No rules were found yet: `noema think` looks for them.\n");
  for (const reasoning::KnownRule& rule : known) {
    print_text("{}\n", one_line(rule.says));
    for (const std::string& fact : rule.path) print_text("    because {}\n", one_line(fact));
    print_text("    holds {}, fails {}, used {}\n", rule.holds, rule.fails, rule.used);
  }
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("rules", "List which facts follow from others: noema rules my.life");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::rules_command
