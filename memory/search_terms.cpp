#include "memory/search_terms.h"

namespace noema::memory {

std::string search_terms(base::Segmenter& segmenter, std::string_view text) {
  std::string terms;
  for (const base::Unit& unit : segmenter.split(text)) {
    if (unit.line_end) continue;
    if (!terms.empty()) terms += ' ';
    terms += base::identity_of(base::surface_of(text, unit));
  }
  return terms;
}

}  // namespace noema::memory
