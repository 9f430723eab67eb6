// noema vectors MODEL WORD SENTENCE...

#include <fmt/format.h>

#include <memory>

#include "app/actions/vectors.h"
#include "app/command.h"
#include "app/human.h"

namespace noema::app::vectors_command {
namespace {

struct Arguments {
  std::string model;
  VectorsRequest request;
};

/// The matrix of cosines; each row begins with its number and ends with its sentence.
void print_for_people(const VectorsValue& value) {
  std::vector<TextTable::Column> columns{{"", Align::kRight}};
  for (std::size_t i = 0; i < value.occurrences.size(); ++i) columns.push_back({std::to_string(i + 1), Align::kRight});
  columns.push_back({"sentence"});
  TextTable table(columns);
  for (std::size_t i = 0; i < value.occurrences.size(); ++i) {
    const WordVector& one = value.occurrences[i];
    std::vector<std::string> row{std::to_string(i + 1)};
    for (const double cosine : one.cosines) row.push_back(fmt::format("{:.3f}", cosine));
    row.push_back(fmt::format("{}, byte {}: {}", one.sentence, one.start, shortened(one_line(one.text), kTextColumns)));
    table.add(row);
  }
  print_text("Cosines between the word's vectors\n\n{}", table.text());
}

void run(Arguments& a, const Globals& globals) {
  a.request.stop = stop_token();
  const VectorsValue value = vectors(transformer::Model::load(a.model), a.request);
  if (!globals.json) return print_for_people(value);
  for (const WordVector& one : value.occurrences) print_json(to_json(one));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "vectors",
      "The vectors of a word in sentences, and their cosines: noema vectors book.model bank \"...\" \"...\"");
  const auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model of any architecture but seq2seq")->required();
  command->add_option("WORD", a->request.word, "The word, as the sentences write it")->required();
  command->add_option("SENTENCE", a->request.sentences, "Sentences that hold the word")->required();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::vectors_command
