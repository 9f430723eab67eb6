#include "app/help/completion.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace noema::app::help {
namespace {

/// The text in single quotes, as all three shells read it.
std::string in_quotes(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

std::vector<std::string> names_of(const std::vector<CommandHelp>& commands) {
  std::vector<std::string> names;
  for (const CommandHelp& command : commands) names.push_back(command.name);
  return names;
}

/// The first sentence part of a help text: what stands before an example.
std::string_view summary_of(std::string_view text) { return text.substr(0, text.find(": noema ")); }

std::string choices_of(const OptionHelp& option) { return fmt::format("{}", fmt::join(option.choices, " ")); }

std::string bash(const std::vector<CommandHelp>& commands) {
  std::string script = fmt::format(
      "# bash completion of noema: source <(noema completion bash)\n"
      "_noema() {{\n"
      "  local word=\"${{COMP_WORDS[COMP_CWORD]}}\" before=\"${{COMP_WORDS[COMP_CWORD-1]}}\" options= values=\n"
      "  COMPREPLY=()\n"
      "  if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
      "    COMPREPLY=($(compgen -W \"{} --help --version\" -- \"$word\"))\n"
      "    return\n"
      "  fi\n"
      "  case \"${{COMP_WORDS[1]}}\" in\n",
      fmt::join(names_of(commands), " "));
  for (const CommandHelp& command : commands) {
    std::vector<std::string> options;
    std::string of_option, of_position;
    for (const OptionHelp& option : command.options) {
      const std::string choices = choices_of(option);
      if (option.is_positional) {
        of_position += (choices.empty() ? "" : " ") + choices;
        continue;
      }
      options.insert(options.end(), option.names.begin(), option.names.end());
      if (!choices.empty()) of_option += fmt::format(" {}) values=\"{}\";;", fmt::join(option.names, "|"), choices);
    }
    script += fmt::format("    {}) options=\"{}\"", command.name, fmt::join(options, " "));
    script += fmt::format("; values=\"{}\"", of_position);
    if (!of_option.empty()) script += fmt::format("; case \"$before\" in{} esac", of_option);
    script += ";;\n";
  }
  return script +
         "  esac\n"
         "  case \"$word\" in\n"
         "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$word\"));;\n"
         "    *) COMPREPLY=($(compgen -W \"$values\" -- \"$word\"));;\n"
         "  esac\n"
         "}\n"
         "complete -o default -F _noema noema\n";
}

/// A description inside the brackets of a specification of _arguments.
std::string in_brackets(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '[' || c == ']' || c == ':' || c == '\\') result += '\\';
    result += c;
  }
  return result;
}

std::string values_in_zsh(const OptionHelp& option) {
  return option.choices.empty() ? "_files" : "(" + choices_of(option) + ")";
}

std::string zsh(const std::vector<CommandHelp>& commands) {
  std::string script =
      "#compdef noema\n"
      "# zsh completion of noema: noema completion zsh > \"${fpath[1]}/_noema\"\n"
      "_noema() {\n"
      "  local -a commands=(\n";
  for (const CommandHelp& command : commands)
    script += fmt::format("    {}\n", in_quotes(command.name + ":" + in_brackets(summary_of(command.text))));
  script +=
      "  )\n"
      "  if (( CURRENT == 2 )); then _describe command commands; return; fi\n"
      "  local command=$words[2]\n"
      "  shift words; (( CURRENT-- ))\n"
      "  case $command in\n";
  for (const CommandHelp& command : commands) {
    script += fmt::format("    {}) _arguments", command.name);
    for (const OptionHelp& option : command.options) {
      if (option.is_positional) {
        script += " " + in_quotes(fmt::format("*:{}:{}", in_brackets(option.names.front()), values_in_zsh(option)));
        break;  // whatever comes first stands for all that are not options
      }
    }
    for (const OptionHelp& option : command.options) {
      if (option.is_positional) continue;
      for (const std::string& name : option.names)
        script += " " + in_quotes(fmt::format(
                            "{}[{}]{}", name, in_brackets(option.text),
                            option.value.empty() ? "" : ":" + in_brackets(option.value) + ":" + values_in_zsh(option)));
    }
    script += ";;\n";
  }
  return script + "  esac\n}\n[ \"$funcstack[1]\" = _noema ] && _noema \"$@\" || compdef _noema noema\n";
}

std::string fish(const std::vector<CommandHelp>& commands) {
  std::string script = "# fish completion of noema: noema completion fish | source\n";
  for (const CommandHelp& command : commands)
    script += fmt::format("complete -c noema -n __fish_use_subcommand -f -a {} -d {}\n", command.name,
                          in_quotes(summary_of(command.text)));
  for (const CommandHelp& command : commands)
    for (const OptionHelp& option : command.options) {
      const std::string here = fmt::format("complete -c noema -n '__fish_seen_subcommand_from {}'", command.name);
      const std::string choices = option.choices.empty() ? std::string() : " -f -a " + in_quotes(choices_of(option));
      if (option.is_positional) {
        if (!choices.empty()) script += here + choices + "\n";
        continue;
      }
      script += here;
      for (const std::string& name : option.names)
        script += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      script += (option.value.empty() ? "" : " -r") + choices + " -d " + in_quotes(option.text) + "\n";
    }
  return script;
}

}  // namespace

std::string completion_script(Shell shell, const std::vector<CommandHelp>& commands) {
  switch (shell) {
    case Shell::kBash: return bash(commands);
    case Shell::kZsh: return zsh(commands);
    case Shell::kFish: return fish(commands);
  }
  return {};
}

}  // namespace noema::app::help
