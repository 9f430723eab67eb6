// The functions: each calls the action of its command and gives that action's JSON.

#include "app/sql/table_functions.h"

#include "app/actions/recall.h"
#include "app/actions/similar.h"
#include "app/actions/spread.h"
#include "app/actions/way.h"
#include "app/results.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;
using Rows = std::vector<ordered_json>;

constexpr base::Range kSteps{1, 100, true};
constexpr std::size_t kMostActive = 1000;  // concepts of a spreading that are given

const TableArgument kK{"k", true, 10, false, kResults};

template <typename Values>
Rows rows_of(const Values& values) {
  Rows rows;
  for (const auto& value : values) rows.push_back(to_json(value));
  return rows;
}

/// Puts the row's number, from 1, before its other columns.
Rows numbered(const char* name, const Rows& rows) {
  Rows all;
  for (const ordered_json& row : rows) {
    all.push_back({{name, all.size() + 1}});
    all.back().update(row);
  }
  return all;
}

Rows similar_rows(HeldLife& life, const json& arguments) {
  const auto word = arguments.at("word").get<std::string>();
  const auto k = arguments.at("k").get<std::size_t>();
  if (life.words() != nullptr)
    if (const auto by_company = similar_by_company(*life.words(), word, k)) return rows_of(*by_company);
  return rows_of(similar(life.mind(), word, k));
}

Rows recall_rows(HeldLife& life, const json& arguments) {
  RecallRequest request;
  request.cue = arguments.at("cue");
  request.k = arguments.at("k");
  Rows rows;
  for (const RecallHit& hit : recall(life.mind(), request).hits) rows.push_back(to_json(hit, rows.size() + 1));
  return rows;
}

Rows senses_rows(HeldLife& life, const json& arguments) {
  const auto word = arguments.at("word").get<std::string>();
  const json& sentence = arguments.at("sentence");
  return rows_of(sentence.is_null() ? life.senses().senses(word)
                                    : life.senses().senses_in(word, sentence.get<std::string>()));
}

Rows spread_rows(HeldLife& life, const json& arguments) {
  return rows_of(spread(life.mind().view(), arguments.at("concept"), arguments.at("steps"), kMostActive));
}

Rows path_rows(HeldLife& life, const json& arguments) {
  return numbered("step",
                  rows_of(way_between(life.mind().view(), arguments.at("from_concept"), arguments.at("to_concept"))));
}

}  // namespace

const std::vector<TableFunction>& table_functions() {
  static const std::vector<TableFunction> all{
      {"noema_similar",
       "noema_similar('cat', 5)",
       {"label", "score"},
       {{"word", false, nullptr, true}, kK},
       similar_rows},
      {"noema_recall",
       "noema_recall('the cat on the chair', 5)",
       {"rank", "episode", "id", "text", "score", "via", "times", "since", "last", "source", "line", "group",
        "speaker"},
       {{"cue", false, nullptr, true}, kK},
       recall_rows},
      {"noema_senses",
       "noema_senses('bank') or noema_senses('bank', 'the bank of the river')",
       {"sense", "label", "count", "examples", "neighbours", "wholes", "probability", "start"},
       {{"word", false, nullptr, true}, {"sentence", false}},
       senses_rows},
      {"noema_spread",
       "noema_spread('cat', 2)",
       {"id", "label", "kind", "activation"},
       {{"concept", false, nullptr, true}, {"steps", true, 2, false, kSteps}},
       spread_rows},
      {"noema_path",
       "noema_path('cat', 'dog')",
       {"step", "id", "label", "role", "bits"},
       {{"from_concept", false, nullptr, true}, {"to_concept", false, nullptr, true}},
       path_rows}};
  return all;
}

}  // namespace noema::app
