#include "app/patterns/vocabulary.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"

namespace noema::app::patterns {
namespace {

// --- Nodes --------------------------------------------------------------------------------------------------------

const NodeKind kConcept{"Concept",
                        "concept",
                        "id",
                        {{"id", Base::kInteger},
                         {"kind", Base::kText},
                         {"label", Base::kText},
                         {"count", Base::kInteger},
                         {"active", Base::kBoolean, false},
                         {"protected", Base::kBoolean, false},
                         {"redirect_id", Base::kInteger, false},
                         {"category_id", Base::kInteger, false},
                         {"thought_id", Base::kInteger, false},
                         {"thought_time", Base::kText, false}},
                        "a node of the graph"};
const NodeKind kThing{"Thing",
                      "(SELECT subject AS label FROM fact UNION SELECT value FROM fact)",
                      "label",
                      {{"label", Base::kText}},
                      "what something is known of, and what is known of it"};
const NodeKind kForm{
    "Form", "(SELECT DISTINCT surface FROM form)", "surface", {{"surface", Base::kText}}, "a way of writing"};
const NodeKind kEpisode{"Episode",
                        "episode",
                        "id",
                        {{"id", Base::kInteger},
                         {"text", Base::kText},
                         {"time", Base::kText},
                         {"kind", Base::kText},
                         {"speaker", Base::kText},
                         {"answer", Base::kText, false},
                         {"label", Base::kText, false},
                         {"group_name", Base::kText, false},
                         {"outer_id", Base::kText, false},
                         {"source", Base::kText, false},
                         {"line", Base::kInteger, false},
                         {"part", Base::kInteger, false},
                         {"begins_at", Base::kInteger, false},
                         {"position", Base::kInteger, false}},
                        "an input, as it came"};
const NodeKind kThought{"Thought",
                        "thought",
                        "id",
                        {{"id", Base::kInteger},
                         {"kind", Base::kText},
                         {"about", Base::kText},
                         {"made", Base::kText},
                         {"gain_bits", Base::kReal},
                         {"reason", Base::kText},
                         {"time", Base::kText},
                         {"cost_seconds", Base::kReal, false},
                         {"candidates", Base::kInteger, false},
                         {"after_episode", Base::kInteger, false},
                         {"result_id", Base::kInteger, false},
                         {"undone", Base::kBoolean, false},
                         {"undone_at", Base::kText, false},
                         {"position", Base::kInteger, false}},
                        "a change of the graph"};
const NodeKind kRule{
    "Rule",
    "rule",
    "rule",
    {{"rule", Base::kText}, {"path", Base::kText}, {"holds", Base::kInteger}, {"fails", Base::kInteger}},
    "what follows from facts"};

// --- Relations ----------------------------------------------------------------------------------------------------

// The end of a line is 0, and no concept.
const RelationKind kRelation{"relation",
                             &kConcept,
                             &kConcept,
                             "from_id",
                             "to_id",
                             "type",
                             {"from_id", "type", "to_id", "place"},
                             {{"count", Base::kInteger}, {"place", Base::kInteger}},
                             true,
                             true,
                             "to_id > 0"};
const RelationKind kNamedBy{"thought_concept",
                            &kThought,
                            &kConcept,
                            "thought_id",
                            "concept_id",
                            "role",
                            {"thought_id", "role", "concept_id"},
                            {},
                            true,
                            false,
                            nullptr};
const RelationKind kEvidence{
    "evidence", &kThought, &kEpisode, "thought_id", "episode_id", nullptr, {"thought_id", "episode_id"},
    {},         true,      false,     nullptr};
const RelationKind kMentionedIn{"mention",
                                &kConcept,
                                &kEpisode,
                                "concept_id",
                                "episode_id",
                                nullptr,
                                {"concept_id", "episode_id", "place"},
                                {{"place", Base::kInteger}},
                                true,
                                false,
                                nullptr};
const RelationKind kMentions{
    "(SELECT e.id AS episode_id, j.key AS place, j.value AS concept_id FROM episode e JOIN json_each(e.concepts) j)",
    &kEpisode,
    &kConcept,
    "episode_id",
    "concept_id",
    nullptr,
    {"episode_id", "place"},
    {{"place", Base::kInteger}},
    true,
    false,
    nullptr};
const RelationKind kWritten{
    "form", &kConcept, &kForm, "concept_id", "surface", nullptr, {"concept_id", "surface"}, {{"count", Base::kInteger}},
    false,  true,      nullptr};
const RelationKind kFact{"fact",
                         &kThing,
                         &kThing,
                         "subject",
                         "value",
                         nullptr,
                         {"subject", "relation", "value", "since_episode"},
                         {{"relation", Base::kText},
                          {"since", Base::kText},
                          {"until", Base::kText},
                          {"since_episode", Base::kInteger},
                          {"until_episode", Base::kInteger},
                          {"times_told", Base::kInteger}},
                         true,
                         true,
                         nullptr};
const RelationKind kToldIn{
    "(SELECT f.subject, f.relation, f.value, j.value AS episode_id FROM fact f JOIN json_each(f.told) j)",
    &kThing,
    &kEpisode,
    "subject",
    "episode_id",
    nullptr,
    {"subject", "relation", "value", "episode_id"},
    {{"relation", Base::kText}, {"value", Base::kText}},
    true,
    false,
    nullptr};
const RelationKind kNames{"concept", &kThing, &kConcept, "label", "id", nullptr, {"id"}, {}, false, true, nullptr};

std::vector<std::string> names_of(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) names.emplace_back(column.name);
  return names;
}

template <typename Entries>
[[noreturn]] void refuse_unknown(const Word& name, const std::string& what, const Entries& entries) {
  std::vector<std::string> names;
  for (const auto& entry : entries) names.emplace_back(entry.name);
  refuse(name.at, fmt::format("there is no {} '{}' among {}{}", what, name.text, fmt::join(names, ", "),
                              base::did_you_mean(base::nearest_names(name.text, names, 1))));
}

template <typename Entries>
const auto& entry_named(const Word& name, const std::string& what, const Entries& entries) {
  const auto found =
      std::find_if(entries.begin(), entries.end(), [&](const auto& one) { return name.text == one.name; });
  if (found == entries.end()) refuse_unknown(name, what, entries);
  return *found;
}

}  // namespace

