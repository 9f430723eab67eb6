// noema mcp LIFE | noema mcp LIFE --import FILE

#include <memory>

#include "app/command.h"
#include "app/human.h"
#include "app/results.h"
#include "app/server/knowledge_import.h"
#include "app/server/tool_server.h"
#include "base/line_reader.h"

namespace noema::app::mcp_command {
namespace {

struct Arguments {
  std::string life, import_file;
  bool no_think = false;
};

void run(const Arguments& a, const Globals& globals) {
  LiveMind mind(a.life, !a.no_think);
  if (!a.import_file.empty()) {
    return print_value(globals, import_knowledge(mind, a.import_file), [](const Imported& value) {
      print_text("{} entities and {} relations are new.\n", human_count(value.entities), human_count(value.relations));
    });
  }
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
  command->add_option("--import", a->import_file, "Take in what the memory server kept (memory.json), and end");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::mcp_command
