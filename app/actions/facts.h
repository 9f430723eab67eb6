#pragma once
// What a life knows to be so.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "memory/life.h"
#include "reasoning/knowledge.h"
#include "reasoning/mind.h"

namespace noema::app {

/// Facts about a thing, oldest first. Throws base::Error for a name that is not UTF-8 or of which nothing is known.
std::vector<reasoning::KnownFact> facts(const memory::Life& life, const std::string& thing,
                                        const reasoning::AsOf& as_of = {});
/// The relations that thinking found, the ones that most inputs tell first.
std::vector<reasoning::KnownRelation> relations(const memory::Life& life);

/// The same of a mind, which keeps what it knows from one time to the next; a life is read anew each time.
std::vector<reasoning::KnownFact> facts(reasoning::Mind& mind, const std::string& thing,
                                        const reasoning::AsOf& as_of = {});
std::vector<reasoning::KnownRelation> relations(reasoning::Mind& mind);
std::vector<reasoning::KnownRule> rules(reasoning::Mind& mind);

/// {"relation","subject","value","since","until","told":[episodes]|null,"inferred_by":rule|null,"confidence"}.
nlohmann::ordered_json to_json(const reasoning::KnownFact& fact);
/// {"relation":[templates],"told":inputs}.
nlohmann::ordered_json to_json(const reasoning::KnownRelation& relation);

/// The rules that thinking found, those that give most told facts first. Rules that read the same stand once: a step
/// can be walked along one kind of fact or against its mirror image.
std::vector<reasoning::KnownRule> rules(const memory::Life& life);
/// {"rule","path":[facts],"holds","fails","used"}.
nlohmann::ordered_json to_json(const reasoning::KnownRule& rule);

/// What these wrote, read again (json_fields.h).
reasoning::KnownFact known_fact_of(const nlohmann::json& object);
reasoning::KnownRelation known_relation_of(const nlohmann::json& object);
reasoning::KnownRule known_rule_of(const nlohmann::json& object);

}  // namespace noema::app
