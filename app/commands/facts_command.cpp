// noema facts LIFE [THING]

#include <fmt/format.h>

#include <memory>

#include "app/actions/ask.h"
#include "app/actions/facts.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"

namespace noema::app::facts_command {
namespace {

struct Arguments {
  std::string life, thing, as_of;
};

void print_for_people(const std::vector<reasoning::KnownFact>& facts) {
  TextTable table({{}, {}, {}});
  for (const reasoning::KnownFact& fact : facts)
    table.add({one_line(fact.says), "since " + human_time(fact.since),
               fact.inferred_by ? "follows by: " + one_line(*fact.inferred_by)
               : fact.until     ? "until " + human_time(*fact.until)
                                : ""});
  print_text("{}", table.text());
}

void print_for_people(const std::vector<reasoning::KnownRelation>& relations) {
  if (relations.empty()) return print_text("No relations were found yet: `noema think` looks for them.\n");
  for (const reasoning::KnownRelation& relation : relations) {
    print_text("{} inputs\n", human_count(relation.told));
    for (const std::string& one : relation.templates) print_text("    {}\n", one_line(one));
  }
}

template <typename Value>
void print_all(const std::vector<Value>& values, const Globals& globals) {
  if (!globals.json) return print_for_people(values);
  for (const Value& value : values) print_json(to_json(value));
}

void run(const Arguments& a, const Globals& globals) {
  if (a.thing.empty()) {
    const auto of_file = [&] { return relations(open_to_read(a.life)); };
    return print_all(answered_list(a.life, globals, {"relations"}, "relations", known_relation_of, of_file), globals);
  }
  nlohmann::json arguments{{"thing", a.thing}};
  add_argument(arguments, "as_of", a.as_of);
  const auto of_file = [&] {
    const memory::Life life = open_to_read(a.life);
    return facts(life, a.thing, a.as_of.empty() ? reasoning::AsOf{} : as_of(life, a.as_of));
  };
  print_all(answered_list(a.life, globals, {"facts", arguments}, "facts", known_fact_of, of_file), globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command =
      app.add_subcommand("facts", "List what is known of a thing, or the relations found: noema facts my.life Ann");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("thing", a->thing, "The thing, as inputs call it; without it the relations are listed");
  command->add_option("--as-of", a->as_of, "What was known then: a time, or the number of an input");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::facts_command
