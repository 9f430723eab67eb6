// noema show LIFE CONCEPT|thought:N

#include <fmt/format.h>

#include <memory>

#include "app/actions/names.h"
#include "app/actions/show.h"
#include "app/actions/thought_value.h"
#include "app/as_of_option.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"

namespace noema::app::show_command {
namespace {

struct Arguments {
  std::string life, name, as_of;
};

std::string joined(const std::vector<NamedConcept>& list) {
  std::vector<std::string> names;
  for (const NamedConcept& one : list)
    names.push_back(one.count == 0 ? one_line(one.label)
                                   : fmt::format("{} ({})", one_line(one.label), human_count(one.count)));
  return fmt::format("{}", fmt::join(names, ", "));
}

void print_for_people(const ShownConcept& shown) {
  const ConceptValue& itself = shown.itself;
  print_text("{}  ({} concept:{}, {})\n", one_line(itself.label), itself.kind, itself.id,
             counted(itself.count, "mention"));
  TextTable table({{}, {}});
  std::vector<std::string> writings;
  for (const std::string& label : itself.labels)
    if (label != itself.label) writings.push_back(one_line(label));
  const auto row = [&](const std::string& title, const std::string& text) {
    if (!text.empty()) table.add({title, text});
  };
  row("also written", fmt::format("{}", fmt::join(writings, ", ")));
  row("made of", joined(shown.parts));
  row("part of", joined(shown.part_of));
  row("categories", joined(shown.categories));
  row("members", joined(shown.members));
  row("fillers", joined(shown.fillers));
  row("senses", joined(shown.senses));
  row("before it", joined(shown.before));
  row("after it", joined(shown.after));
  std::vector<std::string> near;
  for (const std::string& label : shown.neighbourhood) near.push_back(one_line(label));
  row("near it", fmt::format("{}", fmt::join(near, ", ")));
  print_text("{}", table.text(2));
}

/// What is called so: "thought" or "concept" names the operation, its argument and the null object.
template <typename Read, typename LookUp>
auto looked_up(const Arguments& a, const Globals& globals, const char* what, const Read& read, const LookUp& look_up) {
  const auto in_file = [&] {
    const LifeAsOf life = as_it_was(a.life, a.as_of, globals);
    const reasoning::Mind mind(open_to_read(life.path()));
    return look_up(mind.view(), a.name);
  };
  return or_null(globals, {{what, nullptr}, {"name", a.name}}, [&] {
    Question question{what, {{what, a.name}}};
    add_argument(question.arguments, "as_of", a.as_of);
    return answered(a.life, globals, question, read, in_file);
  });
}

void run(const Arguments& a, const Globals& globals) {
  if (a.name.starts_with("thought:"))
    return print_value(globals, looked_up(a, globals, "thought", thought_value_of, thought_value_named),
                       [](const ThoughtValue& value) { print_text("{}", text_for_people(value)); });
  print_value(globals, looked_up(a, globals, "concept", shown_concept_of, show), print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command =
      app.add_subcommand("show", "Show a concept and its neighbourhood: noema show my.life \"united states\"");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("concept", a->name, "A label or concept:ID; or thought:N, to see its evidence")->required();
  add_as_of_option(*command, a->as_of);
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::show_command
