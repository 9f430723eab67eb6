// noema forgetting LIFE --away FILE --back FILE

#include <fmt/format.h>

#include <memory>

#include "app/actions/arm_list.h"
#include "app/actions/forgetting.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"

namespace noema::app::forgetting_command {
namespace {

struct Arguments {
  ForgettingRequest request;
  std::string arms = "noema,dynamic";
};

void print_for_people(const std::vector<ArmForgetting>& arms) {
  TextTable table(
      {{"arm"}, {"returns", Align::kRight}, {"words", Align::kRight}, {"nats a word worse [95%]", Align::kRight}});
  for (const ArmForgetting& arm : arms)
    table.add({arm.arm, human_count(arm.returns), human_count(arm.words),
               human_interval(arm.worse.nats_per_word, arm.worse.low, arm.worse.high)});
  print_text("{}", table.text());
}

void run(Arguments& a, const Globals& globals) {
  a.request.arms = split_arms(a.arms);
  a.request.seed = globals.seed;
  a.request.stop = stop_token();
  std::vector<ArmForgetting> arms;
  {
    ProgressBar bar(globals);
    a.request.progress = [&](double share, const std::string& what) { bar.show(share, what); };
    arms = forgetting(a.request);
  }
  if (!globals.json) return print_for_people(arms);
  for (const ArmForgetting& arm : arms) print_json(to_json(arm));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  const auto a = std::make_shared<Arguments>();
  ForgettingRequest& request = a->request;
  auto* command = app.add_subcommand(
      "forgetting",
      "How much worse a life predicts a text after it has read another one: noema forgetting my.life --away a.txt "
      "--back b.txt");
  command->add_option("life", request.life, "The life; it is not changed")->required();
  command->add_option("--away", request.away, "Text that is read in between")->required();
  command->add_option("--back", request.back, "Text that is scored, with and without the other one before it")
      ->required();
  command->add_option("--arms", a->arms, "Arms to measure, separated by commas, written as in noema score (noema arms)")
      ->capture_default_str();
  command->add_option("--returns", request.returns, "How often to measure, each time from the life as it is")
      ->check(CLI::Range(1, 10000))
      ->capture_default_str();
  command->add_option("--words", request.words, "Words to score each time")
      ->check(within(kSome))
      ->capture_default_str();
  command->add_option("--away-words", request.away_words, "Words of the other text to read each time")
      ->check(within(kSome))
      ->capture_default_str();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::forgetting_command
