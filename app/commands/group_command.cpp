// noema group LIFE --words FILE | --inputs FILE

#include <fmt/format.h>

#include <map>
#include <memory>

#include "app/actions/group.h"
#include "app/actions/text_lines.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"

namespace noema::app::group_command {
namespace {

struct Arguments {
  std::string life, words, inputs;
  GroupRequest request;
};

/// Each group on a line: all of its words, or how many texts it has and the first.
void print_for_people(const std::vector<Grouped>& values, bool are_words) {
  std::map<std::size_t, std::vector<std::string>> groups;
  std::vector<std::string> unknown;
  for (const Grouped& value : values)
    (value.group ? groups[*value.group] : unknown)
        .push_back(value.text.empty() ? "(an empty line)" : one_line(value.text));
  for (const auto& [group, texts] : groups)
    if (are_words)
      print_text("{:>3}  {}\n", group, fmt::join(texts, ", "));
    else
      print_text("{:>3}  {:>6}  {}\n", group, human_count(texts.size()), shortened(texts.front(), kTextColumns));
  if (!unknown.empty())
    print_text("Nothing is known of {}: {}\n", counted(unknown.size(), are_words ? "word" : "text"),
               shortened(fmt::format("{}", fmt::join(unknown, ", ")), kTextColumns));
}

void run(const Arguments& a, const Globals& globals) {
  if (a.words.empty() == a.inputs.empty())
    throw base::UsageError("group takes --words FILE or --inputs FILE, one of the two");
  const bool are_words = !a.words.empty();
  const std::vector<std::string> lines = lines_to_read(are_words ? a.words : a.inputs, "group");
  GroupRequest request = a.request;
  request.seed = globals.seed;
  const memory::Life life = open_to_read(a.life);
  const auto words = !are_words && tell_by_themselves(lines, request) ? concepts::company::Words() : words_of(life);
  const auto values = are_words ? group_words(words, lines, request) : group_texts(words, lines, request);
  if (!globals.json) return print_for_people(values, are_words);
  for (const Grouped& value : values) print_json(are_words ? word_json(value) : line_json(value));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand("group", "Group words or texts: noema group my.life --words animals.txt");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("--words", a->words, "File with one word a line");
  command->add_option("--inputs", a->inputs, "File with one text a line");
  command->add_option("--groups", a->request.groups, "Number of groups; without it, as many as describe them shortest")
      ->check(within(kResults));
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::group_command
