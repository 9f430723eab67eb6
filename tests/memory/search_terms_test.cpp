#include "memory/search_terms.h"

#include <catch2/catch.hpp>

namespace noema::memory {

TEST_CASE("an episode is found by its units, folded, in any script") {
  base::Segmenter segmenter;
  CHECK(search_terms(segmenter, "The Red fox, 小道") == "the red fox , 小 道");
  CHECK(search_terms(segmenter, "ＡＢＣ cafe\u0301，") == "abc café ,");
  CHECK(search_terms(segmenter, "ＡＢＣ，", base::IdentityRule::kCaseFolded) == "ａｂｃ ，");
  CHECK(search_terms(segmenter, "").empty());
  CHECK(search_terms(segmenter, "   ").empty());
}

}  // namespace noema::memory
