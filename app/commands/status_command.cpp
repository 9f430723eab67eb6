// noema status LIFE

#include <fmt/format.h>

#include <memory>

#include "app/actions/status.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"

namespace noema::app::status_command {
namespace {

void print_for_people(const Status& s) {
  const auto limit = [](std::int64_t most, const std::string& text) { return most == 0 ? "no limit" : text; };
  TextTable table({{}, {}});
  table.add({"Life", one_line(s.path)});
  table.add({"Inputs", s.let_go == 0
                           ? human_count(static_cast<std::uint64_t>(s.episodes))
                           : fmt::format("{}, of which the oldest {} were let go of",
                                         human_count(static_cast<std::uint64_t>(s.episodes)), human_count(s.let_go))});
  table.add({"Words and marks", human_count(s.units)});
  table.add({"Concepts", fmt::format("{}, of which thinking made {} from others", human_count(s.concepts),
                                     human_count(s.composites + s.categories))});
  table.add({"Relations", counted(s.relations, "pair that follow each other", "pairs that follow each other")});
  table.add(
      {"Thoughts", fmt::format("{}, of which {} were taken back; {} on the agenda",
                               human_count(static_cast<std::uint64_t>(s.thoughts)),
                               human_count(static_cast<std::uint64_t>(s.undone)), counted(s.agenda, "suggestion"))});
  table.add({"Description", fmt::format("{} bits, of which the graph takes {}", human_number(s.description_bits),
                                        human_number(s.graph_bits))});
  table.add(
      {"Memory", fmt::format("{} ({})", human_bytes(s.state_bytes),
                             limit(s.max_bytes, "at most " + human_bytes(static_cast<std::uint64_t>(s.max_bytes))))});
  if (s.max_concepts > 0) table.add({"Most concepts", human_count(static_cast<std::uint64_t>(s.max_concepts))});
  table.add({"File", human_bytes(static_cast<std::uint64_t>(s.file_bytes))});
  table.add({"Seed", std::to_string(s.seed)});
  table.add({"Model", one_line(s.model)});
  table.add({"Weights", s.weights_hash == s.model ? "those of the model" : one_line(s.weights_hash)});
  table.add({"Graph", one_line(s.graph_hash)});
  print_text("{}\nConcentrations of the code\n", table.text());
  TextTable concentrations({{}, {"", Align::kRight}, {}});
  for (const Concentration& one : s.concentrations) {
    std::string name = one.name;
    std::replace(name.begin(), name.end(), '_', ' ');
    concentrations.add({name, human_number(one.value), one.of_what});
  }
  print_text("{}", concentrations.text(2));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto path = std::make_shared<std::string>();
  auto* command = app.add_subcommand("status", "Show the contents of a life: noema status my.life");
  command->add_option("life", *path, kLifeOrAddress)->required();
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([path, &globals] {
    const auto of_file = [&] {
      reasoning::Mind mind(open_to_read(*path));
      return status_of(mind);
    };
    print_value(globals, answered(*path, globals, {"status"}, status_value_of, of_file), print_for_people);
  });
}

}  // namespace noema::app::status_command
