#include "reasoning/written_forms.h"

#include <unicode/utf8.h>

#include <algorithm>

#include "base/nearest.h"
#include "reasoning/company.h"

namespace noema::reasoning {

using concepts::ConceptId;

namespace {

/// The first characters of a word, as many as forms of one word share at least; empty for a shorter one.
std::string beginning_of(const std::string& word) {
  std::int32_t end = 0;
  const auto size = static_cast<std::int32_t>(word.size());
  for (std::size_t i = 0; i < base::kLeastBeginning; ++i) {
    if (end == size) return {};
    U8_FWD_1(word.data(), end, size);
  }
  return word.substr(0, static_cast<std::size_t>(end));
}

}  // namespace

struct WrittenForms::Company {
  explicit Company(concepts::company::Words of)
      : words(std::move(of)), directions(words.directions(concepts::company::kAlikeWidth)) {}
  concepts::company::Words words;
  concepts::company::Columns directions;
};

void WrittenForms::catch_up(const concepts::GraphView& graph, const memory::Life& life) {
  if (const CompanyStamp stamp = company_stamp(life); stamp.position != made_) {
    auto words = stored_words(life);
    company_ = words ? std::make_shared<const Company>(*std::move(words)) : nullptr;
    made_ = stamp.position;
  }
  for (; next_ < graph.size(); ++next_) {
    const auto* unit = graph.still_has(next_) ? graph.node(next_).as<concepts::Unit>() : nullptr;
    if (unit == nullptr) continue;
    std::string beginning = beginning_of(unit->label);
    if (!beginning.empty()) by_beginning_[std::move(beginning)].push_back(next_);
  }
}

bool WrittenForms::are_forms(const std::string& a, const std::string& b) const {
  constexpr std::size_t kMostEnding = 3;
  constexpr float kSameCompany = 0.25F;  // of two words drawn at random nine in ten have less than 0.22
  const auto x = company_ ? company_->words.find(a) : std::nullopt, y = x ? company_->words.find(b) : std::nullopt;
  if (!y) return base::are_written_alike(a, b);
  const auto endings = base::endings_of(a, b);
  return endings && endings->longest <= std::min(kMostEnding, endings->same) &&
         company_->directions.row(*x).dot(company_->directions.row(*y)) >= kSameCompany;
}

std::vector<ConceptId> WrittenForms::of(const concepts::GraphView& graph, const std::string& identity,
                                        std::size_t most) const {
  std::vector<ConceptId> forms;
  const auto found = by_beginning_.find(beginning_of(identity));
  if (found == by_beginning_.end()) return forms;
  for (const ConceptId id : found->second) {
    const auto* unit = graph.still_has(id) ? graph.node(id).as<concepts::Unit>() : nullptr;
    if (unit != nullptr && unit->label != identity && are_forms(unit->label, identity)) forms.push_back(id);
  }
  std::stable_sort(forms.begin(), forms.end(), [&](ConceptId a, ConceptId b) {
    return graph.nodes().positions_of(a).size() > graph.nodes().positions_of(b).size();
  });
  if (forms.size() > most) forms.resize(most);
  return forms;
}

}  // namespace noema::reasoning
