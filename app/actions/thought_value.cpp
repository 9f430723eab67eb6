#include "app/actions/thought_value.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/actions/json_fields.h"
#include "app/actions/names.h"
#include "app/human.h"
#include "reasoning/journal.h"

namespace noema::app {
using concepts::ConceptId;

ThoughtValue thought_value(const reasoning::MindView& view, const memory::ThoughtRow& row) {
  ThoughtValue value;
  value.id = row.id;
  value.kind = row.kind;
  const concepts::Graph& graph = view.graph();
  const auto label_of = [&](ConceptId id) {
    return graph.still_has(id) ? concepts::label_of(graph, id) : std::string();
  };
  const reasoning::Thought thought = reasoning::thought_of(row);
  value.told = thought.kind->tell(thought, label_of);
  value.operands = thought.operands;
  for (const memory::ThoughtConcept& one : row.concepts)
    if (one.role != reasoning::name_of(reasoning::Role::kNeeds))
      value.concepts.push_back({named_concept(graph, static_cast<ConceptId>(one.id)), one.role});
  if (row.result != 0) value.result = named_concept(graph, static_cast<ConceptId>(row.result));
  value.gain_bits = row.gain_bits;
  value.candidates = row.candidates;
  value.cost_seconds = row.cost_seconds;
  value.reason = row.reason;
  value.after_episode = row.after_episode;
  value.time = row.time;
  value.undone = row.undone_by != 0;
  for (const auto episode : row.evidence)
    if (auto source = quoted(view.life(), episode)) value.evidence.push_back(std::move(*source));
  return value;
}

ThoughtValue thought_value_named(const reasoning::MindView& view, const std::string& name) {
  const auto row = thought_named(view.life(), name);
  if (!row) throw base::UsageError(fmt::format("'{}' names no thought; expected thought:N", name));
  return thought_value(view, *row);
}

nlohmann::ordered_json to_json(const ThoughtValue& value) {
  using nlohmann::ordered_json;
  const auto named = [](const NamedConcept& one) { return ordered_json{{"id", one.id}, {"label", one.label}}; };
  ordered_json concepts = ordered_json::array(), evidence = ordered_json::array();
  for (const ConceptInThought& one : value.concepts) {
    concepts.push_back(named(one.itself));
    concepts.back()["role"] = one.role;
  }
  for (const Quoted& one : value.evidence) evidence.push_back(to_json(one));
  return {{"thought", value.id},
          {"kind", value.kind},
          {"told", value.told},
          {"operands", value.operands},
          {"concepts", concepts},
          {"result", value.result ? named(*value.result) : ordered_json(nullptr)},
          {"gain_bits", value.gain_bits},
          {"candidates", value.candidates},
          {"cost_seconds", value.cost_seconds},
          {"reason", value.reason},
          {"after_episode", value.after_episode},
          {"undone", value.undone},
          {"evidence", evidence}};
}

std::string line_for_people(const ThoughtValue& value) {
  return fmt::format("thought:{}  {}{}{}", value.id, one_line(value.kind), value.told.empty() ? "" : " ",
                     one_line(value.told));
}

namespace {

/// The text, cut around the label where it holds it in any case of ASCII letters.
std::string shortened_around_label(const std::string& text, const std::string& label) {
  const auto same = [](char a, char b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; };
    return lower(a) == lower(b);
  };
  const auto found = std::search(text.begin(), text.end(), label.begin(), label.end(), same);
  if (label.empty() || found == text.end()) return shortened(one_line(text), kTextColumns);
  const auto begin = static_cast<std::size_t>(found - text.begin());
  return one_line(shortened_around(text, begin, begin + label.size(), kTextColumns));
}

}  // namespace

std::string text_for_people(const ThoughtValue& value, std::size_t most_evidence) {
  std::string text =
      fmt::format("{}\n  {}{}\n", line_for_people(value), one_line(value.reason), value.undone ? "; taken back" : "");
  TextTable evidence({{"", Align::kRight}, {}});
  const std::string label = value.result ? value.result->label : std::string();
  for (std::size_t i = 0; i < std::min(most_evidence, value.evidence.size()); ++i)
    evidence.add({std::to_string(value.evidence[i].episode), shortened_around_label(value.evidence[i].text, label)});
  return text + evidence.text(4);
}

ThoughtValue thought_value_of(const nlohmann::json& object) {
  ThoughtValue value;
  object.at("thought").get_to(value.id);
  object.at("kind").get_to(value.kind);
  object.at("told").get_to(value.told);
  value.operands = object.at("operands");
  value.concepts = each_of(object.at("concepts"), [](const nlohmann::json& one) {
    return ConceptInThought{named_concept_of(one), one.at("role").get<std::string>()};
  });
  if (const auto& result = object.at("result"); !result.is_null()) value.result = named_concept_of(result);
  object.at("gain_bits").get_to(value.gain_bits);
  object.at("candidates").get_to(value.candidates);
  object.at("cost_seconds").get_to(value.cost_seconds);
  object.at("reason").get_to(value.reason);
  object.at("after_episode").get_to(value.after_episode);
  object.at("undone").get_to(value.undone);
  value.evidence = each_of(object.at("evidence"), quoted_of);
  return value;
}

}  // namespace noema::app
