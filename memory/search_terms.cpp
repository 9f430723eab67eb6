#include "memory/search_terms.h"

namespace noema::memory {

std::string search_terms(const std::vector<std::string>& identities) {
  std::string terms;
  for (const std::string& identity : identities) {
    if (!terms.empty()) terms += ' ';
    terms += identity;
  }
  return terms;
}

std::string search_terms(base::Segmenter& segmenter, std::string_view text, base::IdentityRule rule) {
  return search_terms(base::identities_in(segmenter, text, rule));
}

}  // namespace noema::memory
