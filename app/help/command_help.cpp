#include "app/help/command_help.h"

#include <sstream>

namespace noema::app::help {
namespace {

/// CLI11 describes a choice among fixed values as "{json,dot}" in the name of the type, and with what each stands for
/// as
/// "{both->2,dense->1}".
std::vector<std::string> choices_in(const std::string& type) {
  const std::size_t open = type.find('{'), close = type.find('}');
  std::vector<std::string> choices;
  if (open == std::string::npos || close == std::string::npos) return choices;
  std::istringstream list(type.substr(open + 1, close - open - 1));
  for (std::string choice; std::getline(list, choice, ',');) choices.push_back(choice.substr(0, choice.find("->")));
  return choices;
}

OptionHelp option_help(const CLI::Option& option) {
  OptionHelp help;
  for (const std::string& name : option.get_snames()) help.names.push_back("-" + name);
  for (const std::string& name : option.get_lnames()) help.names.push_back("--" + name);
  help.is_positional = help.names.empty();
  if (help.is_positional) help.names.push_back(option.get_name(true));
  help.is_required = option.get_required();
  if (option.get_items_expected_max() > 0) {
    const std::string type = option.get_type_name();
    help.value = type.substr(0, type.find(':'));
    help.choices = choices_in(type);
  }
  help.text = option.get_description();
  return help;
}

}  // namespace

std::vector<CommandHelp> commands_of(const CLI::App& app) {
  std::vector<CommandHelp> commands;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App* one) { return !one->get_group().empty(); })) {
    CommandHelp help{command->get_name(), command->get_group(), command->get_description(), {}};
    for (const CLI::Option* option : command->get_options()) help.options.push_back(option_help(*option));
    commands.push_back(std::move(help));
  }
  return commands;
}

}  // namespace noema::app::help
