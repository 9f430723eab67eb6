// noema tell LIFE "text" | noema forget LIFE ID

#include <fmt/format.h>

#include <memory>

#include "app/actions/tell.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
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
  print_value(globals, tell(open_to_write(a.life), input),
              [](const ToldValue& value) { print_text("Stored as input {}.\n", value.episode); });
}

void forget_one(const Arguments& a, const Globals& globals) {
  print_value(globals, forget(open_to_write(a.life), a.id, a.group), [](const ForgottenValue& value) {
    print_text("Input {} is withdrawn: {}\n    `undo thought:{}` takes this back\n", value.episode,
               shortened(one_line(value.text), kTextColumns), value.thought);
  });
}

}  // namespace

void add_tell(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("tell", "Tell a life one thing: noema tell my.life \"the key is in the safe\"");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("text", a->text, "What is told, in one line")->required();
  command->add_option("--group", a->group, "The group that it belongs to");
  command->add_option("--speaker", a->speaker, "Who says it");
  command->add_option("--id", a->id, "Your own id for it, unique in its group");
  command->add_option("--time", a->time, "When it was said; now, if absent");
  add_globals(*command, globals);
  command->callback([a, &globals] { tell_one(*a, globals); });
}

void add_forget(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "forget", "Withdraw an input, so that what it told is no longer known: noema forget my.life 17");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("input", a->id, "The input's number, or your own id for it")->required();
  command->add_option("--group", a->group, "The group in which it has that id");
  add_globals(*command, globals);
  command->callback([a, &globals] { forget_one(*a, globals); });
}

}  // namespace noema::app::tell_command
