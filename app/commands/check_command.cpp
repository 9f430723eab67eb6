// noema check LIFE

#include <fmt/format.h>

#include <memory>

#include "app/actions/check.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"
#include "base/error.h"

namespace noema::app::check_command {
namespace {

void print_for_people(const CheckValue& value) {
  if (value.problems.empty()) return print_text("The life is sound.\n");
  for (const std::string& problem : value.problems) print_text("{}\n", one_line(problem));
}

void run(const std::string& path, const Globals& globals) {
  const CheckValue value = check(open_to_read(path));
  print_value(globals, value, print_for_people);
  if (!value.problems.empty())
    throw base::Error(
        fmt::format("{}: {}; the first: {}", path, counted(value.problems.size(), "problem"), value.problems.front()));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto path = std::make_shared<std::string>();
  auto* command = app.add_subcommand("check", "Check that a life is sound: noema check my.life");
  command->add_option("life", *path, "The life")->required();
  add_globals(*command, globals);
  command->callback([path, &globals] { run(*path, globals); });
}

}  // namespace noema::app::check_command
