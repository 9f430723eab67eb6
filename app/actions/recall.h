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
  reasoning::RecallFilter filter = {};  ///< only inputs of this group, of this speaker, told since then
};

struct RecallHit {
  Quoted input;  ///< of a text that was told several times the newest
  double score = 0;
  std::vector<std::string> via = {};  ///< labels of the concepts through which the input was found, strongest first
  std::size_t times = 1;              ///< how often its text was told
  double since = 0, last = 0;         ///< seconds since 1970: when it was told first and last
};

struct RecallValue {
  std::vector<RecallHit> hits;  ///< best first
};

/// Throws base::Error if the cue is not UTF-8, UnknownName if the life has no such group or speaker.
RecallValue recall(reasoning::Mind& mind, const RecallRequest& request);

/// "told 5 times, last on 2024-02-29 12:00 by Ann"; of a text that was told once as told_where() says.
std::string told_when(const RecallHit& hit);

/// One line of a file of queries.
struct Query {
  nlohmann::json id;  ///< the caller's own; null if none
  RecallRequest request;
};
/// Parses such a line. Throws base::Error, naming `where`, if it is not valid.
Query query_of(const std::string& line, const std::string& where, const RecallRequest& defaults);

/// {"rank","episode","id","text","score","via","times","since","last","source","line","group","speaker"}; rank from 1,
/// times told as ISO 8601.
nlohmann::ordered_json to_json(const RecallHit& hit, std::size_t rank);
/// What it wrote, read again (json_fields.h).
RecallHit recall_hit_of(const nlohmann::json& object);
/// The same with null values: nothing was recalled.
nlohmann::ordered_json no_hit();
/// {"id","hits":[{"id","group","score"}]}. The id of a hit is the input's own id, or its number if it has none; each id
/// appears once in its group.
nlohmann::ordered_json to_json(const Query& query, const RecallValue& value);

}  // namespace noema::app
