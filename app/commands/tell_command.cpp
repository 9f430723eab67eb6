// noema tell LIFE "text" | noema forget LIFE ID

#include <fmt/format.h>

#include <memory>

#include "app/actions/tell.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"
#include "base/time.h"

namespace noema::app::tell_command {
namespace {

struct Arguments {
  std::string life, text, group, speaker, id, time;
};

void tell_one(const Arguments& a, const Globals& globals) {
  memory::Input input;
  input.text = a.text;
  input.group = a.group;
  if (!a.speaker.empty()) input.speaker = a.speaker;
  if (!a.id.empty()) input.id = a.id;
  if (!a.time.empty()) input.time = base::parse_time(a.time).seconds;
  nlohmann::json arguments{{"text", a.text}};
  add_argument(arguments, "group", a.group);
  add_argument(arguments, "speaker", a.speaker);
  add_argument(arguments, "id", a.id);
  add_argument(arguments, "time", a.time);
  const auto told_first = [](const nlohmann::json& answer) { return told_value_of(answer.at("told").at(0)); };
  const ToldValue told =
      answered(a.life, globals, {"tell", arguments}, told_first, [&] { return tell(open_to_write(a.life), input); });
  print_value(globals, told, [](const ToldValue& value) {
    print_text("{} {}.\n", value.is_known ? "Told before, as input" : "Stored as input", value.episode);
  });
}

void forget_one(const Arguments& a, const Globals& globals) {
  const ForgottenValue forgotten =
      answered(a.life, globals, {"forget", {{"input", a.id}, {"group", a.group}}}, forgotten_value_of,
               [&] { return forget(open_to_write(a.life), a.id, a.group); });
  print_value(globals, forgotten, [](const ForgottenValue& value) {
    print_text("Input {} is withdrawn: {}\n    `undo thought:{}` takes this back\n", value.episode,
               shortened(one_line(value.text), kTextColumns), value.thought);
  });
}

}  // namespace

void add_tell(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("tell", "Tell a life one thing: noema tell my.life \"the key is in the safe\"");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("text", a->text, "What is told, in one line")->required();
  command->add_option("--group", a->group, "The group that it belongs to");
  command->add_option("--speaker", a->speaker, "Who says it");
  command->add_option("--id", a->id, "Your own id for it, unique in its group");
  command->add_option("--time", a->time, "When it was said; now, if absent");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { tell_one(*a, globals); });
}

void add_forget(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "forget", "Withdraw an input, so that what it told is no longer known: noema forget my.life 17");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("input", a->id, "The input's number, or your own id for it")->required();
  command->add_option("--group", a->group, "The group in which it has that id");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { forget_one(*a, globals); });
}

}  // namespace noema::app::tell_command
