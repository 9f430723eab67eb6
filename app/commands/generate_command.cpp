// noema generate MODEL PROMPT

#include <memory>

#include "app/actions/generate.h"
#include "app/command.h"
#include "app/results.h"
#include "app/search_options.h"

namespace noema::app::generate_command {
namespace {

struct Arguments {
  std::string model;
  GenerateRequest request;
};

/// A continuation stands behind its prompt, a translation alone.
void print_for_people(const GenerateValue& value) {
  print_text("{}{}\n", value.log_probability ? "" : value.prompt, value.text);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("generate",
                                     "Continue a text, or translate it with a model trained on pairs: noema generate "
                                     "book.model \"Once upon\" --tokens 50");
  const auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model file")->required();
  command->add_option("PROMPT", a->request.prompt, "Text to continue or to translate")->required();
  command->add_option("--tokens", a->request.tokens, "Number of tokens to add")
      ->capture_default_str()
      ->check(within(base::ranges::kTokens));
  command
      ->add_option("--temperature", a->request.temperature,
                   "0 takes the likeliest token; 1 samples from the model's distribution; more is more random")
      ->capture_default_str()
      ->check(within(base::ranges::kTemperature));
  add_search_options(*command, a->request.search);
  add_globals(*command, globals);
  command->callback([a, &globals] {
    a->request.seed = globals.seed;
    a->request.stop = stop_token();
    print_value(globals, generate(transformer::Model::load(a->model), a->request), print_for_people);
  });
}

}  // namespace noema::app::generate_command
