// noema export LIFE --format graphml|dot|json

#include <memory>

#include "app/actions/concept_value.h"
#include "app/actions/export.h"
#include "app/as_of_option.h"
#include "app/command.h"
#include "app/lives.h"
#include "app/results.h"
#include "base/output.h"
#include "reasoning/mind.h"

namespace noema::app::export_command {
namespace {

struct Arguments {
  std::string life, format = "json", around, out, as_of;
  int depth = 1;
};

void run(const Arguments& a, const Globals& globals) {
  if (!a.out.empty()) require_result_file(a.out);
  const LifeAsOf life = as_it_was(a.life, a.as_of, globals);
  const reasoning::Mind mind(open_to_read(life.path()));
  const reasoning::MindView view = mind.view();
  const concepts::Graph& graph = view.graph();
  const auto chosen = a.around.empty() ? all_concepts(graph) : concepts_around(graph, a.around, a.depth);
  if (a.out.empty()) return export_graph(base::write_standard_output, graph, chosen, a.format);
  std::string text;
  export_graph([&](std::string_view piece) { text += piece; }, graph, chosen, a.format);
  base::write_file(a.out, text);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "export", "Export the concept graph for other programs: noema export my.life --format dot --around cat");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("--format", a->format, "json (one object per line), graphml or dot")
      ->check(CLI::IsMember({"graphml", "dot", "json"}))
      ->capture_default_str();
  command->add_option("--around", a->around, "Export only this concept and its neighbourhood");
  command->add_option("--depth", a->depth, "Size of the neighbourhood in steps")
      ->check(within(kDepth))
      ->capture_default_str();
  command->add_option("--out", a->out, "File to write instead of standard output");
  add_as_of_option(*command, a->as_of);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::export_command
