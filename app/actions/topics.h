#pragma once
// What a life's inputs are about, and what texts are about by that.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "memory/life.h"
#include "reasoning/company.h"

namespace noema::app {

/// Throws base::Error if thinking has not made them yet.
concepts::company::Topics topics_of(const memory::Life& life);

struct TopicValue {
  std::size_t topic = 0;  ///< from 1, the largest first
  std::string label;      ///< its two most telling words
  std::size_t inputs = 0;
  std::vector<std::string> words;  ///< that tell it apart, the most telling first
  std::vector<std::string> examples;
};

/// The largest topics of a life, at most `most`.
std::vector<TopicValue> topics_in(const memory::Life& life, const concepts::company::Topics& topics, std::size_t most);

/// The topic of one text; absent if no word of it tells one.
struct TextTopic {
  std::string text;
  std::size_t line = 0;  ///< where it stands, from 1
  std::optional<std::size_t> topic;
  std::string label;
  double probability = 0;
};

/// One a text, in order.
std::vector<TextTopic> topics_of_texts(const concepts::company::Topics& topics, const std::vector<std::string>& texts);

/// {"topic","label","inputs","words","examples"}.
nlohmann::ordered_json to_json(const TopicValue& value);
/// {"line","topic","label","probability"}; null where nothing tells.
nlohmann::ordered_json to_json(const TextTopic& value);

}  // namespace noema::app
