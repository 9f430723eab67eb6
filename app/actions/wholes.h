#pragma once
// The wholes of a life: runs of units that have a name of their own, and texts told by them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "memory/life.h"
#include "reasoning/company.h"

namespace noema::app {

/// Throws base::Error if thinking has not found them yet.
concepts::company::Wholes wholes_of(const memory::Life& life);

struct WholeValue {
  std::string label;             ///< as it is mostly written in the inputs that were looked at
  std::uint64_t count = 0;       ///< occurrences outside larger wholes
  double bits = 0;               ///< that naming it saves an occurrence
  nlohmann::ordered_json parts;  ///< nested: a unit is its label, a whole the list of its two parts
};

/// Which come first: those that save most beyond a whole unit in all occurrences, or each time.
enum class WholeOrder { kTotal, kEach };

/// The best wholes that are named (Wholes::is_named()), or all; at most `most`. Looks up a few inputs for each.
std::vector<WholeValue> wholes_in(const memory::Life& life, const concepts::company::Wholes& wholes, WholeOrder order,
                                  bool all, std::size_t most);

/// One text, told by wholes.
struct TextWholes {
  std::size_t line = 0;            ///< where it stands, from 1
  std::vector<std::string> parts;  ///< as written in the text, by named wholes
  concepts::company::TextBits bits;
  std::size_t characters = 0;
};

/// One a text, in order. Throws base::Error where a text is not UTF-8.
std::vector<TextWholes> wholes_of_texts(const concepts::company::Wholes& wholes, const std::vector<std::string>& texts);

/// {"whole","count","bits","parts"}.
nlohmann::ordered_json to_json(const WholeValue& value);
/// {"line","parts","bits","unit_bits","characters"}.
nlohmann::ordered_json to_json(const TextWholes& value);

}  // namespace noema::app
