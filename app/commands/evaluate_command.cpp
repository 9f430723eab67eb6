// noema evaluate MODEL FILE...

#include <fmt/format.h>

#include <memory>

#include "app/actions/evaluate.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"

namespace noema::app::evaluate_command {
namespace {

void print_for_people(const EvaluateValue& value) {
  const transformer::Evaluation& e = value.evaluation;
  const auto perplexity = e.word_perplexity();
  TextTable table({{}, {}});
  table.add({"bits per character", human_number(e.bits_per_character())});
  table.add({"nats per character", human_number(e.nats_per_character())});
  table.add({"word perplexity", perplexity ? human_number(*perplexity) : "- (the text has no spaces between words)"});
  print_text("{}\nmeasured on {}, {}, {} and {}\n", table.text(), counted(e.words, "word"),
             counted(e.characters, "character"), counted(e.lines, "line"), counted(e.tokens, "token"));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("evaluate", "How well a model predicts text: noema evaluate book.model other.txt");
  const auto a = std::make_shared<EvaluateRequest>();
  command->add_option("MODEL", a->model, "Model file")->required();
  command->add_option("FILE", a->files, "Text files, measured as one text in non-overlapping contexts")->required();
  add_globals(*command, globals);
  command->callback([a, &globals] {
    a->threads = globals.threads;
    a->stop = stop_token();
    print_value(globals, evaluate(*a), print_for_people);
  });
}

}  // namespace noema::app::evaluate_command
