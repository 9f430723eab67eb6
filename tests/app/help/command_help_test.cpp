#include "app/help/command_help.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "app/commands.h"

using namespace noema::app;
using namespace noema::app::help;

namespace {

CommandHelp small_command() {
  CLI::App app{"a program", "program"};
  auto* command = app.add_subcommand("paint", "Paint a wall: program paint wall");
  command->group("Work");
  static std::string wall, colour;
  static bool is_quick;
  command->add_option("wall", wall, "The wall")->required();
  command->add_option("-c,--colour", colour, "What it becomes")->check(CLI::IsMember({"red", "blue"}));
  command->add_flag("--quick", is_quick, "Do not wait");
  app.add_subcommand("secret", "Not listed")->group("");
  const auto commands = commands_of(app);
  REQUIRE(commands.size() == 1);
  return commands[0];
}

}  // namespace

TEST_CASE("a command's help names its group, its options in order, what they take and their choices", "[help]") {
  const CommandHelp command = small_command();
  CHECK(command.name == "paint");
  CHECK(command.group == "Work");
  REQUIRE(command.options.size() == 4);  // the first is --help
  const OptionHelp &wall = command.options[1], &colour = command.options[2], &quick = command.options[3];
  CHECK(command.options[0].names == std::vector<std::string>{"-h", "--help"});
  CHECK(wall.is_positional);
  CHECK(wall.is_required);
  CHECK(wall.names == std::vector<std::string>{"wall"});
  CHECK(colour.names == std::vector<std::string>{"-c", "--colour"});
  CHECK(std::set<std::string>(colour.choices.begin(), colour.choices.end()) == std::set<std::string>{"blue", "red"});
  CHECK_FALSE(colour.value.empty());
  CHECK(quick.value.empty());
  CHECK(quick.text == "Do not wait");
}

TEST_CASE("choices that stand for numbers are named, not numbered", "[help]") {
  CLI::App app{"a program", "program"};
  int size = 0;
  auto* command = app.add_subcommand("paint", "Paint");
  command->add_option("--size", size, "How large")
      ->transform(CLI::CheckedTransformer(std::map<std::string, int>{{"large", 2}, {"small", 1}}));
  CHECK(commands_of(app).at(0).options.at(1).choices == std::vector<std::string>{"large", "small"});
}

TEST_CASE("every command of the program has a heading and a help text, and every option one too", "[help]") {
  CLI::App app;
  Globals globals;
  add_commands(app, globals);
  const auto commands = commands_of(app);
  std::vector<std::string> headings;
  for (const CommandHelp& command : commands) {
    INFO(command.name);
    CHECK_FALSE(command.text.empty());
    CHECK(command.group != "Subcommands");
    if (headings.empty() || headings.back() != command.group) headings.push_back(command.group);
    for (const OptionHelp& option : command.options) {
      INFO(option.names.front());
      CHECK_FALSE(option.text.empty());
    }
  }
  CHECK(std::set<std::string>(headings.begin(), headings.end()).size() == headings.size());  // none comes twice
}
