// noema query LIFE "SELECT ..."

#include <fmt/format.h>

#include <memory>

#include "app/actions/query.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"
#include "base/error.h"
#include "base/failure_context.h"

namespace noema::app::query_command {
namespace {

constexpr std::size_t kWidest = 64;  // columns of a terminal for one value

struct Arguments {
  std::string life, sql;
  bool csv = false;
  std::size_t rows = memory::QueryLimits{}.rows;
  double seconds = memory::QueryLimits{}.seconds;
};

void print(const memory::QueryAnswer& answer, const Arguments& a, const Globals& globals) {
  if (globals.json) {
    for (const auto& row : answer.rows) print_json(to_json(answer.columns, row));
  } else if (a.csv) {
    print_text("{}", csv_row(answer.columns));
    for (const auto& row : answer.rows) print_text("{}", csv_row(row));
  } else if (answer.rows.empty()) {
    print_text("No rows.\n");
  } else {
    print_text("{}", table_of(answer, kWidest));
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
  print(memory::query(a.life, a.sql, limits), a, globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "query",
      "Ask the graph in SQL, read only: noema query my.life \"SELECT * FROM concept ORDER BY count DESC LIMIT 9\"");
  command->add_option("life", a->life, "The life")->required();
  command
      ->add_option("sql", a->sql,
                   "One SELECT over the views concept, form, relation, mention, sense, fact, rule, thought, "
                   "thought_concept, evidence, episode and life (docs/queries.md)")
      ->required();
  command->add_flag("--csv", a->csv, "Print comma-separated values, with the columns' names first");
  command->add_option("--rows", a->rows, "Print at most this many rows")->capture_default_str()->check(within(kSome));
  command->add_option("--seconds", a->seconds, "Refuse a query that takes longer")
      ->capture_default_str()
      ->check(within(kSomeSeconds));
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::query_command
