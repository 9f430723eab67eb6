// noema: the command line. Each command is a few lines over the floors below; errors end here, as one line.

#include <fmt/format.h>
#include <tbb/global_control.h>

#include <exception>
#include <optional>
#include <thread>

#include "app/command.h"
#include "app/experiment_commands.h"
#include "app/graph_commands.h"
#include "app/life_commands.h"
#include "app/model_commands.h"
#include "app/proof_commands.h"
#include "app/translate_command.h"
#include "app/vector_command.h"
#include "base/error.h"
#include "base/stop.h"

namespace {

constexpr int kWorldAtFault = 1;
constexpr int kWrongUsage = 2;

int complain(const std::string& what, int status) {
  std::string line = what.substr(0, what.find('\n'));
  fmt::print(stderr, "noema: {}\n", line);
  return status;
}

}  // namespace

int main(int argc, char** argv) {
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
  app.failure_message(CLI::FailureMessage::simple);
  noema::app::Globals globals;
  std::optional<tbb::global_control> threads;
  noema::app::add_model_commands(app, globals);
  noema::app::add_translate_command(app, globals);
  noema::app::add_vectors_command(app, globals);
  noema::app::add_life_commands(app, globals);
  noema::app::add_graph_commands(app, globals);
  noema::app::add_experiment_commands(app, globals);
  noema::app::add_proof_commands(app, globals);
  for (CLI::App* command : app.get_subcommands({})) {
    command->parse_complete_callback([&] {
      const auto wanted = globals.threads > 0 ? static_cast<std::size_t>(globals.threads)
                                              : std::size_t{std::thread::hardware_concurrency()};
      threads.emplace(tbb::global_control::max_allowed_parallelism, wanted);
    });
  }
  noema::app::watch_interrupts();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int status = error.get_exit_code();
    if (status == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
    return complain(std::string(error.what()) + "; see noema --help", kWrongUsage);
  } catch (const noema::base::UsageError& error) {
    return complain(error.what(), kWrongUsage);
  } catch (const noema::base::Interrupted& error) {
    return complain(error.what(), noema::base::kInterruptedStatus);
  } catch (const std::exception& error) {
    return complain(error.what(), kWorldAtFault);
  }
  return 0;
}
