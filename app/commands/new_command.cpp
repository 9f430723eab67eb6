// noema new LIFE --model MODEL

#include <memory>

#include "app/actions/new_life.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"

namespace noema::app::new_command {
namespace {

void print_for_people(const NewLife& life) {
  print_text("{} is made ({}), {}.\n", life.life, human_bytes(static_cast<std::uint64_t>(life.file_bytes)),
             life.from_birth ? "with random weights: it learns to predict from its inputs alone"
                             : "with the model " + life.model);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<NewLifeRequest>();
  auto* command = app.add_subcommand(
      "new", "Create a life: noema new my.life --model book.model   (or --model tiny: born with random weights)");
  command->add_option("life", a->life, "File to create")->required();
  command->add_option("--model", a->model, "Model file; or tiny or small, for random weights")->required();
  command->add_option("--max-concepts", a->max_concepts, "Limit on the number of concepts; 0 means no limit")
      ->check(within(base::ranges::kCount));
  command->add_option("--max-bytes", a->max_bytes, "Limit on the bytes of state in memory; 0 means no limit")
      ->check(within(base::ranges::kCount));
  command->add_flag("--force", a->force, "Replace an existing life");
  add_globals(*command, globals);
  command->callback([a, &globals] {
    a->seed = globals.seed;
    print_value(globals, new_life(*a), print_for_people);
  });
}

}  // namespace noema::app::new_command
