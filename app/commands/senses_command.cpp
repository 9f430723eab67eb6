// noema senses LIFE WORD [--in SENTENCE]

#include <memory>

#include "app/actions/senses.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::senses_command {
namespace {

struct Arguments {
  std::string life, word, sentence;
  bool has_sentence = false;
};

void print_for_people(const SenseValue& value) {
  if (value.probability) print_text("at byte {}, {} sure: ", *value.start, human_share(*value.probability));
  print_text("{}. {}, {}\n", value.sense, one_line(value.label), counted(value.count, "mention"));
  std::vector<std::string> near, wholes;
  for (const std::string& word : value.neighbours) near.push_back(one_line(word));
  for (const std::string& whole : value.wholes) wholes.push_back(one_line(whole));
  if (!wholes.empty()) print_text("   in {}\n", listed(wholes));
  if (!near.empty()) print_text("   near {}\n", listed(near));
  for (const SenseExample& example : value.examples)
    print_text("   - {}\n", one_line(shortened_around(example.text, example.begin, example.end, kTextColumns)));
}

void run(const Arguments& a, const Globals& globals) {
  const memory::Life life = open_to_read(a.life);
  const auto words = words_of(life);
  SenseTeller teller(life, words, globals.seed);
  const auto values = or_null(globals, {{"sense", nullptr}, {"label", nullptr}, {"word", a.word}}, [&] {
    return a.has_sentence ? teller.senses_in(a.word, a.sentence) : teller.senses(a.word);
  });
  for (const SenseValue& value : values)
    if (globals.json)
      print_json(to_json(value));
    else
      print_for_people(value);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("senses", "List the senses of a word: noema senses my.life bank");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("word", a->word, "A word, or several that stand together")->required();
  command->add_option("--in", a->sentence, "Say which sense each mention in this sentence has");
  add_globals(*command, globals);
  command->callback([a, command, &globals] {
    a->has_sentence = command->count("--in") > 0;
    run(*a, globals);
  });
}

}  // namespace noema::app::senses_command
