#include "concepts/company/window_counts.h"

#include <catch2/catch.hpp>
#include <map>

#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;
using noema::tests::episodes_of;
using noema::tests::random_text;
using noema::tests::Text;

namespace {

/// The plain version: every pair of places.
std::map<std::pair<Word, Word>, std::uint32_t> counted_plainly(const Text& text, const Vocabulary& vocabulary,
                                                               std::size_t radius) {
  std::map<std::pair<Word, Word>, std::uint32_t> counts;
  for (const auto& episode : text)
    for (std::size_t i = 0; i < episode.size(); ++i)
      for (std::size_t j = i + 1; j < episode.size() && j <= i + radius; ++j) {
        const Word a = vocabulary.find(episode[i]), b = vocabulary.find(episode[j]);
        if (a != kNoWord && b != kNoWord) counts[{a, b}] += static_cast<std::uint32_t>(radius + 1 - (j - i));
      }
  return counts;
}

}  // namespace

TEST_CASE("window counts are those of the plain version, in blocks of any size", "[company]") {
  const Text text = random_text(3, 200, 40);
  const Vocabulary vocabulary = commonest_units(episodes_of(text), 30, 2);
  const auto expected = counted_plainly(text, vocabulary, 5);
  for (const std::size_t units : {1, 50, 1 << 20}) {
    const CountMatrix counts = count_windows(episodes_of(text), vocabulary, {.radius = 5, .units_at_once = units});
    std::map<std::pair<Word, Word>, std::uint32_t> found;
    for (Word word = 0; word < counts.rows(); ++word)
      for (const Cell& cell : counts.row(word)) found[{word, cell.word}] = cell.count;
    CHECK(found == expected);
  }
}

TEST_CASE("turning a matrix of counts twice gives it back, and totals are row sums", "[company]") {
  const Text text = random_text(4, 100, 20);
  const CountMatrix counts = count_windows(episodes_of(text), commonest_units(episodes_of(text), 20, 1));
  CHECK(counts.transposed().transposed() == counts);
  const CountMatrix both = sum(counts, counts.transposed());
  for (Word word = 0; word < counts.rows(); ++word)
    CHECK(both.total(word) == counts.total(word) + counts.transposed().total(word));
}

TEST_CASE("beyond the bound the rarest pairs are dropped", "[company]") {
  const Text text = random_text(5, 300, 40);
  const Vocabulary vocabulary = commonest_units(episodes_of(text), 40, 1);
  const CountMatrix all = count_windows(episodes_of(text), vocabulary);
  const CountMatrix some = count_windows(episodes_of(text), vocabulary, {.most_cells = all.cells() / 2});
  CHECK(some.cells() <= all.cells() / 2);
  CountMatrix pruned = all;
  for (std::uint32_t least = 2; pruned.cells() > all.cells() / 2; ++least) pruned.prune(least);
  CHECK(some == pruned);
}

TEST_CASE("a text without words has no counts", "[company]") {
  const Text text{{}, {1}};
  CHECK(count_windows(episodes_of(text), commonest_units(episodes_of(text), 10, 2)).cells() == 0);
}
