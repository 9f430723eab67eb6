#include "concepts/company/writing.h"

#include <catch2/catch.hpp>

using noema::concepts::company::written_alike;

namespace {

struct Case {
  std::string a, b, c;
  std::optional<std::string> d;
};

}  // namespace

TEST_CASE("what two words do not share is exchanged in a third, at its end or at its beginning", "[company]") {
  const auto [a, b, c, d] = GENERATE(values<Case>({
      {"walk", "walked", "talk", "talked"},
      {"walked", "walk", "talked", "talk"},
      {"easy", "easier", "lucky", "luckier"},
      {"certain", "uncertain", "known", "unknown"},
      {"unsure", "sure", "unknown", "known"},
      {"go", "going", "see", "seeing"},
      {"дом", "дома", "стол", "стола"},      // characters of two bytes
      {"老师", "老师们", "学生", "学生们"},  // of three
      {"canté", "cantè", "mangé", "mangè"},  // é and è share their first byte
      {"ña", "ñb", "xa", "xb"},
      {"good", "better", "bad", {}},    // they share nothing
      {"walk", "walk", "talk", {}},     // nothing changes
      {"easy", "easier", "tall", {}},   // it does not end so
      {"unsure", "sure", "known", {}},  // it does not begin so
      {"éa", "èa", "éb", "èb"},         // the first characters share a byte
      {"man", "king", "woman", {}},     // they share too little
      {"", "", "", {}},
  }));
  CAPTURE(a, b, c);
  CHECK(written_alike(a, b, c) == d);
}
