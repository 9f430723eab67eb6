#include "app/actions/facts.h"

#include <fmt/format.h>

#include "base/clock.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/text.h"

namespace noema::app {

using nlohmann::ordered_json;

std::vector<reasoning::KnownFact> facts(const memory::Life& life, const std::string& thing) {
  const base::FailureContext context("looking up facts");
  if (const auto bad = base::first_invalid_utf8(thing))
    throw base::Error(fmt::format("the name is not UTF-8 at byte {}", *bad));
  auto known = reasoning::Knowledge::of(life).facts(life, thing);
  if (known.empty())
    throw base::Error(
        fmt::format("no fact about {} is known; `noema facts LIFE` lists the relations that thinking found", thing));
  return known;
}

std::vector<reasoning::KnownRelation> relations(const memory::Life& life) {
  const base::FailureContext context("listing relations");
  return reasoning::Knowledge::of(life).relations();
}

ordered_json to_json(const reasoning::KnownFact& fact) {
  return {{"relation", fact.relation},
          {"subject", fact.subject},
          {"value", fact.value},
          {"since", base::iso8601(fact.since)},
          {"until", fact.until ? ordered_json(base::iso8601(*fact.until)) : ordered_json(nullptr)},
          {"told", fact.told},
          {"inferred_by", nullptr},
          {"confidence", nullptr}};
}

ordered_json to_json(const reasoning::KnownRelation& relation) {
  return {{"relation", relation.templates}, {"told", relation.told}};
}

}  // namespace noema::app
