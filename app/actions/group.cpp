#include "app/actions/group.h"

#include <map>

#include "concepts/company/grouping.h"

namespace noema::app {

using concepts::company::Columns;
using concepts::company::kAlikeWidth;
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

ordered_json group_json(const Grouped& value) {
  return value.group ? ordered_json(*value.group) : ordered_json(nullptr);
}

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

std::vector<Grouped> group_texts(const Words& words, const std::vector<std::string>& texts,
                                 const GroupRequest& request) {
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
