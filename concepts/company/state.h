#pragma once
// A company as bytes, and back.

#include <string>
#include <string_view>

#include "concepts/company/company.h"

namespace noema::concepts::company {

/// The words with their vectors, a byte a dimension (each row has its scale), so about `width` + 40 bytes a word.
std::string save(const Words& words);
/// The cells: rows of differences and counts as LEB128 bytes, about 3 bytes a cell.
std::string save(const Associations& associations);

/// Throw base::Error if the bytes are not what save() makes.
Words load_words(std::string_view bytes);
Associations load_associations(std::string_view bytes);

}  // namespace noema::concepts::company
