#include "app/commands.h"

#include <catch2/catch.hpp>
#include <set>

#include "app/program.h"

using namespace noema;

namespace {

std::vector<CLI::App*> commands_of(CLI::App& app, app::Globals& globals) {
  app::add_commands(app, globals);
  return app.get_subcommands([](CLI::App*) { return true; });
}

}  // namespace

TEST_CASE("every command has a name of its own, a help text and the options that are everywhere") {
  CLI::App program;
  app::Globals globals;
  std::set<std::string> names;
  for (CLI::App* command : commands_of(program, globals)) {
    INFO(command->get_name());
    CHECK(names.insert(command->get_name()).second);
    CHECK(command->get_description().size() > 10);
    for (const char* option : {"--seed", "--threads", "--quiet", "--json"})
      CHECK(command->get_option_no_throw(option) != nullptr);
    for (const CLI::Option* option : command->get_options()) CHECK_FALSE(option->get_description().empty());
  }
  CHECK(names.size() >= 27);
}

TEST_CASE("the commands of the contract are there") {
  CLI::App program;
  app::Globals globals;
  commands_of(program, globals);
  for (const char* name : {"train",  "evaluate", "attention", "generate", "new",    "replay",   "feed",    "think",
                           "ask",    "status",   "check",     "backup",   "export", "recall",   "similar", "show",
                           "why",    "undo",     "score",     "thoughts", "run",    "compare",  "arms",    "streams",
                           "senses", "induce",   "analogy",   "group",    "topics", "concepts", "wholes"})
    CHECK_NOTHROW(program.get_subcommand(name));
}
