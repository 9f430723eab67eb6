// noema why LIFE CONCEPT|thought:N

#include <algorithm>
#include <memory>

#include "app/actions/names.h"
#include "app/actions/why.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"

namespace noema::app::why_command {
namespace {

struct Arguments {
  std::string life, name;
};

void print_thought(const Globals& globals, const ThoughtValue& thought) {
  print_value(globals, thought, [](const ThoughtValue& value) { print_text("{}", text_for_people(value)); });
}

void print_first_inputs(const Origin& origin) {
  const std::string label = one_line(origin.itself.label);
  if (origin.itself.kind == concepts::Category::kName)
    return print_text("{} is a category: inputs mention its members, which `noema show` lists.\n", label);
  if (origin.first_inputs.empty()) return print_text("{} is in no input that is still kept.\n", label);
  print_text("{} was first met in\n", label);
  TextTable inputs({{"", Align::kRight}, {}});
  for (const Quoted& one : origin.first_inputs)
    inputs.add({std::to_string(one.episode), shortened(one_line(one.text), kTextColumns)});
  print_text("{}", inputs.text(4));
}

/// What made it with some evidence, where it was first met, and of the other thoughts about it a line each.
void print_for_people(const Origin& origin) {
  constexpr std::size_t kEvidence = 3, kOthers = 12;
  std::vector<const ThoughtValue*> others;
  for (const ThoughtValue& thought : origin.thoughts)
    if (thought.result && thought.result->id == origin.itself.id)
      print_text("{}", text_for_people(thought, kEvidence));
    else
      others.push_back(&thought);
  print_first_inputs(origin);
  if (!others.empty()) print_text("other thoughts about it\n");
  for (std::size_t i = 0; i < std::min(kOthers, others.size()); ++i)
    print_text("    {}{}\n", line_for_people(*others[i]), others[i]->undone ? "; taken back" : "");
  if (others.size() > kOthers)
    print_text("    and {} more, which --json gives\n", human_count(others.size() - kOthers));
}

Origin origin_at(const RemoteLife& remote, const std::string& name) {
  return read_answer(remote, "why", [&] {
    nlohmann::json first;
    const auto thoughts = remote.all_of("why", "thoughts", {{"concept", name}}, &first);
    Origin origin = app::origin_of(first);
    for (const nlohmann::json& one : thoughts) origin.thoughts.push_back(thought_value_of(one));
    return origin;
  });
}

template <typename LookUp>
auto in_file(const Arguments& a, const LookUp& look_up) {
  const reasoning::Mind mind(open_to_read(a.life));
  return look_up(mind.view(), a.name);
}

ThoughtValue thought_of(const Arguments& a, const Globals& globals) {
  return answered(a.life, globals, {"thought", {{"thought", a.name}}}, thought_value_of,
                  [&] { return in_file(a, thought_value_named); });
}

Origin origin_of(const Arguments& a, const Globals& globals) {
  const auto remote = remote_life(a.life, globals);
  return remote ? origin_at(*remote, a.name) : in_file(a, why);
}

void run(const Arguments& a, const Globals& globals) {
  if (a.name.starts_with("thought:"))
    return print_thought(
        globals, or_null(globals, {{"thought", nullptr}, {"name", a.name}}, [&] { return thought_of(a, globals); }));
  const Origin origin =
      or_null(globals, {{"concept", nullptr}, {"name", a.name}}, [&] { return origin_of(a, globals); });
  if (globals.json)
    for (const ThoughtValue& thought : origin.thoughts) print_json(to_json(thought));
  print_value(globals, origin, print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("why", "Explain how a concept or a thought arose: noema why my.life thought:7");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("concept", a->name, "A label, concept:ID or thought:N")->required();
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::why_command
