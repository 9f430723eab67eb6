#include "app/actions/recall.h"

#include <fmt/format.h>

#include <set>

#include "app/actions/json_fields.h"
#include "app/actions/names.h"
#include "app/human.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/failure_context.h"
#include "base/json.h"
#include "base/text.h"

namespace noema::app {

using nlohmann::ordered_json;

RecallValue recall(reasoning::Mind& mind, const RecallRequest& request) {
  const base::FailureContext context("recalling by a cue");
  if (const auto bad = base::first_invalid_utf8(request.cue))
    throw base::Error(fmt::format("the cue is not UTF-8 at byte {}", *bad));
  const auto recalled = mind.recall(request.cue, request.k, request.filter);
  const reasoning::MindView view = mind.view();
  if (recalled.empty()) refuse_unknown(view.life(), request.filter);
  RecallValue value;
  for (const reasoning::Recalled& one : recalled) {
    auto input = quoted(view.life(), one.episode);
    if (!input) continue;  // it was forgotten meanwhile
    RecallHit hit{std::move(*input), one.score, {}, one.times, one.since, one.last};
    for (const concepts::ConceptId id : one.via)
      if (view.graph().still_has(id)) hit.via.push_back(label_of(view.graph(), id));
    value.hits.push_back(std::move(hit));
  }
  return value;
}

Query query_of(const std::string& line, const std::string& where, const RecallRequest& defaults) {
  const auto object = base::json_from_outside(line);
  if (!object.is_object() || !object.contains("text") || !object["text"].is_string())
    throw base::Error(fmt::format("{}: expected {{\"id\", \"text\", \"group\"?}}", where));
  Query query{object.value("id", nlohmann::json()), defaults};
  query.request.cue = object["text"].get<std::string>();
  if (const auto group = object.find("group"); group != object.end() && !group->is_null()) {
    if (!group->is_string())
      throw base::Error(fmt::format("{}: \"group\" is {}, expected a string", where, group->type_name()));
    query.request.filter.group = group->get<std::string>();
  }
  return query;
}

ordered_json to_json(const RecallHit& hit, std::size_t rank) {
  return {{"rank", rank},
          {"episode", hit.input.episode},
          {"id", json_or_null(hit.input.id)},
          {"text", hit.input.text},
          {"score", hit.score},
          {"via", hit.via},
          {"times", hit.times},
          {"since", base::iso8601(hit.since)},
          {"last", base::iso8601(hit.last)},
          {"source", hit.input.source},
          {"line", hit.input.line},
          {"group", hit.input.group},
          {"speaker", json_or_null(hit.input.speaker)}};
}

std::string told_when(const RecallHit& hit) {
  if (hit.times == 1) return told_where(hit.input);
  return told_where(hit.input, fmt::format("told {} times, last on", human_count(hit.times)));
}

ordered_json no_hit() {
  return {{"rank", nullptr},   {"episode", nullptr}, {"id", nullptr},
          {"text", nullptr},   {"score", nullptr},   {"via", ordered_json::array()},
          {"times", nullptr},  {"since", nullptr},   {"last", nullptr},
          {"source", nullptr}, {"line", nullptr},    {"group", nullptr},
          {"speaker", nullptr}};
}

ordered_json to_json(const Query& query, const RecallValue& value) {
  ordered_json hits = ordered_json::array();
  std::set<std::pair<std::string, std::string>> seen;
  for (const RecallHit& hit : value.hits) {
    const ordered_json id = hit.input.id ? ordered_json(*hit.input.id) : ordered_json(hit.input.episode);
    if (!seen.emplace(id.dump(-1, ' ', false, ordered_json::error_handler_t::replace), hit.input.group).second)
      continue;
    hits.push_back({{"id", id},
                    {"group", hit.input.group.empty() ? ordered_json(nullptr) : ordered_json(hit.input.group)},
                    {"score", hit.score}});
  }
  return {{"id", query.id}, {"hits", hits}};
}

RecallHit recall_hit_of(const nlohmann::json& object) {
  RecallHit hit;
  hit.input = quoted_of(object);
  object.at("score").get_to(hit.score);
  object.at("via").get_to(hit.via);
  object.at("times").get_to(hit.times);
  hit.since = time_at(object, "since");
  hit.input.time = hit.last = time_at(object, "last");
  return hit;
}

}  // namespace noema::app
