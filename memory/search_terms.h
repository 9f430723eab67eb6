#pragma once
// The words that an episode is found by.

#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace noema::memory {

/// The identities of an episode's units, separated by blanks: what the full-text index holds of it.
std::string search_terms(const std::vector<std::string>& identities);
/// The same of a text, whose units are told apart by the rule.
std::string search_terms(base::Segmenter& segmenter, std::string_view text,
                         base::IdentityRule rule = base::kPresentRule);

}  // namespace noema::memory
