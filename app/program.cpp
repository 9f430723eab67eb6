#include "app/program.h"

#include <fmt/format.h>
#include <tbb/global_control.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <filesystem>
#include <ios>
#include <new>
#include <optional>
#include <string_view>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "app/command.h"
#include "app/commands.h"
#include "app/remote/answering.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/nearest.h"
#include "base/output.h"
#include "base/stop.h"

namespace noema::app {
namespace {

constexpr int kWorldAtFault = 1;
constexpr int kWrongUsage = 2;

/// Earlier names of commands, which still work but appear in no help text.
constexpr std::array<std::pair<std::string_view, const char*>, 2> kEarlierNames{
    {{"realised", "audit"}, {"leave", "forgetting"}}};

/// The arguments, with an earlier name of the command replaced by the present one.
std::vector<const char*> with_present_name(int argc, const char* const* argv) {
  std::vector<const char*> arguments(argv, argv + argc);
  for (const char*& argument : arguments) {
    if (&argument == arguments.data() || argument[0] == '-') continue;
    for (const auto& [earlier, present] : kEarlierNames)
      if (argument == earlier) argument = present;
    break;
  }
  return arguments;
}

int complain(const std::string& what, int status) {
  const std::string line = fmt::format("noema: {}\n", what.substr(0, what.find('\n')));
  std::fputs(line.c_str(), stderr);
  return status;
}

/// The first argument that is no option, for messages. It need not be a command.
std::string command_in(const std::vector<const char*>& arguments) {
  for (std::size_t i = 1; i < arguments.size(); ++i)
    if (arguments[i][0] != '-') return arguments[i];
  return {};
}

/// The end of a message about wrong usage: a suggestion, if there is one, and the command that prints help.
std::string see(const std::string& guess, const std::string& help) {
  return guess.empty() ? "; see " + help : guess + " See " + help;
}

/// Refuses an unknown command before CLI11 looks at options: `noema anything --help` is no request for help.
void require_known_command(const CLI::App& app, const std::string& name) {
  if (name.empty()) return;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands([](const CLI::App*) { return true; })) {
    if (command->check_name(name)) return;
    if (!command->get_group().empty()) names.push_back(command->get_name());
  }
  std::sort(names.begin(), names.end());
  throw base::UsageError(fmt::format("there is no command '{}'{}", name,
                                     see(base::did_you_mean(base::nearest_names(name, names)), "noema --help")));
}

/// A suggestion of the names most similar to the first unknown option.
std::string nearest_option(const CLI::App& app) {
  for (const CLI::App* command : app.get_subcommands()) {
    for (const std::string& argument : command->remaining()) {
      if (!argument.starts_with('-')) continue;
      std::vector<std::string> names;
      for (const CLI::Option* option : command->get_options()) {
        for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
        for (const std::string& name : option->get_snames()) names.push_back("-" + name);
      }
      return base::did_you_mean(base::nearest_names(argument.substr(0, argument.find('=')), names));
    }
  }
  return {};
}

int wrong_usage(const CLI::App& app, const CLI::ParseError& error) {
  std::string hint = dynamic_cast<const CLI::ExtrasError*>(&error) ? nearest_option(app) : std::string();
  const auto chosen = app.get_subcommands();
  const std::string help = chosen.empty() ? "noema --help" : fmt::format("noema {} --help", chosen.front()->get_name());
  return complain(error.what() + see(hint, help), kWrongUsage);
}

/// Reports a bug in noema. `condition` is empty for exceptions of the C++ library, whose texts would not help a user.
int report_bug(const std::string& command, const std::string& condition) {
  const std::string where = base::failed_in();
  return complain(fmt::format("this is a bug in noema {}, in the command {}{}{}; please report this line, the command "
                              "line and, if you can, its input",
                              NOEMA_VERSION, command, where.empty() ? "" : ", while " + where,
                              condition.empty() ? "" : " (" + condition + ")"),
                  kWorldAtFault);
}

int not_enough_memory(const std::string& command) {
  const std::string where = base::failed_in();
  return complain(fmt::format("{}: not enough memory{}; give a smaller input, model or number, or more memory", command,
                              where.empty() ? "" : " while " + where),
                  kWorldAtFault);
}

/// Reports what the operating system refused, in the system's words.
int system_refused(const std::string& command, const std::filesystem::path& path, const std::error_code& code) {
  return complain(fmt::format("{}: {}; check the path, its permissions and the limits of this machine",
                              path.empty() ? command : path.string(), std::strerror(code.value())),
                  kWorldAtFault);
}

}  // namespace

int run_command(CLI::App& app, int argc, const char* const* argv) {
  const std::vector<const char*> arguments = with_present_name(argc, argv);
  const std::string command = command_in(arguments);
  try {
    require_known_command(app, command);
    app.parse(argc, arguments.data());
    base::flush_standard_output();
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() != static_cast<int>(CLI::ExitCodes::Success)) return wrong_usage(app, error);
    const int status = app.exit(error);
    base::flush_standard_output();
    return status;
  } catch (const base::UsageError& error) {
    return complain(error.what(), kWrongUsage);
  } catch (const base::Interrupted& error) {
    return complain(error.what(), base::kInterruptedStatus);
  } catch (const base::Error& error) {
    return complain(error.what(), kWorldAtFault);
  } catch (const base::Bug& bug) {
    return report_bug(command, bug.what());
  } catch (const std::filesystem::filesystem_error& error) {
    return system_refused(command, error.path1(), error.code());
  } catch (const std::ios_base::failure&) {  // is a system_error, but its code has no meaning
    return report_bug(command, {});
  } catch (const std::system_error& error) {
    return system_refused(command, {}, error.code());
  } catch (const std::bad_alloc&) {
    return not_enough_memory(command);
  } catch (...) {
    return report_bug(command, {});
  }
  return 0;
}

int run_program(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // writing to a closed pipe then fails with an error, which is reported
  CLI::App app{
      "noema, a mind that keeps learning: it stores every input, thinks about what it knows, and answers from both.\n"
      "Begin:  noema train --text book.txt --out book.model --minutes 5\n"
      "        noema new my.life --model book.model\n"
      "        noema feed my.life book.txt        (it thinks meanwhile)\n"
      "        noema ask my.life \"who ...\"\n"
      "or:     noema run experiments/first_life.toml --out runs/first_life",
      "noema"};
  app.require_subcommand(1);
  app.set_version_flag("--version", NOEMA_VERSION);
  Globals globals;
  std::optional<tbb::global_control> threads;
  add_commands(app, globals);
  for (CLI::App* command : app.get_subcommands({})) {
    command->parse_complete_callback([&, command] {
      refuse_address_of(*command);
      const auto wanted = globals.threads > 0 ? static_cast<std::size_t>(globals.threads)
                                              : std::size_t{std::thread::hardware_concurrency()};
      threads.emplace(tbb::global_control::max_allowed_parallelism, wanted);
    });
  }
  watch_interrupts();
  int status = kWorldAtFault;
  try {
    status = run_command(app, argc, argv);
  } catch (const base::Error& error) {  // the help text could not be printed
    status = complain(error.what(), kWorldAtFault);
  }
  return interrupted() ? base::kInterruptedStatus : status;
}

}  // namespace noema::app
