// noema concepts LIFE [--kind K] [--top N] [--all] [--review]

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>

#include "app/actions/keep.h"
#include "app/actions/list_concepts.h"
#include "app/actions/review.h"
#include "app/actions/undo.h"
#include "app/command.h"
#include "app/human.h"
#include "app/lives.h"
#include "app/remote/answering.h"
#include "app/results.h"

namespace noema::app::concepts_command {
namespace {

struct Arguments {
  std::string life;
  ConceptsRequest request;
  bool is_review = false;
};

/// The input around the label, or the members of a category.
std::string example_of(const ListedConcept& one) {
  constexpr std::size_t kColumns = 72;
  if (one.examples.empty()) return "";
  if (one.kind == concepts::Category::kName)
    return shortened(one_line(fmt::format("{}", fmt::join(one.examples, ", "))), kColumns);
  const std::string& text = one.examples.front();
  const std::size_t begin = text.find(one.itself.label);
  return begin == std::string::npos
             ? shortened(one_line(text), kColumns)
             : one_line(shortened_around(text, begin, begin + one.itself.label.size(), kColumns));
}

void print_for_people(const ConceptList& list, const ConceptsRequest& request) {
  const auto bits = [](const std::optional<double>& value) { return value ? human_number(*value) : std::string(); };
  TextTable table({{"bits saved", Align::kRight},
                   {"claimed", Align::kRight},
                   {"kind"},
                   {"mentions", Align::kRight},
                   {"concept"},
                   {"thought"},
                   {"for example"}});
  for (const ListedConcept& one : list.concepts)
    table.add({bits(one.saved_bits), bits(one.claimed_bits), one_line(one.kind), human_count(one.itself.count),
               one_line(one.itself.label),
               one.thought == 0 ? "" : fmt::format("thought:{}{}", one.thought, one.is_kept ? ", kept" : ""),
               example_of(one)});
  if (!table.empty()) print_text("{}", table.text());
  if (list.total == 0 && list.uninformative == 0)
    return print_text("Thinking made no such concepts yet: `noema think` goes on.\n");
  if (list.total > list.concepts.size())
    print_text("{} more; --top {} lists all.\n", counted(list.total - list.concepts.size(), "concept"), list.total);
  if (list.uninformative > 0 && !request.with_uninformative)
    print_text(
        "{} beside which almost anything stands, or that begin or end with a mark, are left out; --all lists them.\n",
        counted(list.uninformative, "concept"));
}

ConceptList listed_at(const RemoteLife& remote, const ConceptsRequest& request) {
  return read_answer(remote, "concepts", [&] {
    nlohmann::json other,
        arguments{{"top", request.most}, {"all", request.with_uninformative}, {"kept", request.with_kept}};
    add_argument(arguments, "kind", request.kind);
    ConceptList list;
    for (const nlohmann::json& one : remote.all_of("concepts", "concepts", arguments, &other))
      list.concepts.push_back(listed_concept_of(one));
    other.at("total").get_to(list.total);
    other.at("uninformative").get_to(list.uninformative);
    return list;
  });
}

ConceptList listed(const Arguments& a, const Globals& globals) {
  if (const auto remote = remote_life(a.life, globals)) return listed_at(*remote, a.request);
  const reasoning::Mind mind(open_to_read(a.life));
  return list_concepts(mind.view(), a.request);
}

// --- Review --------------------------------------------------------------------------------------------------------

/// One line on standard input; what does not say a verdict is asked for again, and the end of the input ends the
/// review.
Verdict verdict_on(const ListedConcept& one, const Globals& globals) {
  if (globals.json) {
    print_json(to_json(one));
  } else {
    const std::string bits = one.saved_bits
                                 ? fmt::format("{} bits saved", human_number(*one.saved_bits))
                                 : fmt::format("{} bits claimed", human_number(one.claimed_bits.value_or(0)));
    print_text("{}  ({} concept:{}, {}; {} by thought:{})\n", one_line(one.itself.label), one_line(one.kind),
               one.itself.id, counted(one.itself.count, "mention"), bits, one.thought);
    if (const std::string example = example_of(one); !example.empty()) print_text("   - {}\n", example);
  }
  while (true) {
    if (!globals.json) print_text("keep, undo, skip or quit? ");
    base::flush_standard_output();
    std::string line;
    if (!std::getline(std::cin, line)) return Verdict::kQuit;
    if (const auto verdict = verdict_of(line)) return *verdict;
  }
}

void print_for_people(const Judged& judged) {
  if (judged.refused) return print_text("   not done: {}\n", one_line(*judged.refused));
  if (judged.verdict == Verdict::kKeep)
    print_text("   kept; `noema undo ... thought:{}` takes this back\n", judged.thought);
  if (judged.verdict == Verdict::kUndo) print_text("   thought:{} is taken back\n", judged.thought);
}

/// Asks about each concept of the list, and says at the end how many were kept, undone and skipped.
void go_through(const ConceptList& list, const Reviewed& life, const Globals& globals) {
  std::array<std::size_t, 3> counts{};
  review(
      list.concepts, life, [&](const ListedConcept& one) { return verdict_on(one, globals); },
      [&](const Judged& judged) {
        if (!judged.refused) ++counts.at(static_cast<std::size_t>(judged.verdict));
        print_value(globals, judged, [](const Judged& value) { print_for_people(value); });
      });
  if (!globals.json) print_text("{} kept, {} taken back, {} skipped.\n", counts[0], counts[1], counts[2]);
}

void run_review(Arguments a, const Globals& globals) {
  if (a.request.kind == "topic") throw base::UsageError("a topic is made of no thought, and cannot be reviewed");
  a.request.with_kept = false;
  const auto named = [](const ListedConcept& one) { return fmt::format("concept:{}", one.itself.id); };
  const auto thought = [](memory::ThoughtId id) { return fmt::format("thought:{}", id); };
  if (const auto remote = remote_life(a.life, globals)) {
    const auto call = [&](const char* operation, const nlohmann::json& arguments, const auto& read) {
      return read_answer(*remote, operation, [&] { return read(remote->call(operation, arguments)); });
    };
    return go_through(listed_at(*remote, a.request),
                      {[&](const ListedConcept& one) {
                         return call("keep", {{"concept", named(one)}}, kept_of).thought;
                       },
                       [&](memory::ThoughtId id) {
                         call("undo", {{"thought", thought(id)}}, undone_of);
                       }},
                      globals);
  }
  reasoning::Mind mind(open_to_write(a.life));
  const ConceptList list = list_concepts(mind.view(), a.request);  // the view ends here: what changes waits for it
  go_through(list,
             {[&](const ListedConcept& one) { return keep(mind, named(one)).thought; },
              [&](memory::ThoughtId id) { undo(mind, thought(id)); }},
             globals);
}

void run(const Arguments& a, const Globals& globals) {
  if (a.is_review) return run_review(a, globals);
  const ConceptList list = listed(a, globals);
  if (!globals.json) return print_for_people(list, a.request);
  for (const ListedConcept& one : list.concepts) print_json(to_json(one));
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto a = std::make_shared<Arguments>();
  auto* command = app.add_subcommand(
      "concepts", "List the concepts that thinking made, those that save most first: noema concepts my.life");
  command->add_option("life", a->life, kLifeOrAddress)->required();
  command->add_option("--kind", a->request.kind, "Only composite, schema, sense, category or topic");
  command->add_option("--top", a->request.most, "List so many, the best first")
      ->check(within(kResults))
      ->capture_default_str();
  command->add_flag("--all", a->request.with_uninformative,
                    "Also those beside which almost anything stands, and that begin or end with a mark");
  command->add_flag("--review", a->is_review,
                    "Go through them: answer keep, undo, skip or quit to each. What is kept is not dissolved by a "
                    "thought, and not asked about again");
  add_server_options(*command, globals);
  add_globals(*command, globals);
  command->callback([a, &globals] { run(*a, globals); });
}

}  // namespace noema::app::concepts_command
