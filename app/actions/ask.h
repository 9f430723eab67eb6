#pragma once
// Asking a life.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/source.h"
#include "reasoning/mind.h"

namespace noema::app {

struct AskRequest {
  std::string question;
  bool learn = true;  ///< the question is stored as an input
};

struct Evidence {
  Quoted input;
  double score = 0;
};

struct AskValue {
  std::optional<std::string> answer;          ///< nothing: it abstained
  double confidence = 0;                      ///< 0 to 1
  std::vector<Evidence> evidence;             ///< best first
  std::vector<memory::EpisodeId> chain = {};  ///< inputs whose facts lead to the answer; the last one says it
};

/// Throws base::Error if the question is not UTF-8.
AskValue ask(reasoning::Mind& mind, const AskRequest& request);

/// {"answer","confidence","evidence":[{"episode","text","score"}],"chain":[episodes],"abstained"}.
nlohmann::ordered_json to_json(const AskValue& value);

}  // namespace noema::app
