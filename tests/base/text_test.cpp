#include "base/text.h"

#include <catch2/catch.hpp>

#include "base/rng.h"

using namespace noema::base;

namespace {

std::vector<std::string> surfaces(const std::string& line) {
  Segmenter segmenter;
  std::vector<std::string> result;
  for (const Unit& unit : segmenter.split(line)) result.push_back(surface_of(line, unit));
  return result;
}

}  // namespace

TEST_CASE("a unit is its preceding white space and its text; the line end is a unit") {
  CHECK(surfaces("the cat, on  a chair ") ==
        std::vector<std::string>{"the", " cat", ",", " on", "  a", " chair", " \n"});
  CHECK(surfaces("") == std::vector<std::string>{"\n"});
  CHECK(surfaces("   ") == std::vector<std::string>{"   \n"});
  CHECK(surfaces("don't @-@ <unk>") == std::vector<std::string>{"don't", " @", "-", "@", " <", "unk", ">", "\n"});
}

TEST_CASE("Chinese is cut into characters, whatever stands around them") {
  CHECK(surfaces("道可道，非常道") == std::vector<std::string>{"道", "可", "道", "，", "非", "常", "道", "\n"});
  CHECK(surfaces("在 a前面b有") == std::vector<std::string>{"在", " a", "前", "面", "b", "有", "\n"});
}

TEST_CASE("units concatenate to the line for any valid text") {
  noema::base::Rng rng(11);
  const std::vector<std::string> pieces{"a", "Z",  " ", "\t", "道", "é",     "👩‍👩‍👧", ".", "'", "ß", "の",
                                        "1", "　", "и", "한", "ก",  "\u0301"};
  for (int round = 0; round < 500; ++round) {
    std::string line;
    for (std::uint64_t n = rng.below(30); n > 0; --n) line += pieces[rng.below(pieces.size())];
    std::string joined;
    for (const auto& surface : surfaces(line)) joined += surface;
    CHECK(joined == line + "\n");
  }
}

TEST_CASE("identity drops white space and case") {
  CHECK(identity_of(" The") == "the");
  CHECK(identity_of("STRASSE") == identity_of("straße"));
  CHECK(identity_of(" \n") == "\n");
  CHECK(identity_of("道") == "道");
}

TEST_CASE("writings of the same letters are one unit") {
  CHECK(identity_of("café") == identity_of("cafe\u0301"));
  CHECK(identity_of(" CAFÉ") == "café");
  CHECK(identity_of("ＡＢＣ") == "abc");
  CHECK(identity_of("ｶﾞ") == identity_of("ガ"));
  CHECK(identity_of("ﬁsh") == "fish");
  CHECK(identity_of("，") == ",");
  CHECK(identity_of("（") == "(");
  CHECK(identity_of("。") == "。");  // has no compatible form
  CHECK(identity_of("Å") == identity_of("Å"));
}

TEST_CASE("the rule of earlier lives folds case only") {
  constexpr auto kRule = IdentityRule::kCaseFolded;
  CHECK(identity_of(" CAFÉ", kRule) == "café");
  CHECK(identity_of("café", kRule) != identity_of("cafe\u0301", kRule));
  CHECK(identity_of("ＡＢＣ", kRule) == "ａｂｃ");
  CHECK(identity_of("，", kRule) == "，");
  CHECK(identity_of(" \n", kRule) == "\n");
}

TEST_CASE("a unit of characters that are not shown has an identity, and none begins with white space") {
  CHECK(identity_of("\u200b") == "\u200b");
  CHECK(identity_of(" \u00ad") == "\u00ad");
  CHECK(identity_of("co\u00adop") == "coop");
  CHECK(identity_of("´") == "\u0301");  // NFKC makes a blank and an accent of it
}

TEST_CASE("both rules agree on ASCII and on Chinese characters, and folding again changes nothing") {
  noema::base::Rng rng(12);
  const std::vector<std::string> pieces{"a",  "Z", "É",      "e\u0301", "ﬁ",  "Ｂ", "ß",
                                        "道", "´", "\u200b", "…",       "ガ", "①",  "İ"};
  for (int round = 0; round < 500; ++round) {
    std::string ascii, chinese, any;
    for (std::uint64_t n = 1 + rng.below(8); n > 0; --n) {
      ascii += static_cast<char>('!' + rng.below(94));
      const std::uint64_t character = 0x4E00 + rng.below(0x5000);
      chinese += {static_cast<char>(0xE0 | character >> 12), static_cast<char>(0x80 | (character >> 6 & 0x3F)),
                  static_cast<char>(0x80 | (character & 0x3F))};
      any += pieces[rng.below(pieces.size())];
    }
    CHECK(identity_of(ascii) == identity_of(ascii, IdentityRule::kCaseFolded));
    CHECK(identity_of(chinese) == chinese);
    CHECK(identity_of(identity_of(any)) == identity_of(any));
  }
}

TEST_CASE("a writing is looked for under every rule, the present one first") {
  CHECK(identities_of(" The") == std::vector<std::string>{"the"});
  CHECK(identities_of("ＡＢＣ") == std::vector<std::string>{"abc", "ａｂｃ"});
  CHECK(identities_of("\n") == std::vector<std::string>{"\n"});
}

TEST_CASE("ASCII is told from other text") {
  CHECK(is_ascii(""));
  CHECK(is_ascii("a~\x01"));
  CHECK_FALSE(is_ascii("é"));
}

TEST_CASE("bytes that are not UTF-8 are found where they stand") {
  CHECK_FALSE(first_invalid_utf8("道 ok"));
  CHECK(first_invalid_utf8("ab\xff") == 2);
  CHECK(first_invalid_utf8(std::string_view("a\0b", 3)) == 1);
  CHECK(first_invalid_utf8("道\xe9\x81") == 3);
}

TEST_CASE("words and characters are counted as white space and code points divide them") {
  CHECK(count_words("  two words ") == 2);
  CHECK(count_words("") == 0);
  CHECK(count_characters("道a") == 2);
  CHECK(begins_with_white_space(" a"));
  CHECK_FALSE(begins_with_white_space("a "));
}
