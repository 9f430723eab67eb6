#pragma once
// Asking a life.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/source.h"
#include "reasoning/knowledge.h"
#include "reasoning/mind.h"

namespace noema::app {

struct AskRequest {
  std::string question;
  bool learn = true;  ///< the question is stored as an input
  reasoning::AsOf as_of = {};
  std::optional<bool> is_right = {};    ///< judges the answer that is given, which is learned from
  reasoning::RecallFilter filter = {};  ///< only what these inputs say
};

/// "2024-05-06" or another time; a number up to the life's inputs is that input. Throws base::Error for anything else.
reasoning::AsOf as_of(const memory::Life& life, const std::string& text);

struct Evidence {
  Quoted input;
  double score = 0;
};

struct AskValue {
  std::optional<std::string> answer;            ///< nothing: it abstained
  double confidence = 0;                        ///< 0 to 1
  std::vector<Evidence> evidence;               ///< best first
  std::vector<memory::EpisodeId> chain = {};    ///< inputs whose facts lead to the answer; the last one says it
  std::optional<std::string> inferred_by = {};  ///< the rule from which it follows, if nobody told it
  std::optional<double> gone_since = {};  ///< without an answer: it was told, and withdrawn then (seconds since 1970)
};

/// Throws base::Error if the question is not UTF-8, UnknownName if the life has no such group or speaker.
AskValue ask(reasoning::Mind& mind, const AskRequest& request);

/// {"answer","confidence","evidence":[{"episode","text","score","source","line","group","speaker","time"}],
/// "chain":[episodes],"inferred_by","no_longer_known_since","abstained"}.
nlohmann::ordered_json to_json(const AskValue& value);
/// What it wrote, read again (json_fields.h).
AskValue ask_value_of(const nlohmann::json& object);

}  // namespace noema::app
