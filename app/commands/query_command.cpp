// noema query LIFE "SELECT ..."|"MATCH ..."

#include <fmt/format.h>

#include <memory>

#include "app/actions/query.h"
#include "app/as_of_option.h"
#include "app/command.h"
#include "app/human.h"
#include "app/remote/answering.h"
#include "app/results.h"
#include "base/error.h"
#include "base/failure_context.h"

namespace noema::app::query_command {
namespace {

constexpr std::size_t kWidest = 64;  // columns of a terminal for one value

struct Arguments {
  std::string life, text, as_of;
  std::vector<std::string> parameters;
  bool csv = false, sql = false;
  std::size_t rows = memory::QueryLimits{}.rows;
  double seconds = memory::QueryLimits{}.seconds;
};

/// name=value; the value is JSON (5, true, ["a", "b"]), or else a text as it stands.
patterns::Parameters parameters_of(const std::vector<std::string>& given) {
  patterns::Parameters parameters;
  for (const std::string& one : given) {
    const std::size_t equal = one.find('=');
    if (equal == std::string::npos || equal == 0)
      throw base::UsageError(fmt::format("--param: expected name=value, found '{}'", one));
    const std::string text = one.substr(equal + 1);
    nlohmann::json value = nlohmann::json::parse(text, nullptr, false);
    parameters[one.substr(0, equal)] = value.is_discarded() || value.is_object() ? nlohmann::json(text) : value;
  }
  return parameters;
}

void print(const Answered& answered, const Arguments& a, const Globals& globals) {
  const memory::QueryAnswer& answer = answered.answer;
  if (globals.json) {
    for (const auto& row : answer.rows) print_json(to_json(answered, row));
  } else if (a.csv) {
    print_text("{}", csv_row(answer.columns));
    for (const auto& row : answer.rows) print_text("{}", csv_row(row));
  } else if (answer.rows.empty()) {
    print_text("No rows.\n");
  } else {
    print_text("{}", table_of(answered, kWidest));
  }
  base::flush_standard_output();
  if (answer.is_cut)
    remark(globals, fmt::format("These are the first {}; there are more: narrow the query, or give --rows",
                                counted(answer.rows.size(), "row")));
}

void run(const Arguments& a, const Globals& globals) {
  if (a.csv && globals.json) throw base::UsageError("--csv and --json exclude each other; give one of them");
  const base::FailureContext context("answering a query");
  memory::QueryLimits limits;
  limits.rows = a.rows;
  limits.seconds = a.seconds;
  limits.stop = stop_token();
  const patterns::Parameters parameters = parameters_of(a.parameters);
  if (a.sql) return print_text("{}\n", sql_of(a.text, parameters));
  nlohmann::json arguments{{"sql", a.text}, {"parameters", parameters}, {"rows", a.rows}, {"seconds", a.seconds}};
  add_argument(arguments, "as_of", a.as_of);
  const auto of_file = [&] {
    const LifeAsOf life = as_it_was(a.life, a.as_of, globals);
    return ask_graph(life.path(), a.text, parameters, limits);
  };
  const auto remote = remote_life(a.life, globals);
  const auto of_server = [&] { return answered_of(remote->call_in_order("query", arguments)); };
  print(remote ? read_answer(*remote, "query", of_server) : of_file(), a, globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "query",
      "Ask the graph in SQL or by a pattern, read only: noema query my.life \"MATCH (a:Sense)-[:PART_OF]->(b) RETURN "
      "b.label, count(*) ORDER BY 2 DESC LIMIT 9\"");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command
      ->add_option(
          "query", a->text,
          "One SELECT over the views concept, form, relation, mention, sense, fact, rule, thought, "
          "thought_concept, evidence, episode and life (docs/queries.md), or a pattern that begins with MATCH, "
          "OPTIONAL MATCH, WITH, UNWIND or RETURN (docs/patterns.md)")
      ->required();
  command
      ->add_option("--param", a->parameters,
                   "A value for $name in the query: name=value, as JSON (5, true, [\"a\"]) or as a text")
      ->expected(1)
      ->take_all();
  command->add_flag("--sql", a->sql, "Print the SQL that a pattern is compiled to, and do not ask");
  command->add_flag("--csv", a->csv, "Print comma-separated values, with the columns' names first");
  command->add_option("--rows", a->rows, "Print at most this many rows")->capture_default_str()->check(within(kSome));
  command->add_option("--seconds", a->seconds, "Refuse a query that takes longer")
      ->capture_default_str()
      ->check(within(kSomeSeconds));
  add_as_of_option(*command, a->as_of);
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::query_command
