#include "concepts/facts/state.h"

#include <string>

#include "base/error.h"

namespace noema::concepts::facts {

std::int64_t read_number(const nlohmann::json& value, std::int64_t least, std::int64_t most) {
  constexpr auto kLargest = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool is_whole =
      value.is_number_integer() && !(value.is_number_unsigned() && value.get<std::uint64_t>() > kLargest);
  if (is_whole && value.get<std::int64_t>() >= least && value.get<std::int64_t>() <= most)
    return value.get<std::int64_t>();
  throw base::Error("expected a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                    ", found " + value.dump().substr(0, 40));
}

Words read_words(const nlohmann::json& value, Word least) {
  if (!value.is_array()) throw base::Error("expected a list of words, found " + value.dump().substr(0, 40));
  Words words;
  for (const auto& word : value) words.push_back(static_cast<Word>(read_number(word, least, kMaxWord)));
  return words;
}

const nlohmann::json& list_in(const nlohmann::json& state, const char* key) {
  static const nlohmann::json kEmpty = nlohmann::json::array();
  const auto found = state.find(key);
  if (found == state.end()) return kEmpty;
  if (!found->is_array())
    throw base::Error(std::string("expected a list under ") + key + ", found " + found->dump().substr(0, 40));
  return *found;
}

}  // namespace noema::concepts::facts
