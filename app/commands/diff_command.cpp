// noema diff LIFE_A LIFE_B

#include <algorithm>
#include <memory>

#include "app/actions/diff.h"
#include "app/actions/query.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"

namespace noema::app::diff_command {
namespace {

constexpr std::size_t kWidest = 48;  // columns of a terminal for one value

struct Arguments {
  std::string first, second;
  std::size_t most = 10;
};

void print_side(const Difference& difference, const std::vector<std::vector<memory::QueryCell>>& rows,
                const std::string& life, std::size_t most) {
  print_text("\n{} only in {}\n", counted(rows.size(), difference.what), life);
  if (rows.empty()) return;
  memory::QueryAnswer shown{difference.columns, {}, false};
  shown.rows.assign(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(std::min(most, rows.size())));
  print_text("{}", table_of(shown, kWidest));
  if (rows.size() > most) print_text("... and {} more\n", human_count(rows.size() - most));
}

void run(const Arguments& a, const Globals& globals) {
  for (const Difference& difference : diff(a.first, a.second, stop_token())) {
    if (globals.json) {
      for (const auto& object : to_json(difference, a.first, a.second)) print_json(object);
      continue;
    }
    print_text("{}{} in both", difference.what == "concept" ? "" : "\n", counted(difference.common, difference.what));
    print_side(difference, difference.only_first, a.first, a.most);
    print_side(difference, difference.only_second, a.second, a.most);
  }
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "diff", "Compare two lives: concepts, facts and thoughts that one has alone: noema diff a.life b.life");
  command->add_option("first", a->first, "A life")->required();
  command->add_option("second", a->second, "Another life")->required();
  command->add_option("--most", a->most, "Show at most this many of each sort; --json prints all")
      ->capture_default_str()
      ->check(within(kResults));
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::diff_command
