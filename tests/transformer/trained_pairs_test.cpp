#include "transformer/trained_pairs.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;
using noema::transformer::testing::TemporaryFolder;
namespace base = noema::base;

TEST_CASE("a model's pairs are known by either side, on its own side, whatever white space is around") {
  const std::vector<TextPair> pairs{{"he says", "ait"}, {"she goes", "it"}};
  const TrainedPairs known(pairs);
  CHECK(known.knows("he says", "other"));
  CHECK(known.knows("other", " it "));
  CHECK_FALSE(known.knows("it", "he says"));
  CHECK_FALSE(known.knows("he", "a"));
}

TEST_CASE("the pairs come back from beside the model, and a file that is missing or damaged is refused") {
  const TemporaryFolder folder;
  const std::vector<TextPair> pairs{{"a", "b"}, {"c", "d"}};
  TrainedPairs(pairs).save(folder / "m.model");
  CHECK(TrainedPairs::load(folder / "m.model").knows("c", "x"));
  CHECK_THROWS_WITH(TrainedPairs::load(folder / "other"), Catch::Contains("noema train --pairs"));
  base::write_file(folder / "m.model.pairs", "00000000000000zz\n");
  CHECK_THROWS_WITH(TrainedPairs::load(folder / "m.model"), Catch::Contains("train the model again"));
}
