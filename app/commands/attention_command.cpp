// noema attention MODEL TEXT

#include <memory>

#include "app/actions/attention.h"
#include "app/command.h"
#include "app/results.h"
#include "base/output.h"

namespace noema::app::attention_command {
namespace {

struct Arguments {
  std::string model, svg;
  AttentionRequest request;
};

void print_for_people(const AttentionValue& value) { print_text("{}", transformer::attention_table(value.map)); }

void run(Arguments& a, const Globals& globals) {
  a.request.stop = stop_token();
  if (!a.svg.empty()) require_result_file(a.svg);
  const AttentionValue value = attention(transformer::Model::load(a.model), a.request);
  if (!a.svg.empty()) base::write_file(a.svg, transformer::attention_svg(value.map));
  print_value(globals, value, print_for_people);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command = app.add_subcommand(
      "attention",
      "What an attention head attends to: noema attention book.model \"the cat is on a chair\" --svg cat.svg");
  const auto a = std::make_shared<Arguments>();
  AttentionRequest& request = a->request;
  command->add_option("MODEL", a->model, "Model file")->required();
  command->add_option("TEXT", request.text, "One line of text; for seq2seq the source, or source TAB target")
      ->required();
  command->add_option("--layer", request.layer, "Layer, counted from 0")->capture_default_str();
  command->add_option("--head", request.head, "Head, counted from 0")->capture_default_str();
  command->add_option("--svg", a->svg, "Also draw a heat map into this file");
  command->add_flag("--both-sides", request.both_sides,
                    "Let each token see the tokens on both sides of it, as a life does when it makes keys (models "
                    "trained with --objective prefix always read sources so)");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::attention_command
