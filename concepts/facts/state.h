#pragma once
// Reads a saved state of facts and refuses what no save() writes. Each function throws base::Error, which says what it
// expected.

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>

#include "concepts/facts/pattern.h"

namespace noema::concepts::facts {

/// A whole number within [least, most].
std::int64_t read_number(const nlohmann::json& value, std::int64_t least = std::numeric_limits<std::int64_t>::min(),
                         std::int64_t most = std::numeric_limits<std::int64_t>::max());

/// A list of words, each at least `least` (0 in a sentence, kSlot in a pattern) and at most kMaxWord.
Words read_words(const nlohmann::json& value, Word least);

/// The list under that key; an empty one if the key is not there, for save() leaves empty lists out.
const nlohmann::json& list_in(const nlohmann::json& state, const char* key);

}  // namespace noema::concepts::facts
