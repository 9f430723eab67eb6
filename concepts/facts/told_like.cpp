#include "concepts/facts/told_like.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace noema::concepts::facts {
namespace {

/// The words in which a link is told: its template's constants, and what fills its condition's slot.
Words words_of(const Told& told, const Link& link) {
  Words words = told.form(link.form).pattern;
  std::erase(words, kSlot);
  if (link.where) {
    const Words& condition = told.words_of(link.is);
    words.insert(words.end(), condition.begin(), condition.end());
  }
  return words;
}

}  // namespace

ToldLike::ToldLike(std::span<const Words* const> forms) : forms_(static_cast<double>(forms.size())) {
  for (const Words* form : forms)
    for (const Word word : std::set<Word>(form->begin(), form->end())) ++forms_with_[word];
}

double ToldLike::bits_of(Word word) const {
  const auto found = forms_with_.find(word);
  return std::log2((forms_ + 1) / ((found == forms_with_.end() ? 0 : found->second) + 1));
}

ToldLike::Found ToldLike::find(const Told& told, std::span<const Relation> relations, const Alike& alike,
                               const Words& form) const {
  std::set<Word> constants(form.begin(), form.end());
  constants.erase(kSlot);
  double all = 0;
  for (const Word word : constants) all += bits_of(word);
  Found best;
  bool is_tied = false;
  for (const Relation& relation : relations) {
    double most = 0;
    for (const Link& link : relation) {
      const Words said = words_of(told, link);
      double held = 0;
      for (const Word word : constants)
        if (std::any_of(said.begin(), said.end(), [&](Word other) { return other == word || alike(other, word); }))
          held += bits_of(word);
      most = std::max(most, all > 0 ? held / all : 0);
    }
    if (most == best.coverage) is_tied = true;
    if (most > best.coverage) best = {&relation, most}, is_tied = false;
  }
  if (is_tied) best.relation = nullptr;
  return best;
}

void ToldLike::learn(std::vector<Tried> tried) {
  constexpr double kLeastRate = 0.8;
  constexpr double kMost = 0.5;  // share of a form's bits
  std::sort(tried.begin(), tried.end(), [](const Tried& a, const Tried& b) {
    return a.coverage != b.coverage ? a.coverage > b.coverage : a.is_right && !b.is_right;
  });
  least_coverage_ = kNever;
  right_ = wrong_ = 0;
  std::uint32_t right = 0;
  std::uint32_t wrong = 0;
  for (const Tried& one : tried) {
    ++(one.is_right ? right : wrong);
    if ((right + 1.0) / (right + wrong + 2.0) < kLeastRate) continue;
    least_coverage_ = std::max(one.coverage, kMost);
    right_ = right;
    wrong_ = wrong;
  }
}

const Relation* ToldLike::asked_by(const Told& told, std::span<const Relation> relations, const Alike& alike,
                                   const Words& form) const {
  if (!has_learned()) return nullptr;
  const Found found = find(told, relations, alike, form);
  return found.coverage >= least_coverage_ ? found.relation : nullptr;
}

}  // namespace noema::concepts::facts
