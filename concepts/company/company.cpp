#include "concepts/company/company.h"

#include <algorithm>

namespace noema::concepts::company {
namespace {

struct Stopped {};

/// Asks whether to go on between products.
Products asking(Products matrix, const std::function<void()>& ask) {
  const auto with = [&ask](auto product) {
    return [product, &ask](const Columns& x) {
      ask();
      return product(x);
    };
  };
  return {matrix.rows, matrix.columns, with(matrix.times), with(matrix.transposed_times)};
}

/// The vocabulary without the units that have no name.
Vocabulary named(const Vocabulary& all, const NameUnit& names, std::vector<WordEntry>& entries) {
  std::vector<std::pair<ConceptId, std::uint64_t>> words;
  for (Word word = 0; word < all.size(); ++word) {
    auto name = names(all.unit(word));
    if (!name) continue;
    words.emplace_back(all.unit(word), all.occurrences(word));
    entries.push_back({all.unit(word), all.occurrences(word), std::move(name->identity), std::move(name->label), 0});
  }
  return {all.units(), std::move(words)};
}

}  // namespace

Words::Words(std::uint64_t units, std::vector<WordEntry> entries, Columns vectors)
    : units_(units), entries_(std::move(entries)), vectors_(std::move(vectors)) {
  for (Word word = 0; word < entries_.size(); ++word) numbers_.try_emplace(entries_[word].identity, word);
  double all = 0, occurrences = 0;
  for (const WordEntry& entry : entries_) {
    all += static_cast<double>(entry.occurrences) * double{entry.informativeness};
    occurrences += static_cast<double>(entry.occurrences);
  }
  if (occurrences > 0) mean_ = all / occurrences;
}

std::optional<Word> Words::find(std::string_view identity) const {
  const auto found = numbers_.find(identity);
  return found == numbers_.end() ? std::nullopt : std::optional(found->second);
}

Columns Words::directions(Eigen::Index width) const {
  Columns result = vectors_.leftCols(std::min(width, vectors_.cols()));
  for (Eigen::Index row = 0; row < result.rows(); ++row) result.row(row).normalize();
  return result;
}

std::vector<ScoredWord> best_of(std::vector<ScoredWord> scored, std::size_t k) {
  k = std::min(k, scored.size());
  std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(k), scored.end(),
                    [](const ScoredWord& a, const ScoredWord& b) {
                      return a.score != b.score ? a.score > b.score : a.word < b.word;
                    });
  scored.resize(k);
  return scored;
}

std::vector<ScoredWord> nearest_words(const Words& words, Word word, std::size_t k) {
  const Columns directions = words.directions(kAlikeWidth);
  const Eigen::VectorXf cosines = directions * directions.row(word).transpose();
  std::vector<ScoredWord> scored;
  for (Word other = 0; other < words.size(); ++other)
    if (other != word) scored.push_back({other, cosines[other]});
  return best_of(std::move(scored), k);
}

std::optional<Company> make_company(const Episodes& episodes, const NameUnit& names, std::uint64_t seed,
                                    const CompanyOptions& options, const std::function<bool()>& keep_on) {
  const std::function<void()> ask = [&] {
    if (keep_on && !keep_on()) throw Stopped{};
  };
  const Episodes interruptible = [&](const VisitUnits& visit) {
    std::uint32_t visited = 0;
    episodes([&](std::span<const ConceptId> units) {
      if (++visited % 1024 == 0) ask();
      visit(units);
    });
  };
  try {
    std::vector<WordEntry> entries;
    const Vocabulary vocabulary =
        named(commonest_units(interruptible, options.most_words, options.least_occurrences), names, entries);
    Associations associations(count_windows(interruptible, vocabulary, options.window));
    const std::vector<float> informativeness = associations.informativeness();
    for (Word word = 0; word < entries.size(); ++word) entries[word].informativeness = informativeness[word];
    LowRank found = low_rank(asking(associations.around(), ask), options.width, seed);
    found.left *= found.singular.cwiseSqrt().asDiagonal();
    return Company{Words(vocabulary.units(), std::move(entries), std::move(found.left)), std::move(associations)};
  } catch (const Stopped&) {
    return std::nullopt;
  }
}

}  // namespace noema::concepts::company
