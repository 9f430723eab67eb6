// noema undo LIFE thought:N

#include <memory>

#include "app/actions/undo.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"
#include "base/error.h"

namespace noema::app::undo_command {
namespace {

struct Arguments {
  std::string life, name;
};

void print_for_people(const Undone& undone) {
  print_text("thought:{} ({}) is taken back; the life has {} now.\n", undone.thought, one_line(undone.kind),
             counted(undone.concepts, "concept"));
}

void run(const Arguments& a, const Globals& globals) {
  if (!a.name.starts_with("thought:"))
    throw base::UsageError(fmt::format("'{}' names no thought; expected thought:N", a.name));
  const auto in_file = [&] {
    reasoning::Mind mind(open_to_write(a.life));
    return undo(mind, a.name);
  };
  print_value(globals, answered(a.life, globals, {"undo", {{"thought", a.name}}}, undone_of, in_file),
              print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("undo", "Undo a thought: noema undo my.life thought:7");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("thought", a->name, "thought:N")->required();
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::undo_command
