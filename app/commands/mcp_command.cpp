// noema mcp LIFE

#include <memory>

#include "app/command.h"
#include "app/server/tool_server.h"
#include "base/line_reader.h"

namespace noema::app::mcp_command {
namespace {

struct Arguments {
  std::string life;
  bool no_think = false;
};

void run(const Arguments& a) {
  LiveMind mind(a.life, !a.no_think);
  ToolServer server(mind, stop_token());
  base::LineReader lines("-", [] { return !interrupted(); });
  while (const auto line = lines.next()) {
    if (line->empty()) continue;
    if (const auto answer = server.answer(*line)) print_json(*answer);
    if (interrupted()) break;
  }
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "mcp", "Give agents a life as tools (Model Context Protocol), on standard input and output: noema mcp my.life");
  command->add_option("life", a->life, "The life")->required();
  command->add_flag("--no-think", a->no_think, "Do not think in the background");
  add_globals(*command, globals);
  command->callback([a] { run(*a); });
}

}  // namespace noema::app::mcp_command
