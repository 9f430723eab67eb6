#include "concepts/company/window_counts.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/error.h"

namespace noema::concepts::company {
namespace {

constexpr Word kEnd = kNoWord - 1;  // stands after each episode

/// Units of some episodes as words, and where each word stands among them.
class Block {
 public:
  explicit Block(std::size_t words) : words_(words) {}

  void add(std::span<const ConceptId> episode, const Vocabulary& vocabulary) {
    for (const ConceptId unit : episode) units_.push_back(vocabulary.find(unit));
    units_.push_back(kEnd);
  }
  std::size_t units() const { return units_.size(); }

  /// Word after word, so that the counts of one row at a time are held in a dense array. O(units radius).
  CountMatrix count(std::uint32_t radius) {
    find_places();
    units_.resize(units_.size() + radius, kEnd);
    CountMatrix counts;
    std::vector<std::uint32_t> row(words_, 0);
    std::vector<Word> touched;
    std::vector<Cell> cells;
    for (Word word = 0; word < words_; ++word) {
      for (std::size_t i = begins_[word]; i < begins_[word + 1]; ++i) take_window(places_[i], radius, row, touched);
      std::sort(touched.begin(), touched.end());
      cells.clear();
      for (const Word other : touched) cells.push_back({other, std::exchange(row[other], 0)});
      touched.clear();
      counts.add_row(cells);
    }
    units_.clear();
    return counts;
  }

 private:
  void find_places() {
    begins_.assign(words_ + 1, 0);
    for (const Word word : units_)
      if (word < words_) ++begins_[word + 1];
    for (std::size_t word = 0; word < words_; ++word) begins_[word + 1] += begins_[word];
    places_.resize(begins_.back());
    std::vector<std::uint32_t> next(begins_.begin(), begins_.end() - 1);
    for (std::uint32_t place = 0; place < units_.size(); ++place)
      if (units_[place] < words_) places_[next[units_[place]]++] = place;
  }

  void take_window(std::size_t place, std::uint32_t radius, std::vector<std::uint32_t>& row,
                   std::vector<Word>& touched) const {
    for (std::uint32_t distance = 1; distance <= radius; ++distance) {
      const Word other = units_[place + distance];
      if (other == kEnd) return;
      if (other == kNoWord) continue;
      if (row[other] == 0) touched.push_back(other);
      row[other] += radius + 1 - distance;
    }
  }

  std::size_t words_;
  std::vector<Word> units_;
  std::vector<std::uint32_t> begins_, places_;
};

}  // namespace

std::uint64_t CountMatrix::total(Word word) const {
  std::uint64_t total = 0;
  for (const Cell& cell : row(word)) total += cell.count;
  return total;
}

void CountMatrix::add_row(std::span<const Cell> cells) {
  cells_.insert(cells_.end(), cells.begin(), cells.end());
  begins_.push_back(cells_.size());
}

void CountMatrix::prune(std::uint32_t least) {
  std::size_t kept = 0;
  for (std::size_t row = 0; row + 1 < begins_.size(); ++row) {
    const std::size_t begin = std::exchange(begins_[row], kept);
    // The row's end is still where it was: the next turn moves it.
    for (std::size_t i = begin; i < begins_[row + 1]; ++i)
      if (cells_[i].count >= least) cells_[kept++] = cells_[i];
  }
  begins_.back() = kept;
  cells_.resize(kept);
}

CountMatrix CountMatrix::transposed() const {
  CountMatrix turned;
  turned.begins_.assign(begins_.size(), 0);
  turned.cells_.resize(cells_.size());
  for (const Cell& cell : cells_) ++turned.begins_[cell.word + 1];
  for (std::size_t row = 0; row < rows(); ++row) turned.begins_[row + 1] += turned.begins_[row];
  std::vector<std::uint64_t> next(turned.begins_.begin(), turned.begins_.end() - 1);
  for (Word word = 0; word < rows(); ++word)
    for (const Cell& cell : row(word)) turned.cells_[next[cell.word]++] = {word, cell.count};
  return turned;
}

CountMatrix sum(const CountMatrix& a, const CountMatrix& b) {
  base::check(a.rows() == b.rows(), "matrices that are added have as many rows");
  CountMatrix result;
  result.reserve(a.cells() + b.cells());
  std::vector<Cell> cells;
  for (Word word = 0; word < a.rows(); ++word) {
    const auto x = a.row(word), y = b.row(word);
    cells.clear();
    auto i = x.begin();
    auto j = y.begin();
    while (i != x.end() || j != y.end()) {
      if (j == y.end() || (i != x.end() && i->word < j->word))
        cells.push_back(*i++);
      else if (i == x.end() || j->word < i->word)
        cells.push_back(*j++);
      else
        cells.push_back({i->word, (i++)->count + (j++)->count});
    }
    result.add_row(cells);
  }
  return result;
}

CountMatrix count_windows(const Episodes& episodes, const Vocabulary& vocabulary, const WindowOptions& options) {
  Block block(vocabulary.size());
  std::optional<CountMatrix> counts;
  const auto take_block = [&] {
    CountMatrix more = block.count(options.radius);
    counts = counts ? sum(*counts, more) : std::move(more);
    for (std::uint32_t least = 2; counts->cells() > options.most_cells; ++least) counts->prune(least);
  };
  episodes([&](std::span<const ConceptId> episode) {
    block.add(episode, vocabulary);
    if (block.units() >= options.units_at_once) take_block();
  });
  if (block.units() > 0 || !counts) take_block();
  return std::move(*counts);
}

}  // namespace noema::concepts::company
