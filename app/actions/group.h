#pragma once
// Words or texts in groups, by the company that words keep.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "app/actions/company.h"

namespace noema::app {

struct GroupRequest {
  std::optional<std::size_t> groups;  ///< absent: as many as describe them shortest
  std::uint64_t seed = 1;
};

/// The group of one word or text, from 1; absent if nothing is known of it.
struct Grouped {
  std::string text;
  std::size_t line = 0;  ///< where it stands, from 1
  std::optional<std::size_t> group;
};

/// One a word, in order; writings of one word are in one group.
std::vector<Grouped> group_words(const concepts::company::Words& words, const std::vector<std::string>& given,
                                 const GroupRequest& request);
/// Whether the texts are so many that they tell by themselves what they are about; group_texts() then needs no words.
bool tell_by_themselves(const std::vector<std::string>& texts, const GroupRequest& request);
/// One a text, in order. A few texts are grouped by what the life knows of their words; some thousands tell by
/// themselves what they are about, and are grouped by their topics (concepts/company/topics.h). Those that no word
/// tells are a group of their own, the last.
std::vector<Grouped> group_texts(const concepts::company::Words& words, const std::vector<std::string>& texts,
                                 const GroupRequest& request);

/// {"word","group"} and {"line","group"}.
nlohmann::ordered_json word_json(const Grouped& value);
nlohmann::ordered_json line_json(const Grouped& value);

}  // namespace noema::app
