// noema score LIFE FILE

#include <fmt/format.h>

#include <memory>

#include "app/actions/arm_list.h"
#include "app/actions/score.h"
#include "app/command.h"
#include "app/human.h"
#include "experiments/metrics/registry.h"

namespace noema::app::score_command {
namespace {

/// One row for each arm, with its difference to the first arm.
void print_for_people(const ScoreValue& value) {
  std::vector<TextTable::Column> columns{{"arm"}};
  for (const auto& kind : experiments::metric_kinds())
    if (value.arms.front().metrics.contains(kind.name)) columns.push_back({kind.label, Align::kRight});
  const std::string first = value.arms.front().score.arm;
  for (const char* title : {"seconds", "thinking", "state", "concepts", "thoughts"})
    columns.push_back({title, Align::kRight});
  if (value.arms.size() > 1) columns.push_back({"nats a word against " + first + " [95%]", Align::kRight});
  TextTable table(columns);
  for (const ArmResult& arm : value.arms) {
    std::vector<std::string> row{arm.score.arm};
    for (const auto& kind : experiments::metric_kinds())
      if (value.arms.front().metrics.contains(kind.name)) row.push_back(experiments::shown(kind, arm.metrics));
    const auto& state = arm.score.state;
    row.insert(row.end(), {human_seconds(arm.score.seconds), human_seconds(state.thinking_seconds),
                           human_bytes(state.state_bytes), human_count(state.concepts), human_count(state.thoughts)});
    if (const auto d = arm.differences.find(first); d != arm.differences.end())
      row.push_back(human_interval(d->second.nats_per_word, d->second.low, d->second.high));
    table.add(row);
  }
  print_text("{} words and line ends, {} characters\n\n{}", human_count(value.words), human_count(value.characters),
             table.text());
  for (const ArmResult& arm : value.arms)
    if (!arm.score.note.empty()) print_text("\n{}: {}", arm.score.arm, arm.score.note);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  struct Arguments {
    ScoreRequest request;
    std::string arms = "static,memory,lesion,noema";
  };
  const auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "score", "Measure how well a life predicts a text, compared with other arms: noema score my.life other.txt");
  command->add_option("life", a->request.life, "The life; it is not changed")->required();
  command->add_option("file", a->request.file, "Text; copies of the life score each unit, then learn from it")
      ->required();
  command
      ->add_option("--arms", a->arms,
                   "Arms, separated by commas, each NAME or NAME{option=value;...} (noema arms lists them); in short "
                   "+dynamic, and -X without the expert or kind of thought X (an unknown X lists them)")
      ->capture_default_str();
  command->add_option("--tune", a->request.tune, "Text on which the settings of the arms cache and dynamic are tuned");
  command->add_option("--tune-words", a->request.tune_words, "Use at most this many words of that text; 0 uses all")
      ->check(within(base::ranges::kCount))
      ->capture_default_str();
  command->add_option("--max-words", a->request.max_words, "Score at most this many words; 0 scores all")
      ->check(within(base::ranges::kCount));
  command
      ->add_option("--think", a->request.proposals,
                   "Number of proposals that the noema arm examines after each line, if it has so many")
      ->check(within(base::ranges::kCount))
      ->capture_default_str();
  add_globals(*command, globals);
  command->callback([a, &globals] {
    a->request.arms = split_arms(a->arms);
    a->request.seed = globals.seed;
    a->request.stop = stop_token();
    ProgressBar bar(globals);
    a->request.progress = [&](double share, const std::string& what) { bar.show(share, what); };
    const ScoreValue value = score(a->request);
    if (!globals.json) return print_for_people(value);
    for (const ArmResult& arm : value.arms) print_json(to_json(arm, value));
  });
}

}  // namespace noema::app::score_command
