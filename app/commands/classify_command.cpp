// noema classify LIFE --inputs FILE

#include <fmt/format.h>

#include <memory>

#include "app/actions/classify.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::classify_command {
namespace {

struct Arguments {
  std::string life, inputs;
};

void print_for_people(const ClassifiedLine& line) {
  const auto& named = line.named;
  std::string said = "unknown";
  if (named.label)
    said = fmt::format("{} ({:.0f}%)", one_line(*named.label), 100 * named.confidence);
  else if (named.best)
    said = fmt::format("unknown ({:.0f}%); {}?", 100 * named.unknown, one_line(*named.best));
  if (named.label && named.runner_up) said += fmt::format("; or {}", one_line(*named.runner_up));
  print_text("{:>5}  {}\n       {}\n", line.line, one_line(line.text), said);
}

void run(const Arguments& a, const Globals& globals) {
  const auto print = [&](const ClassifiedLine& line) {
    if (globals.json)
      print_json(to_json(line));
    else
      print_for_people(line);
  };
  classify_inputs(open_to_read(a.life), a.inputs, print, stop_token());
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "classify", "Say what texts or images are called, by labelled inputs: noema classify my.life --inputs texts.txt");
  command->add_option("life", a->life, "The life")->required();
  command
      ->add_option("--inputs", a->inputs,
                   "File of texts, one a line; or of images: an idx file, a .png file, or a folder of .png files")
      ->required();
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::classify_command
