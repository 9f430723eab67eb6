// noema topics LIFE [--top N] | --inputs FILE

#include <memory>

#include "app/actions/text_lines.h"
#include "app/actions/topics.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::topics_command {
namespace {

struct Arguments {
  std::string life, inputs;
  std::size_t top = 20;
};

void print_for_people(const TopicValue& value) {
  std::vector<std::string> words;
  for (const std::string& word : value.words) words.push_back(one_line(word));
  print_text("{:>3}. {}\n", value.topic, listed(words));
  print_text("     {}\n", counted(value.inputs, "input"));
  for (const std::string& example : value.examples)
    print_text("     - {}\n", shortened(one_line(example), kTextColumns));
}

void print_topics(const memory::Life& life, const concepts::company::Topics& topics, const Arguments& a,
                  const Globals& globals) {
  for (const TopicValue& value : topics_in(life, topics, a.top))
    if (globals.json)
      print_json(to_json(value));
    else
      print_for_people(value);
  if (!globals.json && topics.size() > a.top)
    print_text("{} more; --top {} lists all.\n", counted(topics.size() - a.top, "topic"), topics.size());
}

void print_texts(const concepts::company::Topics& topics, const Arguments& a, const Globals& globals) {
  TextTable table({{"line", Align::kRight}, {"topic"}, {"sure", Align::kRight}, {"text"}});
  for (const TextTopic& value : topics_of_texts(topics, lines_to_read(a.inputs, "topics")))
    if (globals.json)
      print_json(to_json(value));
    else
      table.add({human_count(value.line), value.topic ? one_line(value.label) : "-",
                 value.topic ? human_share(value.probability) : "", shortened(one_line(value.text), kTextColumns)});
  if (!globals.json) print_text("{}", table.text());
}

void run(const Arguments& a, const Globals& globals) {
  const memory::Life life = open_to_read(a.life);
  const auto topics = topics_of(life);
  if (a.inputs.empty()) return print_topics(life, topics, a, globals);
  print_texts(topics, a, globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("topics", "List what the inputs are about: noema topics my.life");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("--top", a->top, "List so many topics, the largest first")
      ->check(within(kResults))
      ->capture_default_str();
  command->add_option("--inputs", a->inputs, "File with one text a line: say the topic of each instead");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::topics_command
