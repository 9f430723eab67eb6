// noema think LIFE [--for SECONDS | --thoughts N | --until-quiet]

#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "app/actions/think.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"
#include "base/error.h"

namespace noema::app::think_command {
namespace {

struct Arguments {
  std::string life;
  ThinkRequest request;
  bool until_quiet = false;
};

void print_for_people(const ThinkValue& value) {
  std::vector<std::string> kinds;
  for (const auto& [kind, count] : value.thinking.by_kind)
    kinds.push_back(fmt::format("{} {}", human_count(count), kind));
  print_text("{} in {}{}.\n", counted(value.thinking.thoughts, "thought"), human_seconds(value.seconds),
             kinds.empty() ? "" : ": " + listed(kinds));
  print_text("{} examined; the description of everything told became {} bits shorter.\n",
             counted(value.thinking.examined, "suggestion"), human_number(value.thinking.gain_bits));
  if (value.thinking.rolled_back > 0)
    print_text("{} taken back, as held-out inputs did not become shorter.\n",
               value.thinking.rolled_back == 1 ? "1 practice was"
                                               : fmt::format("{} practices were", value.thinking.rolled_back));
  if (value.wholes) print_text("Which runs of words have a name of their own was found anew.\n");
  if (value.company) print_text("Which words go with which was counted anew.\n");
  if (value.topics) print_text("What the inputs are about was found anew.\n");
  print_text("{} before, {} now.\n", counted(value.concepts_before, "concept"), human_count(value.concepts_after));
}

using KeepOn = std::function<bool(double share, std::uint64_t thoughts)>;

ThinkValue think_here(const std::string& life, const ThinkRequest& request, const KeepOn& keep_on) {
  const base::Stopwatch watch;
  reasoning::MindOptions options;
  options.unit_vectors = !request.no_unit_vectors;
  reasoning::Mind mind(open_to_write(life), options);
  return think(mind, request, watch, keep_on);
}

/// A server thinks for some seconds at a time, so that it can be told and asked in between.
ThinkValue think_remotely(const RemoteLife& remote, const ThinkRequest& request, const KeepOn& keep_on) {
  constexpr double kAtOnce = 2, kLeast = 0.01;
  const base::Stopwatch watch;
  std::optional<ThinkValue> all;
  for (;;) {
    const double left = request.seconds > 0 ? request.seconds - watch.seconds() : kAtOnce;
    const std::uint64_t so_far = all ? all->thinking.thoughts : 0;
    const bool is_enough = left < kLeast || (request.thoughts > 0 && so_far >= request.thoughts);
    if (all && (is_enough || !keep_on(request.seconds > 0 ? watch.seconds() / request.seconds : 0, so_far))) break;
    const nlohmann::json arguments{{"seconds", std::clamp(left, kLeast, kAtOnce)},
                                   {"thoughts", request.thoughts > 0 ? request.thoughts - so_far : 0}};
    const ThinkValue now =
        read_answer(remote, "think", [&] { return think_value_of(remote.call("think", arguments)); });
    if (all)
      add(*all, now);
    else
      all = now;
    if (now.thinking.examined == 0) break;
  }
  all->seconds = watch.seconds();
  return *all;
}

void run(const Arguments& a, const Globals& globals) {
  const ThinkRequest& request = a.request;
  if ((request.seconds > 0) + (request.thoughts > 0) + a.until_quiet > 1)
    throw base::UsageError("--for, --thoughts and --until-quiet exclude each other; give one");
  if (request.consolidate && request.no_consolidate)
    throw base::UsageError("--consolidate and --no-consolidate contradict each other");
  refuse_for_address(
      a.life, {{"--consolidate", request.consolidate.has_value()}, {"--no-unit-vectors", request.no_unit_vectors}});
  const auto remote = remote_life(a.life, globals);
  ProgressBar bar(globals);
  const auto keep_on = [&](double share, std::uint64_t thoughts) {
    bar.show(share, counted(thoughts, "thought"));
    return !interrupted();
  };
  const ThinkValue value = remote ? think_remotely(*remote, request, keep_on) : think_here(a.life, request, keep_on);
  bar.end();
  print_value(globals, value, print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("think", "Let a life think: noema think my.life --for 10");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("--for", a->request.seconds, "Think for this many seconds")->check(within(kSomeSeconds));
  command->add_option("--thoughts", a->request.thoughts, "Stop after this many thoughts")->check(within(kSome));
  command->add_flag("--until-quiet", a->until_quiet, "Think until nothing is left to examine (the default)");
  command
      ->add_option("--consolidate", a->request.consolidate,
                   "First train the weights of the life's predictive copy on stored inputs, for this many steps")
      ->check(within(base::ranges::kSteps));
  command->add_flag("--no-consolidate", a->request.no_consolidate,
                    "Do not train the predictive copy, even if the inputs have doubled since the last time");
  command->add_flag("--no-unit-vectors", a->request.no_unit_vectors,
                    "Train without the vectors that the company of words gives to words");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::think_command
