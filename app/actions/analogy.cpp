#include "app/actions/analogy.h"

#include <algorithm>
#include <set>
#include <sstream>

namespace noema::app {

using concepts::company::Word;
using nlohmann::ordered_json;

AnalogyValue AnalogySolver::hits(const std::array<Word, 3>& words) {
  AnalogyValue value;
  value.covered = true;
  for (const auto& hit : analogies_.solve(words[0], words[1], words[2], k_))
    value.hits.push_back({company_.words[hit.word].label, hit.score});
  return value;
}

AnalogyValue AnalogySolver::solve(const std::array<std::string, 3>& question) {
  return hits({word_named(company_.words, question[0]), word_named(company_.words, question[1]),
               word_named(company_.words, question[2])});
}

void AnalogySolver::solve_all(const std::vector<std::string>& lines,
                              const std::function<void(std::size_t, const AnalogyValue&)>& take) {
  constexpr std::size_t kAtOnce = 384;  // words, three a question at most
  std::vector<std::optional<std::array<Word, 3>>> questions;
  std::size_t line = 0;
  std::set<Word> words;
  const auto answer = [&] {
    analogies_.prepare(std::vector<Word>(words.begin(), words.end()));
    for (const auto& question : questions) take(++line, question ? hits(*question) : AnalogyValue{});
    questions.clear();
    words.clear();
  };
  for (const std::string& text : lines) {
    std::istringstream fields(text);
    std::array<Word, 3> question{};
    std::string field;
    const bool covered = std::all_of(question.begin(), question.end(), [&](Word& word) {
      const auto found = fields >> field ? word_written(company_.words, field) : std::nullopt;
      word = found.value_or(0);
      return found.has_value();
    });
    questions.push_back(covered ? std::optional(question) : std::nullopt);
    if (covered) words.insert(question.begin(), question.end());
    if (words.size() > kAtOnce - 3) answer();
  }
  answer();
}

ordered_json to_json(const AnalogyHit& hit) { return {{"label", hit.label}, {"score", hit.score}}; }

ordered_json to_json(std::size_t line, const AnalogyValue& value) {
  ordered_json hits = ordered_json::array();
  for (const AnalogyHit& hit : value.hits) hits.push_back(to_json(hit));
  return {{"question", line},
          {"answer", value.hits.empty() ? ordered_json(nullptr) : ordered_json(value.hits.front().label)},
          {"hits", hits},
          {"covered", value.covered}};
}

}  // namespace noema::app
