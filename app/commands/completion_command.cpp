// noema completion bash|zsh|fish, and noema man

#include <map>
#include <memory>

#include "app/command.h"
#include "app/help/completion.h"
#include "app/help/man_page.h"

namespace noema::app::completion_command {

void add_completion(CLI::App& app, Globals& globals) {
  const auto shell = std::make_shared<std::string>();
  auto* command = app.add_subcommand("completion",
                                     "Print a script that lets a shell complete commands and options: "
                                     "source <(noema completion bash)");
  command->add_option("shell", *shell, "The shell that reads the script")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  add_globals(*command, globals);
  command->callback([shell, &app] {
    const std::map<std::string, help::Shell> shells{
        {"bash", help::Shell::kBash}, {"zsh", help::Shell::kZsh}, {"fish", help::Shell::kFish}};
    print_text("{}", help::completion_script(shells.at(*shell), help::commands_of(app)));
  });
}

void add_man(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand("man", "Print the manual page: noema man | man -l -");
  add_globals(*command, globals);
  command->callback(
      [&app] { print_text("{}", help::man_page(app.get_description(), app.version(), help::commands_of(app))); });
}

}  // namespace noema::app::completion_command
