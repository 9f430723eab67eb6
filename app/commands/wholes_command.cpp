// noema wholes LIFE [--top N] [--by total|each] [--all] | --inputs FILE

#include <memory>

#include "app/actions/text_lines.h"
#include "app/actions/wholes.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::wholes_command {
namespace {

struct Arguments {
  std::string life, inputs;
  std::string by = "total";
  std::size_t top = 20;
  bool all = false;
};

/// "(New York) City".
std::string with_brackets(const nlohmann::ordered_json& parts, bool outer = true) {
  if (parts.is_string()) return one_line(parts.get<std::string>());
  const std::string both = with_brackets(parts[0], false) + " " + with_brackets(parts[1], false);
  return outer ? both : "(" + both + ")";
}

void print_wholes(const memory::Life& life, const concepts::company::Wholes& wholes, const Arguments& a,
                  const Globals& globals) {
  const auto order = a.by == "each" ? WholeOrder::kEach : WholeOrder::kTotal;
  TextTable table({{"whole"}, {"count", Align::kRight}, {"bits each", Align::kRight}, {"parts"}});
  for (const WholeValue& value : wholes_in(life, wholes, order, a.all, a.top))
    if (globals.json)
      print_json(to_json(value));
    else
      table.add(
          {one_line(value.label), human_count(value.count), human_number(value.bits), with_brackets(value.parts)});
  if (!globals.json) print_text("{}", table.text());
}

void print_texts(const concepts::company::Wholes& wholes, const Arguments& a, const Globals& globals) {
  concepts::company::TextBits bits;
  std::size_t characters = 0;
  for (const TextWholes& value : wholes_of_texts(wholes, lines_to_read(a.inputs, "wholes"))) {
    if (globals.json) {
      print_json(to_json(value));
      continue;
    }
    std::vector<std::string> parts;
    for (const std::string& part : value.parts) parts.push_back(one_line(part));
    print_text("{}\n", fmt::join(parts, " | "));
    bits.by_wholes += value.bits.by_wholes;
    bits.by_units += value.bits.by_units;
    characters += value.characters;
  }
  if (globals.json || characters == 0) return;
  print_text("{} bits a character by wholes, {} by units.\n",
             human_number(bits.by_wholes / static_cast<double>(characters)),
             human_number(bits.by_units / static_cast<double>(characters)));
}

void run(const Arguments& a, const Globals& globals) {
  const memory::Life life = open_to_read(a.life);
  const auto wholes = wholes_of(life);
  if (a.inputs.empty()) return print_wholes(life, wholes, a, globals);
  print_texts(wholes, a, globals);
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command =
      app.add_subcommand("wholes", "List the runs of words that have a name of their own: noema wholes my.life");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("--top", a->top, "List so many wholes, the best first")
      ->check(within(kResults))
      ->capture_default_str();
  command
      ->add_option("--by", a->by,
                   "What is best: the bits that a name saves beyond those of one word, in all or each time")
      ->check(CLI::IsMember({"total", "each"}))
      ->capture_default_str();
  command->add_flag("--all", a->all, "Also those whose name saves less than half a word");
  command->add_option("--inputs", a->inputs, "File with one text a line: tell each by wholes instead");
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::wholes_command
