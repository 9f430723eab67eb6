#include "reasoning/arms/told_arm.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/reasoning/arms/pair_arms.h"

using namespace noema;
using namespace noema::reasoning;
using namespace noema::tests;

namespace {

using VoiceNames = std::vector<std::string>;

/// What a pair costs an arm of this seed that was told the book and thought.
std::vector<double> bits_after_thinking(const std::string& text, std::uint64_t seed, std::uint64_t pairs) {
  const auto arm = arm_of_pairs(text, seed);
  for (const ToldPair& pair : told_book()) arm->warm(pair);
  arm->think(pairs);
  return told(*arm, told_book()[0]).token_bits;
}

}  // namespace

TEST_CASE("an arm that is told pairs thinks where it may, without memory it does not, and settings say its weights") {
  const auto whole = arm_of_pairs("told{beam=1}"), without = arm_of_pairs("told{beam=1;memory=false}"),
             idle = arm_of_pairs("told{beam=1;thinks=false}");
  for (Learner* learner : {whole.get(), without.get(), idle.get()})
    for (const ToldPair& pair : told_book()) learner->warm(pair);
  CHECK(whole->think(9) == 9);
  CHECK(whole->state().thoughts == 9);
  CHECK(without->think(9) == 0);
  CHECK(idle->think(9) == 0);
  CHECK(whole->state().concepts > 0);
  CHECK(without->state().concepts == 0);
  CHECK(idle->state().state_bytes < whole->state().state_bytes);  // it keeps no pairs to practise
  double sum = 0;
  const auto settings = whole->settings();
  for (const auto& [voice, weight] : settings["mean_weights"].items()) sum += weight.get<double>();
  CHECK(sum == Approx(1));
  CHECK(voices_of(*whole).size() == 8);
}

TEST_CASE("experts that are left out have no voice, and without memory the copy alone has one") {
  const auto voices = [](const std::string& options) { return voices_of(*arm_of_pairs("told{" + options + "}")); };
  CHECK(voices("leave_out=copy,phrases") ==
        VoiceNames{"neighbours sharp", "neighbours soft", "pointer", "translator", "units", "units in place"});
  CHECK(voices("memory=false") == VoiceNames{"copy", "translator"});
  CHECK(voices("memory=false;leave_out=phrases") == VoiceNames{"copy", "translator"});
  CHECK(voices("leave_out=neighbours,correspondences,copy") == VoiceNames{"phrases", "translator"});
}

TEST_CASE("with all experts left out it is the translator, and thinks of nothing") {
  const auto bare = arm_of_pairs("told{beam=2;leave_out=neighbours,correspondences,phrases,copy}"),
             translator = arm_of_pairs("translator{beam=2}");
  for (const ToldPair& pair : told_book()) {
    const Translated one = told(*bare, pair), other = told(*translator, pair);
    CHECK(one.text == other.text);
    CHECK(one.token_bits == other.token_bits);
  }
  CHECK(bare->think(9) == 0);
  CHECK(bare->settings().empty());
}

TEST_CASE("experts that there are not, and options that are none, are refused with those there are") {
  CHECK_THROWS_WITH(arm_of_pairs("told{leave_out=phrases,oracle}"),
                    "leave_out=oracle: there are neighbours, correspondences, phrases, copy");
  CHECK_THROWS_AS(arm_of_pairs("told{leave_out=oracle}"), base::UsageError);
  CHECK_THROWS_WITH(arm_of_pairs("told{rate=0}"), Catch::Contains("rate"));
  CHECK_THROWS_WITH(arm_of_pairs("told{rate=2}"), Catch::Contains("rate"));
  CHECK_THROWS_WITH(arm_of_pairs("told{thinks=maybe}"), Catch::Contains("expected true or false"));
  CHECK_THROWS_WITH(arm_of_pairs("told{memroy=false}"), Catch::Contains("'memroy' is no option of told"));
}

TEST_CASE("the same seed practises the same pairs to the last bit, another seed others") {
  const std::string arm = "told{beam=1;rate=0.001}";
  const auto bits = bits_after_thinking(arm, 1, 40);
  CHECK(bits == bits_after_thinking(arm, 1, 40));
  CHECK(bits != bits_after_thinking(arm, 2, 40));
}

TEST_CASE("practice makes what was told cheaper") {
  const std::string copy_alone = "told{beam=1;rate=0.01;leave_out=neighbours,correspondences,phrases}";
  CHECK(sum_of(bits_after_thinking(copy_alone, 1, 400)) < 0.9 * sum_of(bits_after_thinking(copy_alone, 1, 0)));
}
