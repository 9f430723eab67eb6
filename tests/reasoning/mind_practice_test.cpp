#include <catch2/catch.hpp>

#include "reasoning/checkpoint.h"
#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using reasoning::Mind;

namespace {

double bits_of(Mind& mind, const std::vector<std::string>& lines) {
  double sum = 0;
  for (const std::string& line : lines) {
    reasoning::Input input;
    input.text = line;
    input.time = 1;
    for (const double bits : mind.perceive(input).bits) sum += bits;
  }
  mind.commit();
  return sum;
}

}  // namespace

TEST_CASE("a mind that learns from its reading has a copy of the model, which the life does not keep") {
  const Folder folder;
  const auto lines = small_world(7, 60);
  Mind plain(new_life(folder.path / "plain"), {}), learning(new_life(folder.path / "learning"), {});
  CHECK(plain.view().copy() == nullptr);
  learning.learn_from_reading({});
  REQUIRE(learning.view().copy() != nullptr);
  const std::string before = learning.view().copy()->hash();
  CHECK(bits_of(learning, lines) != bits_of(plain, lines));
  CHECK(learning.view().copy()->hash() != before);
  CHECK(learning.view().graph().hash() == plain.view().graph().hash());
  learning.checkpoint();
  CHECK(learning.view().life().state(reasoning::kPredictive).value_or("").empty());
}

TEST_CASE("practice is due when enough inputs are stored, and not where it is left out") {
  const Folder folder;
  reasoning::MindOptions options, without;
  options.predict = options.encode = false;
  options.consolidation.emplace().first_inputs = 30;
  without = options;
  without.core.thinker.kinds = without.core.thinker.kinds.without("consolidate");
  Mind mind(new_life(folder.path / "mind"), options), leaves_out(new_life(folder.path / "leaves_out"), without);
  perceive(mind, small_world(1, 29));
  CHECK_FALSE(mind.consolidation_due());
  perceive(mind, small_world(2, 1));
  CHECK(mind.consolidation_due());
  perceive(leaves_out, small_world(1, 40));
  CHECK_FALSE(leaves_out.consolidation_due());
}
