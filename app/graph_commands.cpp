#include "app/graph_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <iostream>
#include <memory>

#include "app/concept_names.h"
#include "app/export.h"
#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "concepts/view.h"
#include "reasoning/journal.h"
#include "reasoning/mind.h"

namespace noema::app {

using concepts::ConceptId;
using concepts::Graph;
using memory::Access;
using memory::Life;
using nlohmann::ordered_json;
using reasoning::Mind;

namespace {

// --- recall --------------------------------------------------------------------------------------------------------

struct RecallArguments {
  std::string life, cue, queries, group;
  std::size_t k = 10;
};

void recall(const RecallArguments& a, const Globals& globals) {
  if (a.cue.empty() == a.queries.empty())
    throw base::UsageError("recall takes a cue or --queries FILE, one of the two");
  Mind mind(Life::open(a.life, Access::kRead), {});
  const auto group = a.group.empty() ? std::nullopt : std::optional(a.group);
  const auto id_of = [&](const memory::EpisodeRow& row) {
    return row.outer_id ? ordered_json(*row.outer_id) : ordered_json(nullptr);
  };
  if (a.queries.empty()) {
    if (const auto bad = base::first_invalid_utf8(a.cue))
      throw base::Error(fmt::format("the cue is not UTF-8 at byte {}", *bad));
    std::size_t rank = 0;
    for (const reasoning::Recalled& one : mind.recall(a.cue, a.k, group)) {
      const auto row = mind.life().episode(one.episode);
      ordered_json via = ordered_json::array();
      for (const ConceptId id : one.via) via.push_back(mind.core().graph().label_of(id));
      const ordered_json hit{{"rank", ++rank},    {"episode", one.episode}, {"id", id_of(*row)},
                             {"text", row->text}, {"score", one.score},     {"via", via}};
      if (globals.json)
        print_result(globals, hit);
      else
        fmt::print("{:>3}  {:7.3f}  {}\n              via {}\n", rank, one.score, row->text,
                   fmt::join(via.get<std::vector<std::string>>(), ", "));
    }
    if (rank == 0)
      print_result(globals, {{"rank", nullptr},
                             {"episode", nullptr},
                             {"id", nullptr},
                             {"text", nullptr},
                             {"score", nullptr},
                             {"via", ordered_json::array()}});
    return;
  }
  base::LineReader reader(a.queries);
  while (const auto line = reader.next()) {
    const auto object = nlohmann::json::parse(*line, nullptr, false);
    if (!object.is_object() || !object.contains("text") || !object["text"].is_string())
      throw base::Error(
          fmt::format("{}:{}: expected {{\"id\", \"text\", \"group\"?}}", a.queries, reader.line_number()));
    auto own_group = group;
    if (object.contains("group") && object["group"].is_string()) own_group = object["group"].get<std::string>();
    ordered_json hits = ordered_json::array();
    std::vector<ordered_json> seen;
    for (const reasoning::Recalled& one : mind.recall(object["text"].get<std::string>(), a.k, own_group)) {
      const auto row = mind.life().episode(one.episode);
      const ordered_json id = row->outer_id ? ordered_json(*row->outer_id) : ordered_json(one.episode);
      const ordered_json key{id, row->group};
      if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
      seen.push_back(key);
      hits.push_back({{"id", id},
                      {"group", row->group.empty() ? ordered_json(nullptr) : ordered_json(row->group)},
                      {"score", one.score}});
    }
    print_result(globals, {{"id", object.value("id", nlohmann::json())}, {"hits", hits}});
  }
}

// --- similar, show, why ----------------------------------------------------------------------------------------------

/// Tells that a name is not known, as an object with null.
bool told_unknown(const std::optional<ConceptId>& id, const std::string& name, const Globals& globals) {
  if (id) return false;
  print_result(globals, {{"concept", nullptr}, {"name", name}});
  return true;
}

void similar(const std::string& path, const std::string& word, std::size_t k, const Globals& globals) {
  const Mind mind(Life::open(path, Access::kRead), {});
  const Graph& graph = mind.core().graph();
  const auto id = find_concept(graph, word);
  if (!id) {
    print_result(globals, {{"label", nullptr}, {"score", nullptr}, {"name", word}});
    return;
  }
  for (const concepts::Scored& other : mind.similar(graph.concept_of(*id), k)) {
    if (globals.json)
      print_result(globals, {{"label", graph.label_of(other.id)}, {"score", other.score}});
    else
      fmt::print("{:6.3f}  {}\n", other.score, graph.label_of(other.id));
  }
}

ordered_json cells_json(const Graph& graph, const concepts::CountMap& row, std::size_t most) {
  auto cells = row.sorted();
  std::stable_sort(cells.begin(), cells.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  ordered_json result = ordered_json::array();
  for (const auto& [other, count] : cells) {
    if (result.size() == most) break;
    if (other != concepts::kBoundary)
      result.push_back({{"id", other}, {"label", graph.label_of(other)}, {"count", count}});
  }
  return result;
}

void print_concept(const Globals& globals, const ordered_json& shown) {
  if (globals.json) {
    print_result(globals, shown);
    return;
  }
  for (const auto& [key, value] : shown.items()) {
    std::vector<std::string> parts;
    if (value.is_array()) {
      for (const auto& entry : value) {
        std::string part = entry.is_object() && entry.contains("label") ? entry["label"].get<std::string>()
                           : entry.is_string()                          ? entry.get<std::string>()
                                                                        : entry.dump();
        if (entry.is_object() && entry.contains("count"))
          part += fmt::format(" ({})", entry["count"].get<std::uint64_t>());
        parts.push_back(part);
      }
      fmt::print("{:<10}  {}\n", key, fmt::join(parts, ", "));
    } else {
      fmt::print("{:<10}  {}\n", key, value.is_string() ? value.get<std::string>() : value.dump());
    }
  }
}

void show(const std::string& path, const std::string& name, const Globals& globals) {
  constexpr std::size_t kMost = 12;
  const Mind mind(Life::open(path, Access::kRead), {});
  const Graph& graph = mind.core().graph();
  const auto found = find_concept(graph, name);
  if (told_unknown(found, name, globals)) return;
  const ConceptId id = graph.concept_of(*found);
  ordered_json shown = concept_json(graph, id);
  ordered_json parts = ordered_json::array(), wholes = ordered_json::array(), near = ordered_json::array();
  const bool category = graph.node(id).is<concepts::Category>();
  for (const ConceptId part : concepts::parts_of(graph.node(id)))
    parts.push_back({{"id", part}, {"label", graph.label_of(part)}});
  const auto listed = [&](const std::vector<ConceptId>& ids) {
    ordered_json list = ordered_json::array();
    for (const ConceptId one : ids) list.push_back({{"id", one}, {"label", graph.label_of(one)}});
    return list;
  };
  std::vector<ConceptId> members;  // the commonest; of a unit: the senses split off from it
  if (!graph.node(id).is<concepts::Schema>()) members = concepts::companions_of(graph.node(id));
  std::stable_sort(members.begin(), members.end(),
                   [&](ConceptId a, ConceptId b) { return graph.statistics().total(a) > graph.statistics().total(b); });
  if (members.size() > kMost) members.resize(kMost);
  for (const ConceptId other : graph.node(*found).wholes)
    if (wholes.size() < kMost)
      wholes.push_back({{"id", other}, {"label", graph.label_of(other)}, {"count", graph.node(other).mentions}});
  for (const ConceptId other : concepts::neighbourhood(graph, id, 1, kMost + 1))
    if (other != id) near.push_back(graph.label_of(other));
  shown["parts"] = parts;
  shown["part_of"] = wholes;
  shown["categories"] = listed(graph.categories_of(id));
  shown[category ? "members" : "senses"] = listed(members);
  if (!category) {  // a category's row holds categories
    shown["before"] = cells_json(graph, graph.statistics().previous(id), kMost);
    shown["after"] = cells_json(graph, graph.statistics().next(id), kMost);
  }
  shown["neighbourhood"] = near;
  print_concept(globals, shown);
}

ordered_json thought_json(Mind& mind, const memory::ThoughtRow& row) {
  const Graph& graph = mind.core().graph();
  ordered_json operands = ordered_json::array(), evidence = ordered_json::array();
  const auto label_of = [&](ConceptId id) { return graph.still_has(id) ? graph.label_of(id) : std::string(); };
  for (const memory::ThoughtConcept& one : row.concepts)
    if (one.role != "needs")
      operands.push_back({{"id", one.id}, {"label", label_of(static_cast<ConceptId>(one.id))}, {"role", one.role}});
  const reasoning::Thought thought = reasoning::thought_of(row);
  for (const auto episode : row.evidence)
    if (const auto source = mind.life().episode(episode))
      evidence.push_back(
          {{"episode", episode}, {"source", source->source}, {"line", source->line}, {"text", source->text}});
  return {{"thought", row.id},
          {"kind", row.kind},
          {"told", thought.kind->tell(thought, label_of)},
          {"operands", thought.operands},
          {"concepts", operands},
          {"result", row.result == 0
                         ? ordered_json(nullptr)
                         : ordered_json{{"id", row.result}, {"label", label_of(static_cast<ConceptId>(row.result))}}},
          {"gain_bits", row.gain_bits},
          {"candidates", row.candidates},
          {"cost_seconds", row.cost_seconds},
          {"reason", row.reason},
          {"after_episode", row.after_episode},
          {"undone", row.undone_by != 0},
          {"evidence", evidence}};
}

void print_thought(const Globals& globals, const ordered_json& thought) {
  if (globals.json) {
    print_result(globals, thought);
    return;
  }
  fmt::print("thought:{}  {} {}\n  {}{}\n", thought["thought"].get<std::int64_t>(), thought["kind"].get<std::string>(),
             thought["told"].get<std::string>(), thought["reason"].get<std::string>(),
             thought["undone"].get<bool>() ? "; taken back" : "");
  for (const auto& one : thought["evidence"])
    fmt::print("  {:>8}  {}\n", one["episode"].get<std::int64_t>(), one["text"].get<std::string>().substr(0, 160));
}

std::optional<memory::ThoughtId> thought_named(const std::string& name) {
  constexpr std::string_view kPrefix = "thought:";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  memory::ThoughtId id = 0;
  const char* end = name.data() + name.size();
  const auto [stop, error] = std::from_chars(name.data() + kPrefix.size(), end, id);
  if (error != std::errc() || stop != end)
    throw base::UsageError(fmt::format("'{}' names no thought; expected thought:N", name));
  return id;
}

void why(const std::string& path, const std::string& name, const Globals& globals) {
  Mind mind(Life::open(path, Access::kRead), {});
  if (const auto thought = thought_named(name)) {
    const auto row = mind.life().thought(*thought);
    if (row)
      print_thought(globals, thought_json(mind, *row));
    else
      print_result(globals, {{"thought", nullptr}, {"name", name}});
    return;
  }
  const Graph& graph = mind.core().graph();
  const auto found = find_concept(graph, name);
  if (told_unknown(found, name, globals)) return;
  // A composite goes back to its thought and its parts' thoughts; a sense to the first inputs that mention it.
  for (const memory::ThoughtId thought : mind.life().thoughts_about(*found))
    print_thought(globals, thought_json(mind, *mind.life().thought(thought)));
  ordered_json first = ordered_json::array();
  for (const concepts::Position p : graph.node(*found).positions) {
    const auto episode = static_cast<memory::EpisodeId>(graph.stream().episode_of(p)) + 1;
    if (!first.empty() && first.back()["episode"] == episode) continue;
    const auto row = mind.life().episode(episode);
    if (row) first.push_back({{"episode", episode}, {"source", row->source}, {"line", row->line}, {"text", row->text}});
    if (first.size() == 3) break;
  }
  ordered_json origin = concept_json(graph, *found);
  origin["first_inputs"] = first;
  if (globals.json) {
    print_result(globals, origin);
  } else {
    fmt::print("{} was first met in\n", graph.label_of(*found));
    for (const auto& one : first)
      fmt::print("  {:>8}  {}\n", one["episode"].get<std::int64_t>(), one["text"].get<std::string>().substr(0, 160));
  }
}

void undo(const std::string& path, const std::string& name, const Globals& globals) {
  const auto thought = thought_named(name);
  if (!thought) throw base::UsageError(fmt::format("'{}' names no thought; expected thought:N", name));
  Mind mind(Life::open(path, Access::kWrite), {});
  mind.undo(*thought);
  mind.checkpoint();
  print_result(
      globals,
      {{"undone", *thought}, {"concepts", mind.core().graph().concepts()}, {"graph_hash", mind.core().graph().hash()}});
}

struct ExportArguments {
  std::string life, format = "json", around;
  int depth = 1;
};

void export_life(const ExportArguments& a) {
  const Mind mind(Life::open(a.life, Access::kRead), {});
  const Graph& graph = mind.core().graph();
  std::vector<ConceptId> chosen;
  if (a.around.empty()) {
    chosen = all_concepts(graph);
  } else {
    const auto id = find_concept(graph, a.around);
    if (!id)
      throw base::Error(
          fmt::format("{}: no concept is called '{}'; `noema recall` finds what was fed", a.life, a.around));
    constexpr std::size_t kMost = 2000;
    chosen = concepts::neighbourhood(graph, graph.concept_of(*id), a.depth, kMost);
    std::sort(chosen.begin(), chosen.end());
  }
  if (a.format == "json") export_json(std::cout, graph, chosen);
  if (a.format == "graphml") export_graphml(std::cout, graph, chosen);
  if (a.format == "dot") export_dot(std::cout, graph, chosen);
  std::cout.flush();
  if (!std::cout) throw base::Error("writing to standard output failed; is the disk full?");
}

}  // namespace

void add_graph_commands(CLI::App& app, Globals& globals) {
  {
    auto a = std::make_shared<RecallArguments>();
    auto* command = app.add_subcommand("recall", "What a cue calls up: noema recall my.life \"the cat on the chair\"");
    command->add_option("life", a->life, "The life")->required();
    command->add_option("cue", a->cue, "What to recall by");
    command->add_option("--queries", a->queries, "File of JSON lines {\"id\",\"text\",\"group\"?}");
    command->add_option("-k", a->k, "How many")->check(CLI::PositiveNumber)->capture_default_str();
    command->add_option("--group", a->group, "Only inputs of this group");
    add_globals(*command, globals);
    command->callback([a, &globals] { recall(*a, globals); });
  }
  auto life = std::make_shared<std::string>();
  auto name = std::make_shared<std::string>();
  {
    auto k = std::make_shared<std::size_t>(10);
    auto* command = app.add_subcommand("similar", "Concepts most like one: noema similar my.life cat");
    command->add_option("life", *life, "The life")->required();
    command->add_option("word", *name, "The word, or concept:ID")->required();
    command->add_option("-k", *k, "How many")->check(CLI::PositiveNumber)->capture_default_str();
    add_globals(*command, globals);
    command->callback([life, name, k, &globals] { similar(*life, *name, *k, globals); });
  }
  {
    auto* command =
        app.add_subcommand("show", "A concept and what stands around it: noema show my.life \"united states\"");
    command->add_option("life", *life, "The life")->required();
    command->add_option("concept", *name, "A label, or concept:ID")->required();
    add_globals(*command, globals);
    command->callback([life, name, &globals] { show(*life, *name, globals); });
  }
  {
    auto* command = app.add_subcommand("why", "How a concept or thought came to be: noema why my.life thought:7");
    command->add_option("life", *life, "The life")->required();
    command->add_option("concept", *name, "A label, concept:ID or thought:N")->required();
    add_globals(*command, globals);
    command->callback([life, name, &globals] { why(*life, *name, globals); });
  }
  {
    auto* command = app.add_subcommand("undo", "Take a thought back: noema undo my.life thought:7");
    command->add_option("life", *life, "The life")->required();
    command->add_option("thought", *name, "thought:N")->required();
    add_globals(*command, globals);
    command->callback([life, name, &globals] { undo(*life, *name, globals); });
  }
  {
    auto a = std::make_shared<ExportArguments>();
    auto* command =
        app.add_subcommand("export", "The graph for other programs: noema export my.life --format dot --around cat");
    command->add_option("life", a->life, "The life")->required();
    command->add_option("--format", a->format, "json (one object a line), graphml or dot")
        ->check(CLI::IsMember({"graphml", "dot", "json"}))
        ->capture_default_str();
    command->add_option("--around", a->around, "Only this concept and its neighbourhood");
    command->add_option("--depth", a->depth, "Steps from it")->check(CLI::Range(0, 8))->capture_default_str();
    add_globals(*command, globals);
    command->callback([a] { export_life(*a); });
  }
}

}  // namespace noema::app
