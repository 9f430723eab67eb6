// noema similar LIFE WORD

#include <memory>

#include "app/actions/similar.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::similar_command {
namespace {

struct Arguments {
  std::string life, word;
  std::size_t k = 10;
};

void print_for_people(const std::vector<SimilarConcept>& found, const std::string& word) {
  if (found.empty()) return print_text("No other concept has neighbours like those of {}.\n", one_line(word));
  TextTable table({{}, {"", Align::kRight}});
  for (const SimilarConcept& one : found) table.add({one_line(one.found.label), human_number(one.score)});
  print_text("{}", table.text());
}

void run(const Arguments& a, const Globals& globals) {
  memory::Life life = open_to_read(a.life);
  const auto found = or_null(globals, {{"label", nullptr}, {"score", nullptr}, {"name", a.word}}, [&] {
    if (auto by_company = similar_by_company(life, a.word, a.k)) return std::move(*by_company);
    const reasoning::Mind mind(std::move(life));
    return similar(mind, a.word, a.k);
  });
  if (!globals.json) return print_for_people(found, a.word);
  for (const SimilarConcept& one : found) print_json(to_json(one));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("similar", "List the concepts most similar to one: noema similar my.life cat");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("word", a->word, "A label, or concept:ID")->required();
  command->add_option("-k", a->k, "Number of concepts to list, at most")
      ->check(within(kResults))
      ->capture_default_str();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::similar_command
