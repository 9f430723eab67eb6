// noema recall LIFE "cue" | --queries FILE

#include <fmt/format.h>

#include <memory>
#include <optional>

#include "app/actions/json_fields.h"
#include "app/actions/names.h"
#include "app/actions/recall.h"
#include "app/as_of_option.h"
#include "app/command.h"
#include "app/filter_options.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"
#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"

namespace noema::app::recall_command {
namespace {

struct Arguments {
  std::string life, queries, as_of;
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

/// Recalls by one request after another, from a file that is opened once or from a server.
class Recaller {
 public:
  Recaller(const Arguments& a, const Globals& globals) : arguments_(a), globals_(globals) {
    if (is_address(a.life)) return;
    life_.emplace(as_it_was(a.life, a.as_of, globals));
    mind_.emplace(open_to_read(life_->path()));
  }

  RecallValue recall(const RecallRequest& request) {
    nlohmann::json arguments{{"cue", request.cue}, {"k", request.k}};
    if (request.filter.group) arguments["group"] = *request.filter.group;
    if (request.filter.speaker) arguments["speaker"] = *request.filter.speaker;
    add_argument(arguments, "since", arguments_.inputs.since);
    add_argument(arguments, "as_of", arguments_.as_of);
    const auto read = [](const nlohmann::json& answer) {
      return RecallValue{each_of(answer.at("hits"), recall_hit_of)};
    };
    return answered(arguments_.life, globals_, {"recall", arguments}, read,
                    [&] { return app::recall(*mind_, request); });
  }

 private:
  const Arguments& arguments_;
  const Globals& globals_;
  std::optional<LifeAsOf> life_;
  std::optional<reasoning::Mind> mind_;
};

void recall_one(Recaller& recaller, const Arguments& a, const Globals& globals) {
  const RecallValue value = recaller.recall(a.request);
  if (!globals.json) return print_for_people(value);
  std::size_t rank = 0;
  for (const RecallHit& hit : value.hits) print_json(to_json(hit, ++rank));
  if (value.hits.empty()) print_json(no_hit());
}

/// A query with an unknown group has no hits; it does not end the command.
RecallValue recall_or_nothing(Recaller& recaller, const Query& query) {
  try {
    return recaller.recall(query.request);
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

void recall_each(Recaller& recaller, const std::vector<Query>& queries, const Globals& globals) {
  for (const Query& query : queries) {
    base::stop_if_requested(stop_token());
    const RecallValue value = recall_or_nothing(recaller, query);
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
  Recaller recaller(a, globals);
  if (a.queries.empty())
    recall_one(recaller, a, globals);
  else
    recall_each(recaller, queries, globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("recall", "Recall inputs by a cue: noema recall my.life \"the cat on the chair\"");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("cue", a->request.cue, "Text that describes what to recall");
  command->add_option("--queries", a->queries, "File of JSON lines {\"id\",\"text\",\"group\"?}");
  command->add_option("-k", a->request.k, "Number of inputs to recall, at most")
      ->check(within(kResults))
      ->capture_default_str();
  add_filter_options(*command, a->inputs, "Recall");
  add_as_of_option(*command, a->as_of);
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::recall_command
