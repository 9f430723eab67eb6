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
  std::vector<std::string> identities;
  for (const base::Unit& unit : segmenter.split(text))
    if (!unit.line_end) identities.push_back(base::identity_of(base::surface_of(text, unit), rule));
  return search_terms(identities);
}

}  // namespace noema::memory
