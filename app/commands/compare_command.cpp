// noema compare DIR...

#include <memory>

#include "app/command.h"
#include "app/results.h"
#include "base/output.h"
#include "experiments/compare.h"

namespace noema::app::compare_command {

void add(CLI::App& app, Globals& globals) {
  struct Arguments {
    std::vector<std::string> folders;
    std::string html;
  };
  const auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("compare", "Compare finished runs: noema compare runs/a runs/b --html both.html");
  command->add_option("runs", a->folders, "Folders of finished runs")->required()->expected(1, 64);
  command->add_option("--html", a->html, "Also write the comparison as an HTML page");
  add_globals(*command, globals);
  command->callback([a, &globals] {
    if (!a->html.empty()) require_result_file(a->html);
    const nlohmann::json comparison = experiments::compare_runs({a->folders.begin(), a->folders.end()});
    print_text("{}", globals.json ? comparison.dump() + "\n" : experiments::comparison_text(comparison));
    if (!a->html.empty()) base::write_file(a->html, experiments::comparison_html(comparison));
  });
}

}  // namespace noema::app::compare_command
