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

TEST_CASE("a mark is a unit without a letter, a digit or an ideograph") {
  for (const char* mark : {",", "...", "“", "。", "@", "👩‍👩‍👧", "\u0301", ""}) CHECK(is_mark(mark));
  for (const char* other : {"a", "ß", "7", "٣", "道", "の", "don't", "ก", "한", "-1"}) CHECK_FALSE(is_mark(other));
}

TEST_CASE("a unit with marks inside has parts between them") {
  using Parts = std::vector<std::string>;
  CHECK(parts_between_marks("king's") == Parts{"king", "s"});
  CHECK(parts_between_marks("o’brien’s") == Parts{"o", "brien", "s"});
  CHECK(parts_between_marks("3.14") == Parts{"3", "14"});
  for (const char* whole : {"king", "道", "กำ", "cafe\u0301", ",", "...", ""})
    CHECK(parts_between_marks(whole) == Parts{whole});
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

TEST_CASE("bytes that no UTF-8 may hold are found: overlong, surrogates, out of range, cut short, alone") {
  for (const char* bad : {"\xC0\x80", "\xC1\xBF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF0\x80\x80\x80",
                          "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\x80", "\xBF", "\xE9\x81", "\xF0\x9F\x98"}) {
    CHECK(first_invalid_utf8(bad) == 0);
    CHECK(first_invalid_utf8("道" + std::string(bad)) == 3);
  }
  for (const char* good : {"", "\x7F", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xEE\x80\x80", "\xEF\xBF\xBF",
                           "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"})
    CHECK_FALSE(first_invalid_utf8(good));
}

TEST_CASE("white space of any script parts words, and marks without width do not") {
  for (const char* space :
       {" ", "\t", "\n", "\xC2\xA0", "\xE2\x80\x83", "\xE3\x80\x80", "\xE2\x80\xA8", "\xE1\x9A\x80"}) {
    CHECK(count_words(std::string("a").append(space).append("b")) == 2);
    CHECK(begins_with_white_space(std::string(space) + "a"));
    CHECK(identity_of(std::string(space) + "A") == "a");
  }
  for (const char* other : {"\xE2\x80\x8B", "\xEF\xBB\xBF", "\xC2\xAD", "_"}) {
    CHECK(count_words(std::string("a").append(other).append("b")) == 1);
    CHECK_FALSE(begins_with_white_space(std::string(other)));
  }
  CHECK_FALSE(begins_with_white_space(""));
}

TEST_CASE("a unit's text begins behind its white space, and units lie side by side") {
  const std::string line = "  The\tcat 　道 ";
  Segmenter segmenter;
  std::size_t end = 0;
  const auto units = segmenter.split(line);
  for (const Unit& unit : units) {
    CHECK(unit.begin == end);
    CHECK(unit.text_begin >= unit.begin);
    CHECK(unit.end >= unit.text_begin);
    if (!unit.line_end) CHECK_FALSE(begins_with_white_space(line.substr(unit.text_begin)));
    end = unit.end;
  }
  CHECK(end == line.size());
  CHECK(units.back().line_end);
  CHECK(units.back().begin < units.back().text_begin);  // the space at the end
}

TEST_CASE("only the last unit is a line end, also of lines that hold nothing but white space or marks") {
  for (const char* line : {"", " ", "\t\t", "...", "\xE2\x80\x8B", "a", "道", "👩‍👩‍👧"}) {
    Segmenter segmenter;
    const auto units = segmenter.split(line);
    REQUIRE_FALSE(units.empty());
    for (std::size_t i = 0; i < units.size(); ++i) CHECK(units[i].line_end == (i + 1 == units.size()));
  }
}

TEST_CASE("a segmenter that is used again, or was moved, cuts as a new one") {
  Segmenter used;
  used.split(std::string(5000, 'x') + " 道可道");
  const std::string line = "the cat, 道";
  const auto again = used.split(line);
  Segmenter moved = std::move(used);
  const auto after = moved.split(line), fresh = Segmenter().split(line);
  REQUIRE(again.size() == fresh.size());
  REQUIRE(after.size() == fresh.size());
  for (std::size_t i = 0; i < fresh.size(); ++i) {
    CHECK(again[i].end == fresh[i].end);
    CHECK(after[i].end == fresh[i].end);
  }
}

TEST_CASE("identities fold case in every script that has it and leave the rest") {
  CHECK(identity_of("ÉCOLE") == identity_of("école"));
  CHECK(identity_of("ΣΊΣΥΦΟΣ") == identity_of("σίσυφος"));
  CHECK(identity_of("МОСКВА") == "москва");
  CHECK(identity_of("") == "");
  CHECK(identity_of("   ") == "");
  CHECK(identity_of("42") == "42");
  CHECK(identity_of("a\n") == "\n");  // a line end, whatever stands before it
}
