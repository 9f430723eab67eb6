#pragma once
// Recalling inputs by a cue.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/source.h"
#include "reasoning/mind.h"

namespace noema::app {

struct RecallRequest {
  std::string cue;
  std::size_t k = 10;
  std::optional<std::string> group;  ///< only inputs of this group
};

struct RecallHit {
  Quoted input;
  double score = 0;
  std::vector<std::string> via;  ///< labels of the concepts through which the input was found, strongest first
};

struct RecallValue {
  std::vector<RecallHit> hits;  ///< best first
};

/// Throws base::Error if the cue is not UTF-8, UnknownName if the life has no such group.
RecallValue recall(reasoning::Mind& mind, const RecallRequest& request);

/// One line of a file of queries.
struct Query {
  nlohmann::json id;  ///< the caller's own; null if none
  RecallRequest request;
};
/// Parses such a line. Throws base::Error, naming `where`, if it is not valid.
Query query_of(const std::string& line, const std::string& where, const RecallRequest& defaults);

/// {"rank","episode","id","text","score","via"}; rank from 1.
nlohmann::ordered_json to_json(const RecallHit& hit, std::size_t rank);
/// The same with null values: nothing was recalled.
nlohmann::ordered_json no_hit();
/// {"id","hits":[{"id","group","score"}]}. The id of a hit is the input's own id, or its number if it has none; each id
/// appears once in its group.
nlohmann::ordered_json to_json(const Query& query, const RecallValue& value);

}  // namespace noema::app
