#pragma once
// The words that an episode is found by.

#include <string>
#include <string_view>

#include "base/text.h"

namespace noema::memory {

/// The identities of a text's units, separated by blanks: what the full-text index holds of an episode.
std::string search_terms(base::Segmenter& segmenter, std::string_view text);

}  // namespace noema::memory
