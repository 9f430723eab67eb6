// noema analogy LIFE A B C | --questions FILE

#include <map>
#include <memory>

#include "app/actions/analogy.h"
#include "app/actions/text_lines.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/results.h"
#include "base/stop.h"

namespace noema::app::analogy_command {
namespace {

using concepts::company::Asked;

struct Arguments {
  std::string life, a, b, c, questions, by = "writing";
  std::size_t k = 5;
};

const std::map<std::string, Asked> kAsked{
    {"sparse", Asked::kSparse}, {"dense", Asked::kDense}, {"both", Asked::kBoth}, {"writing", Asked::kWriting}};

void print_for_people(const Arguments& a, const AnalogyValue& value) {
  print_text("{} is to {} as {} is to:\n", one_line(a.a), one_line(a.b), one_line(a.c));
  TextTable table({{}, {"", Align::kRight}});
  for (const AnalogyHit& hit : value.hits) table.add({one_line(hit.label), human_number(hit.score)});
  print_text("{}", table.text());
}

void run(const Arguments& a, const Globals& globals) {
  if (a.questions.empty() == a.c.empty())
    throw base::UsageError("analogy takes three words or --questions FILE, one of the two");
  const std::vector<std::string> lines =
      a.questions.empty() ? std::vector<std::string>{} : lines_to_read(a.questions, "answer");
  const auto company = company_of(open_to_read(a.life));
  AnalogySolver solver(company, kAsked.at(a.by), a.k);
  if (a.questions.empty()) {
    const AnalogyValue value = or_null(globals, {{"label", nullptr}, {"score", nullptr}}, [&] {
      return solver.solve({a.a, a.b, a.c});
    });
    if (!globals.json) return print_for_people(a, value);
    for (const AnalogyHit& hit : value.hits) print_json(to_json(hit));
    return;
  }
  solver.solve_all(lines, [&](std::size_t line, const AnalogyValue& value) {
    base::stop_if_requested(stop_token());
    if (globals.json) return print_json(to_json(line, value));
    print_text("{}: {}\n", one_line(lines[line - 1]), value.hits.empty() ? "-" : one_line(value.hits.front().label));
  });
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command =
      app.add_subcommand("analogy", "Find D such that A is to B as C is to D: noema analogy my.life man king woman");
  command->add_option("life", a->life, "The life")->required();
  command->add_option("a", a->a, "A");
  command->add_option("b", a->b, "B");
  command->add_option("c", a->c, "C");
  command->add_option("--questions", a->questions, "File with three words a line; what follows them is not read");
  command->add_option("-k", a->k, "Number of words to list, at most")->check(within(kResults))->capture_default_str();
  command
      ->add_option(
          "--by", a->by,
          "What to ask: the vectors that are sparse (what stands beside a word) or dense, both, or both and how the "
          "words are written (writing)")
      ->capture_default_str()
      ->check(CLI::IsMember(kAsked));
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::analogy_command
