// noema why LIFE CONCEPT|thought:N

#include <memory>

#include "app/actions/names.h"
#include "app/actions/why.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::why_command {
namespace {

struct Arguments {
  std::string life, name;
};

void print_thought(const Globals& globals, const ThoughtValue& thought) {
  print_value(globals, thought, [](const ThoughtValue& value) { print_text("{}", text_for_people(value)); });
}

void print_for_people(const Origin& origin) {
  const std::string label = one_line(origin.itself.label);
  if (origin.first_inputs.empty()) return print_text("{} is in no input that is still kept.\n", label);
  print_text("{} was first met in\n", label);
  TextTable inputs({{"", Align::kRight}, {}});
  for (const Quoted& one : origin.first_inputs)
    inputs.add({std::to_string(one.episode), shortened(one_line(one.text), kTextColumns)});
  print_text("{}", inputs.text(4));
}

void run(const Arguments& a, const Globals& globals) {
  const reasoning::Mind mind(open_to_read(a.life));
  const reasoning::MindView view = mind.view();
  if (a.name.starts_with("thought:")) {
    const auto row =
        or_null(globals, {{"thought", nullptr}, {"name", a.name}}, [&] { return thought_named(view.life(), a.name); });
    return print_thought(globals, thought_value(view, *row));
  }
  const Origin origin = or_null(globals, {{"concept", nullptr}, {"name", a.name}}, [&] { return why(view, a.name); });
  for (const ThoughtValue& thought : origin.thoughts) print_thought(globals, thought);
  print_value(globals, origin, print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("why", "Explain how a concept or a thought arose: noema why my.life thought:7");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("concept", a->name, "A label, concept:ID or thought:N")->required();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::why_command
