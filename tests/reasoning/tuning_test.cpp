#include "reasoning/tuning.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/lives.h"
#include "transformer/parallel.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("settings are chosen on the first words only, by whole lines") {
  const std::vector<std::string> lines{"a b c", "d e", "f"};
  CHECK(reasoning::first_words(lines, 4).size() == 1);
  CHECK(reasoning::first_words(lines, 5).size() == 2);
  CHECK(reasoning::first_words(lines, 0).size() == 3);
}

TEST_CASE("dynamic evaluation is tuned to the same settings on one thread and on several") {
  const auto model = small_model();
  const auto lines = small_world(5, 30);
  std::vector<std::string> found;
  for (int threads : {1, 3})
    transformer::Threads(threads).run(
        [&] { found.push_back(reasoning::described(reasoning::tune_dynamic(model, lines))); });
  CHECK(found[0] == found[1]);
}
