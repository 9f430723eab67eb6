#include "app/actions/group.h"

#include <limits>
#include <map>
#include <unordered_map>

#include "app/actions/json_fields.h"
#include "concepts/company/grouping.h"
#include "concepts/company/topics.h"

namespace noema::app {

using concepts::company::Columns;
using concepts::company::kAlikeWidth;
using concepts::company::MadeTopics;
using concepts::company::TopicOptions;
using concepts::company::UnitNames;
using concepts::company::VisitUnits;
using concepts::company::Word;
using concepts::company::Words;
using nlohmann::ordered_json;

namespace {

/// Groups the rows; `rows` says for each value its row, if it has one.
void take_groups(std::vector<Grouped>& values, const std::vector<std::optional<std::size_t>>& rows,
                 const Columns& points, const GroupRequest& request) {
  const auto groups = concepts::company::group_points(points, request.groups, request.seed);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (rows[i]) values[i].group = groups[*rows[i]] + 1;
}

/// Groups many texts by their topics. A text without a unit has no group.
std::vector<Grouped> group_by_topics(const std::vector<std::string>& texts, const GroupRequest& request) {
  base::Segmenter segmenter;
  std::vector<std::string> identities{{}};  // of units, whose numbers begin after that of the boundary
  std::unordered_map<std::string, concepts::ConceptId> numbers;
  std::vector<std::vector<concepts::ConceptId>> inputs;
  for (const std::string& text : texts) {
    std::vector<concepts::ConceptId>& input = inputs.emplace_back();
    if (base::first_invalid_utf8(text)) continue;
    for (const std::string& identity : base::identities_in(segmenter, text)) {
      const auto [place, fresh] = numbers.try_emplace(identity, static_cast<concepts::ConceptId>(identities.size()));
      if (fresh) identities.push_back(identity);
      input.push_back(place->second);
    }
  }
  const auto names = [&](concepts::ConceptId id) {
    return std::optional(UnitNames{identities[id], identities[id], {}});
  };
  const auto visit_all = [&](const VisitUnits& visit) {
    for (const auto& input : inputs) visit(input);
  };
  TopicOptions options;
  options.topics = request.groups;
  options.most_mentions = std::numeric_limits<std::size_t>::max();  // every text gets its group
  const MadeTopics made = *make_topics(visit_all, names, request.seed, options);
  const std::size_t rest = std::min(made.topics.size() + 1, request.groups.value_or(made.topics.size() + 1));
  std::vector<Grouped> values;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    values.push_back({texts[i], i + 1, std::nullopt});
    if (!inputs[i].empty()) values.back().group = made.of_inputs[i] ? *made.of_inputs[i] + std::size_t{1} : rest;
  }
  return values;
}

ordered_json group_json(const Grouped& value) { return json_or_null(value.group); }

}  // namespace

std::vector<Grouped> group_words(const Words& words, const std::vector<std::string>& given,
                                 const GroupRequest& request) {
  const Columns directions = words.directions(kAlikeWidth);
  std::vector<Grouped> values;
  std::vector<std::optional<std::size_t>> rows;
  std::map<Word, std::size_t> row_of;
  Columns points(static_cast<Eigen::Index>(given.size()), directions.cols());
  for (const std::string& text : given) {
    values.push_back({text, values.size() + 1, std::nullopt});
    const auto word = word_written(words, text);
    rows.push_back(word ? std::optional(row_of.try_emplace(*word, row_of.size()).first->second) : std::nullopt);
    if (word) points.row(static_cast<Eigen::Index>(*rows.back())) = directions.row(*word);
  }
  take_groups(values, rows, points.topRows(static_cast<Eigen::Index>(row_of.size())), request);
  return values;
}

bool tell_by_themselves(const std::vector<std::string>& texts, const GroupRequest& request) {
  return texts.size() > concepts::company::kMostCompared &&
         request.groups.value_or(0) < concepts::company::kPutTogether;
}

std::vector<Grouped> group_texts(const Words& words, const std::vector<std::string>& texts,
                                 const GroupRequest& request) {
  if (tell_by_themselves(texts, request)) return group_by_topics(texts, request);
  const Columns directions = words.directions(kAlikeWidth);
  std::vector<Grouped> values;
  std::vector<std::optional<std::size_t>> rows;
  Columns points(static_cast<Eigen::Index>(texts.size()), directions.cols());
  Eigen::Index count = 0;
  TextWords text_words;
  for (const std::string& text : texts) {
    values.push_back({text, values.size() + 1, std::nullopt});
    const Eigen::RowVectorXf direction = direction_of(text_words.of(words, text), words, directions);
    rows.push_back(direction.isZero(0) ? std::nullopt : std::optional(static_cast<std::size_t>(count)));
    if (rows.back()) points.row(count++) = direction;
  }
  take_groups(values, rows, points.topRows(count), request);
  return values;
}

ordered_json word_json(const Grouped& value) { return {{"word", value.text}, {"group", group_json(value)}}; }
ordered_json line_json(const Grouped& value) { return {{"line", value.line}, {"group", group_json(value)}}; }

}  // namespace noema::app
