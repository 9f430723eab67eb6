#pragma once
// Thoughts as commands show them.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "app/actions/source.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ConceptInThought {
  NamedConcept itself;
  std::string role;  ///< "about" or "made"
};

struct ThoughtValue {
  memory::ThoughtId id = 0;
  std::string kind;
  std::string told;         ///< in words: "tax + cut -> tax cut"
  nlohmann::json operands;  ///< the named fields of its kind
  std::vector<ConceptInThought> concepts;
  std::optional<NamedConcept> result;
  double gain_bits = 0;
  std::int64_t candidates = 0;
  double cost_seconds = 0;
  std::string reason;
  memory::EpisodeId after_episode = 0;
  double time = 0;  ///< seconds since 1970
  bool undone = false;
  std::vector<Quoted> evidence;
};

ThoughtValue thought_value(const reasoning::MindView& view, const memory::ThoughtRow& row);
/// name: thought:N. Throws base::UsageError for any other name, UnknownName if there is no such thought.
ThoughtValue thought_value_named(const reasoning::MindView& view, const std::string& name);

/// {"thought","kind","told","operands","concepts","result","gain_bits","candidates","cost_seconds","reason","after_episode","undone",
/// "evidence"}.
nlohmann::ordered_json to_json(const ThoughtValue& value);
/// What it wrote, read again (json_fields.h); without the time.
ThoughtValue thought_value_of(const nlohmann::json& object);
/// The thought on one line, followed by its reason and its evidence, indented: at most so many inputs, each cut around
/// what the thought made.
std::string text_for_people(const ThoughtValue& value, std::size_t most_evidence = 8);
/// Its first line, without the end of the line.
std::string line_for_people(const ThoughtValue& value);

}  // namespace noema::app
