// noema recall LIFE "cue" | --queries FILE

#include <fmt/format.h>

#include <memory>

#include "app/actions/names.h"
#include "app/actions/recall.h"
#include "app/command.h"
#include "app/filter_options.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"
#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"

namespace noema::app::recall_command {
namespace {

struct Arguments {
  std::string life, queries;
  FilterArguments inputs;
  RecallRequest request;
};

void print_for_people(const RecallValue& value) {
  if (value.hits.empty()) print_text("No input matches this cue.\n");
  std::size_t rank = 0;
  for (const RecallHit& hit : value.hits) {
    print_text("{:>3}  {}\n", ++rank, one_line(hit.input.text));
    std::vector<std::string> via;
    for (const std::string& label : hit.via) via.push_back(one_line(label));
    print_text("     {}; score {}{}\n", told_when(hit), human_number(hit.score),
               via.empty() ? "" : "; by " + listed(via));
  }
}

void recall_one(reasoning::Mind& mind, const Arguments& a, const Globals& globals) {
  const RecallValue value = recall(mind, a.request);
  if (!globals.json) return print_for_people(value);
  std::size_t rank = 0;
  for (const RecallHit& hit : value.hits) print_json(to_json(hit, ++rank));
  if (value.hits.empty()) print_json(no_hit());
}

/// A query with an unknown group has no hits; it does not end the command.
RecallValue recall_or_nothing(reasoning::Mind& mind, const Query& query) {
  try {
    return recall(mind, query.request);
  } catch (const UnknownName&) {
    return {};
  }
}

/// Reads and checks all lines before the first is answered.
std::vector<Query> queries_in(const Arguments& a) {
  std::vector<Query> queries;
  base::LineReader reader(a.queries);
  while (const auto line = reader.next())
    queries.push_back(query_of(*line, fmt::format("{}:{}", a.queries, reader.line_number()), a.request));
  return queries;
}

void recall_each(reasoning::Mind& mind, const std::vector<Query>& queries, const Globals& globals) {
  for (const Query& query : queries) {
    base::stop_if_requested(stop_token());
    const RecallValue value = recall_or_nothing(mind, query);
    if (globals.json) {
      print_json(to_json(query, value));
      continue;
    }
    print_text("{}\n", one_line(query.request.cue));
    print_for_people(value);
  }
}

void run(Arguments& a, const Globals& globals) {
  if (a.request.cue.empty() == a.queries.empty())
    throw base::UsageError("recall takes a cue or --queries FILE, one of the two");
  a.request.filter = a.inputs.filter();
  const std::vector<Query> queries = a.queries.empty() ? std::vector<Query>{} : queries_in(a);
  reasoning::Mind mind(open_to_read(a.life));
  if (a.queries.empty())
    recall_one(mind, a, globals);
  else
    recall_each(mind, queries, globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("recall", "Recall inputs by a cue: noema recall my.life \"the cat on the chair\"");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("cue", a->request.cue, "Text that describes what to recall");
  command->add_option("--queries", a->queries, "File of JSON lines {\"id\",\"text\",\"group\"?}");
  command->add_option("-k", a->request.k, "Number of inputs to recall, at most")
      ->check(within(kResults))
      ->capture_default_str();
  add_filter_options(*command, a->inputs, "Recall");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::recall_command
