#include "app/actions/facts.h"

#include <fmt/format.h>

#include <utility>

#include "app/actions/json_fields.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/text.h"

namespace noema::app {

using nlohmann::ordered_json;
using reasoning::Knowledge;

namespace {

std::vector<reasoning::KnownFact> facts(const Knowledge& knowledge, const memory::Life& life, const std::string& thing,
                                        const reasoning::AsOf& as_of) {
  const base::FailureContext context("looking up facts");
  if (const auto bad = base::first_invalid_utf8(thing))
    throw base::Error(fmt::format("the name is not UTF-8 at byte {}", *bad));
  auto known = knowledge.facts(life, thing, as_of);
  if (known.empty())
    throw base::Error(
        fmt::format("no fact about {} is known; `noema facts LIFE` lists the relations that thinking found", thing));
  return known;
}

}  // namespace

std::vector<reasoning::KnownFact> facts(const memory::Life& life, const std::string& thing,
                                        const reasoning::AsOf& as_of) {
  return facts(Knowledge::of(life), life, thing, as_of);
}

std::vector<reasoning::KnownRelation> relations(const memory::Life& life) {
  const base::FailureContext context("listing relations");
  return Knowledge::of(life).relations();
}

std::vector<reasoning::KnownFact> facts(reasoning::Mind& mind, const std::string& thing, const reasoning::AsOf& as_of) {
  std::vector<reasoning::KnownFact> known;
  mind.with_knowledge(
      [&](const Knowledge& knowledge, const memory::Life& life) { known = facts(knowledge, life, thing, as_of); });
  return known;
}

std::vector<reasoning::KnownRelation> relations(reasoning::Mind& mind) {
  std::vector<reasoning::KnownRelation> known;
  mind.with_knowledge([&](const Knowledge& knowledge, const memory::Life&) { known = knowledge.relations(); });
  return known;
}

std::vector<reasoning::KnownRule> rules(reasoning::Mind& mind) {
  std::vector<reasoning::KnownRule> known;
  mind.with_knowledge([&](const Knowledge& knowledge, const memory::Life& life) { known = knowledge.rules(life); });
  return known;
}

ordered_json to_json(const reasoning::KnownFact& fact) {
  return {{"relation", fact.relation},
          {"subject", fact.subject},
          {"value", fact.value},
          {"since", base::iso8601(fact.since)},
          {"until", fact.until ? ordered_json(base::iso8601(*fact.until)) : ordered_json(nullptr)},
          {"told", fact.inferred_by ? ordered_json(nullptr) : ordered_json(fact.told)},
          {"follows_from", fact.inferred_by ? ordered_json(fact.told) : ordered_json(nullptr)},
          {"inferred_by", json_or_null(fact.inferred_by)},
          {"confidence", fact.confidence},
          {"says", fact.says}};
}

ordered_json to_json(const reasoning::KnownRelation& relation) {
  return {{"relation", relation.templates}, {"told", relation.told}};
}

std::vector<reasoning::KnownRule> rules(const memory::Life& life) {
  const base::FailureContext context("listing rules");
  return Knowledge::of(life).rules(life);
}

ordered_json to_json(const reasoning::KnownRule& rule) {
  return {{"rule", rule.says}, {"path", rule.path}, {"holds", rule.holds}, {"fails", rule.fails}, {"used", rule.used}};
}

reasoning::KnownFact known_fact_of(const nlohmann::json& object) {
  reasoning::KnownFact fact;
  object.at("relation").get_to(fact.relation);
  object.at("subject").get_to(fact.subject);
  object.at("value").get_to(fact.value);
  fact.since = time_at(object, "since");
  fact.until = time_or_none(object, "until");
  fact.inferred_by = value_or_none<std::string>(object, "inferred_by");
  object.at(fact.inferred_by ? "follows_from" : "told").get_to(fact.told);
  object.at("confidence").get_to(fact.confidence);
  object.at("says").get_to(fact.says);
  return fact;
}

reasoning::KnownRelation known_relation_of(const nlohmann::json& object) {
  return {object.at("relation").get<std::vector<std::string>>(), object.at("told").get<std::size_t>()};
}

reasoning::KnownRule known_rule_of(const nlohmann::json& object) {
  return {object.at("rule").get<std::string>(), object.at("path").get<std::vector<std::string>>(),
          object.at("holds").get<std::uint32_t>(), object.at("fails").get<std::uint32_t>(),
          object.at("used").get<std::uint32_t>()};
}

}  // namespace noema::app
