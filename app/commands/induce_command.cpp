// noema induce LIFE --mentions FILE.jsonl

#include <fmt/format.h>

#include <memory>

#include "app/actions/senses.h"
#include "app/actions/text_lines.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"
#include "base/stop.h"

namespace noema::app::induce_command {
namespace {

struct Arguments {
  std::string life, mentions;
};

void run(const Arguments& a, const Globals& globals) {
  std::vector<MentionLine> mentions;
  for (const std::string& line : lines_to_read(a.mentions, "tell apart"))
    mentions.push_back(mention_of(line, fmt::format("{}:{}", a.mentions, mentions.size() + 1)));
  const memory::Life life = open_to_read(a.life);
  const auto words = words_of(life);
  SenseTeller teller(life, words, globals.seed);
  for (const MentionLine& mention : mentions) {
    base::stop_if_requested(stop_token());
    const auto sense = teller.induce(mention);
    if (globals.json)
      print_json(to_json(mention, sense));
    else
      print_text("{:>5}  {}\n", sense.value_or("-"), shortened(one_line(mention.text), kTextColumns));
  }
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command =
      app.add_subcommand("induce", "Give mentions of words their senses: noema induce my.life --mentions places.jsonl");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("--mentions", a->mentions, "File of JSON lines {\"id\",\"text\",\"start\",\"end\"}, in bytes")
      ->required();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::induce_command
