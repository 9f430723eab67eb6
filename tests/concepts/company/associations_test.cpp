#include "concepts/company/associations.h"

#include <tbb/global_control.h>

#include <catch2/catch.hpp>

#include "tests/concepts/company/texts.h"

using namespace noema::concepts::company;
using namespace noema::tests;

namespace {

Associations associations_of(const Text& text) {
  return Associations(count_windows(episodes_of(text), commonest_units(episodes_of(text), 1000, 1)));
}

}  // namespace

TEST_CASE("cosines of many words in one pass are those of pairs", "[company]") {
  const Associations associations = associations_of(random_text(2, 150, 30));
  const std::vector<Word> given{4, 0, 17};
  const Columns cosines = associations.cosines(given);
  for (Word word = 0; word < associations.words(); ++word)
    for (std::size_t i = 0; i < given.size(); ++i)
      CHECK(cosines(word, static_cast<Eigen::Index>(i)) == Approx(associations.cosine(word, given[i])).margin(1e-5));
  CHECK(cosines(0, 1) == Approx(1).epsilon(1e-5));
}

TEST_CASE("products of the matrix are those of its entries, transposed too, on any number of threads", "[company]") {
  const Associations associations = associations_of(random_text(2, 150, 30));
  const Products around = associations.around();
  const Columns all = around.times(Columns::Identity(around.columns, around.columns));
  CHECK((all.array() >= 0).all());
  CHECK(around.transposed_times(Columns::Identity(around.rows, around.rows)).isApprox(Columns(all.transpose())));
  const Columns x = Columns::Random(around.columns, 7);
  const Columns y = around.times(x);
  CHECK(y.isApprox(Columns(all * x), 1e-4F));
  const tbb::global_control one(tbb::global_control::max_allowed_parallelism, 1);
  CHECK(around.times(x) == y);
}

TEST_CASE("words that stand with everything tell less than those of a kind", "[company]") {
  const Text text = world_of_kinds(1, 2000);
  const Vocabulary vocabulary = commonest_units(episodes_of(text), 1000, 1);
  const auto informativeness = associations_of(text).informativeness();
  float common = 0;
  for (noema::concepts::ConceptId unit = 1001; unit <= 1004; ++unit)
    common = std::max(common, informativeness[vocabulary.find(unit)]);
  for (const noema::concepts::ConceptId unit : {1, 12, 23, 503, 514})
    CHECK(informativeness[vocabulary.find(unit)] > 2 * common);
}
