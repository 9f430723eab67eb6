#include "app/actions/topics.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/actions/company.h"
#include "base/text.h"

namespace noema::app {

using concepts::company::Topic;
using concepts::company::Topics;
using nlohmann::ordered_json;

namespace {

/// The most telling words that are no marks.
std::vector<std::string> words_of_topic(const Topics& topics, Topic topic, std::size_t most) {
  std::vector<std::string> words;
  for (const auto* word : topics.telling(topic, 2 * most))
    if (words.size() < most && !base::is_mark(word->identity)) words.push_back(word->label);
  if (words.empty())  // a topic of marks alone
    for (const auto* word : topics.telling(topic, most)) words.push_back(word->label);
  return words;
}

std::string label_of_topic(const std::vector<std::string>& words) {
  constexpr std::size_t kInLabel = 2;
  const auto end = words.begin() + static_cast<std::ptrdiff_t>(std::min(kInLabel, words.size()));
  return fmt::format("{}", fmt::join(words.begin(), end, ", "));
}

}  // namespace

Topics topics_of(const memory::Life& life) {
  auto topics = reasoning::stored_topics(life);
  if (!topics) refuse_until_thought(life, "what its inputs are about");
  return std::move(*topics);
}

std::vector<TopicValue> topics_in(const memory::Life& life, const Topics& topics, std::size_t most) {
  constexpr std::size_t kWords = 10, kExamples = 3;
  std::vector<TopicValue> values;
  for (Topic topic = 0; topic < std::min(most, topics.size()); ++topic) {
    TopicValue value{topic + 1U, {}, topics[topic].inputs, words_of_topic(topics, topic, kWords), {}};
    value.label = label_of_topic(value.words);
    for (const std::uint64_t id : topics[topic].examples) {
      const auto row = life.episodes().find(static_cast<memory::EpisodeId>(id));
      if (!row || value.examples.size() == kExamples) continue;  // it may have been let go since
      if (std::find(value.examples.begin(), value.examples.end(), row->text) == value.examples.end())
        value.examples.push_back(row->text);
    }
    values.push_back(std::move(value));
  }
  return values;
}

std::vector<TextTopic> topics_of_texts(const Topics& topics, const std::vector<std::string>& texts) {
  std::vector<std::string> labels;
  for (Topic topic = 0; topic < topics.size(); ++topic)
    labels.push_back(label_of_topic(words_of_topic(topics, topic, 2)));
  base::Segmenter segmenter;
  std::vector<TextTopic> values;
  for (const std::string& text : texts) {
    TextTopic& value = values.emplace_back(TextTopic{text, values.size() + 1, std::nullopt, {}, 0});
    if (base::first_invalid_utf8(text)) continue;
    const auto choice = topics.choose(base::identities_in(segmenter, text));
    if (!choice) continue;
    value.topic = choice->topic + 1U;
    value.label = labels[choice->topic];
    value.probability = choice->probability;
  }
  return values;
}

ordered_json to_json(const TopicValue& value) {
  return {{"topic", value.topic},
          {"label", value.label},
          {"inputs", value.inputs},
          {"words", value.words},
          {"examples", value.examples}};
}

ordered_json to_json(const TextTopic& value) {
  if (!value.topic) return {{"line", value.line}, {"topic", nullptr}, {"label", nullptr}, {"probability", nullptr}};
  return {{"line", value.line}, {"topic", *value.topic}, {"label", value.label}, {"probability", value.probability}};
}

}  // namespace noema::app
