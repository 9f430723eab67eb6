#include "concepts/company/topics_state.h"

#include <cmath>
#include <nlohmann/json.hpp>

#include "base/error.h"

namespace noema::concepts::company {
namespace {

using nlohmann::json;

[[noreturn]] void topics_are_damaged() {
  throw base::Error("the topics are damaged: their bytes are not what was stored; run `noema check`");
}

double positive_in(const json& value) {
  const auto number = value.get<double>();
  if (!std::isfinite(number) || number <= 0) topics_are_damaged();
  return number;
}

TopicEntry entry_in(const json& row) {
  TopicEntry entry{row.at(0).get<std::uint32_t>(), row.at(1).get<std::vector<std::uint64_t>>()};
  if (entry.inputs == 0) topics_are_damaged();
  return entry;
}

TopicWord word_in(const json& row, std::size_t topics) {
  TopicWord word{row.at(0).get<std::string>(), row.at(1).get<std::string>(), positive_in(row.at(2)), {}};
  if (word.label.empty()) word.label = word.identity;
  const json& counts = row.at(3);
  for (std::size_t i = 0; i + 1 < counts.size(); i += 2) {
    word.counts.emplace_back(counts[i].get<Topic>(), counts[i + 1].get<std::uint32_t>());
    if (word.counts.back().first >= topics || word.counts.back().second == 0) topics_are_damaged();
  }
  return word;
}

}  // namespace

std::string save(const Topics& topics) {
  json entries = json::array(), words = json::array();
  for (Topic topic = 0; topic < topics.size(); ++topic)
    entries.push_back({topics[topic].inputs, topics[topic].examples});
  for (const TopicWord& word : topics.words()) {
    json counts = json::array();
    for (const auto& [topic, count] : word.counts) counts.push_back(topic), counts.push_back(count);
    words.push_back({word.identity, word.label == word.identity ? "" : word.label, word.share, std::move(counts)});
  }
  std::string bytes;
  json::to_cbor(json{{"topics", entries}, {"words", words}, {"strength", topics.strength()}}, bytes);
  return bytes;
}

Topics load_topics(std::string_view bytes) {
  try {
    const json state = json::from_cbor(bytes);
    std::vector<TopicEntry> entries;
    for (const json& row : state.at("topics")) entries.push_back(entry_in(row));
    std::vector<TopicWord> words;
    for (const json& row : state.at("words")) words.push_back(word_in(row, entries.size()));
    return Topics(std::move(words), std::move(entries), positive_in(state.at("strength")));
  } catch (const json::exception&) {
    topics_are_damaged();
  }
}

}  // namespace noema::concepts::company
