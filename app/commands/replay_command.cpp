// noema replay LIFE [--recompute]

#include <fmt/format.h>

#include <memory>

#include "app/actions/replay.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"
#include "base/error.h"

namespace noema::app::replay_command {
namespace {

struct Arguments {
  std::string life;
  bool recompute = false;
};

void print_for_people(const ReplayValue& value) {
  print_text("{} and {} replayed in {}: {} graph.\n", counted(value.episodes, "input"),
             counted(value.thoughts, "thought"), human_seconds(value.seconds), value.same() ? "the same" : "another");
  print_text("{}\n", value.replayed_hash);
}

void run(const Arguments& a, const Globals& globals) {
  const ReplayValue value = replay(open_to_read(a.life), a.recompute);
  print_value(globals, value, print_for_people);
  if (!value.same())
    throw base::Error(
        fmt::format("{}: replaying the log gives another graph than the life holds; run `noema check`", a.life));
  if (value.differences > 0)
    throw base::Error(
        fmt::format("{}: {} made anew with another result; the first: {}", a.life,
                    value.differences == 1 ? "1 decision was" : fmt::format("{} decisions were", value.differences),
                    value.first_difference));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "replay", "Rebuild the graph from the log and compare it with the stored one: noema replay my.life");
  command->add_option("life", a->life, "The life")->required();
  command->add_flag("--recompute", a->recompute, "Make every decision again and compare it with the log");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::replay_command