const std::vector<const NodeKind*>& node_kinds() {
  static const std::vector<const NodeKind*> all{&kConcept, &kThing, &kEpisode, &kThought, &kForm, &kRule};
  return all;
}

const std::vector<Label>& labels() {
  static const std::vector<Label> all{
      {"Concept", &kConcept, nullptr, nullptr, kConcept.help},
      {"Sense", &kConcept, "kind", "sense", "a unit, or a meaning that was split off from it"},
      {"Composite", &kConcept, "kind", "composite", "units that are one concept together"},
      {"Category", &kConcept, "kind", "category", "concepts of one kind"},
      {"Schema", &kConcept, "kind", "schema", "units with a slot"},
      {"Label", &kConcept, "kind", "label", "a class that somebody named"},
      {"Thing", &kThing, nullptr, nullptr, kThing.help},
      {"Episode", &kEpisode, nullptr, nullptr, kEpisode.help},
      {"Thought", &kThought, nullptr, nullptr, kThought.help},
      {"Form", &kForm, nullptr, nullptr, kForm.help},
      {"Rule", &kRule, nullptr, nullptr, kRule.help},
  };
  return all;
}

const std::vector<RelationType>& relation_types() {
  static const std::vector<RelationType> all{
      {"FOLLOWS", &kRelation, "follows", "from a concept to one that came next"},
      {"PART_OF", &kRelation, "part-of", "from a part to the whole"},
      {"INSTANCE_OF", &kRelation, "instance-of", "from a member to its category"},
      {"SENSE_OF", &kRelation, "sense-of", "from a meaning to the unit that it was split off from"},
      {"ASSOCIATES", &kRelation, "associates", "between concepts that keep company, kept with both"},
      {"REDIRECT", &kRelation, "redirect", "from a merged concept to what it was merged into"},
      {"MENTIONED_IN", &kMentionedIn, nullptr, "quick from the concept"},
      {"MENTIONS", &kMentions, nullptr, "the same the other way, quick from the input", true},
      {"WRITTEN", &kWritten, nullptr, "how a concept was written, and how often"},
      {"ABOUT", &kNamedBy, "about", "what a thought was about"},
      {"MADE", &kNamedBy, "made", "what it made"},
      {"NEEDS", &kNamedBy, "needs", "what it needs"},
      {"EVIDENCE", &kEvidence, nullptr, "the inputs that a thought stands on"},
      {"FACT", &kFact, nullptr, "what is known: `relation` says what, with the subject X and the value Y"},
      {"TOLD_IN", &kToldIn, nullptr, "the inputs that told a fact of a thing"},
      {"NAMES", &kNames, nullptr, "from a thing to the concepts with its label"},
  };
  return all;
}

const Label& label_named(const Word& name) { return entry_named(name, "label", labels()); }
const RelationType& relation_type_named(const Word& name) {
  return entry_named(name, "relation type", relation_types());
}

const Column* column_named(const std::vector<Column>& columns, const std::string& name) {
  const auto found =
      std::find_if(columns.begin(), columns.end(), [&](const Column& column) { return name == column.name; });
  return found == columns.end() ? nullptr : &*found;
}

void refuse_property(Place at, const std::string& owner, const std::string& name,
                     const std::vector<const std::vector<Column>*>& columns) {
  std::vector<std::string> names;
  for (const auto* some : columns)
    for (const std::string& one : names_of(*some))
      if (std::find(names.begin(), names.end(), one) == names.end()) names.push_back(one);
  const std::string has = names.empty() ? ", nor any other" : fmt::format(" among {}", fmt::join(names, ", "));
  refuse(at, fmt::format("{} has no property '{}'{}{}", owner, name, has,
                         base::did_you_mean(base::nearest_names(name, names, 1))));
}

std::string vocabulary_table() {
  std::string table = "| label | one node is | properties |\n|---|---|---|\n";
  for (const Label& label : labels()) {
    const std::string properties =
        label.column == nullptr
            ? fmt::format("`{}`", fmt::join(names_of(label.kind->columns), "`, `"))
            : fmt::format("those of {}; `{}` is `{}`", label.kind->label, label.column, label.value);
    table += fmt::format("| `{}` | {} | {} |\n", label.name, label.help, properties);
  }
  table += "\n| relation type | from, to | is | properties |\n|---|---|---|---|\n";
  for (const RelationType& type : relation_types()) {
    const auto names = names_of(type.kind->columns);
    table += fmt::format("| `{}` | {}, {} | {} | {} |\n", type.name, type.kind->from->label, type.kind->to->label,
                         type.help, names.empty() ? "" : fmt::format("`{}`", fmt::join(names, "`, `")));
  }
  return table;
}

}  // namespace noema::app::patterns
