// Tokenizers and code points of every class: what goes in comes out.

#include <catch2/catch.hpp>
#include <set>

#include "tests/transformer/samples.h"
#include "transformer/tokenizer.h"

using namespace noema::transformer;

namespace {

const char* kKinds[] = {"bytes", "characters", "words", "bpe:400"};

/// Code points by what a careless tokenizer would do to them.
const std::vector<std::pair<const char*, std::vector<std::uint32_t>>> kClasses = {
    {"ASCII's ends", {0x0, 0x1, 0x1F, 0x20, 0x7E, 0x7F}},
    {"controls", {0x7, 0x8, 0x9, 0xA, 0xB, 0xC, 0xD, 0x1B, 0x80, 0x85, 0x9F}},
    {"first and last of each length in UTF-8", {0x80, 0x7FF, 0x800, 0xFFFF, 0x10000, 0x10FFFF}},
    {"white space", {0xA0, 0x1680, 0x2000, 0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000}},
    {"without width", {0xAD, 0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF}},
    {"marks of direction", {0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069}},
    {"combining", {0x300, 0x301, 0x36F, 0x483, 0x591, 0x64B, 0x93C, 0xE31, 0x20D0, 0xFE20}},
    {"composed, and what it is composed of", {0xE9, 0x65, 0x301, 0x212B, 0xC5, 0x1E9E, 0xFB01, 0xFF21, 0x2460}},
    {"letters with odd cases", {0x130, 0x131, 0x17F, 0x1C5, 0x3C2, 0x3C3, 0x10A0, 0xDF}},
    {"digits", {0x30, 0x660, 0x966, 0xFF10, 0x1D7CE, 0xB2}},
    {"scripts", {0x5D0, 0x627, 0x905, 0xE01, 0x1200, 0x13A0, 0x3042, 0x30A2, 0xAC00, 0x4E00, 0x9FFF}},
    {"beyond the first plane", {0x10330, 0x1D11E, 0x20000, 0x2A6D6, 0x1F600, 0x1F1E6, 0xE0001}},
    {"marks of the tokenizers themselves", {0x2581, 0x2580, 0x2582, 0xE000, 0xE001, 0xE002, 0xE003}},
    {"private and without meaning", {0xF8FF, 0xF0000, 0x10FFFD, 0xFFFD, 0xFFFE, 0xFFFF, 0xFDD0, 0x378}},
    {"variants and modifiers", {0xFE0E, 0xFE0F, 0x1F3FB, 0x180B, 0xE0100}},
};

void require_round_trip(const Tokenizer& tokenizer, const std::string& unit) {
  const auto tokens = tokenizer.encode(unit);
  REQUIRE_FALSE(tokens.empty());
  REQUIRE(tokenizer.begins(tokens.front()));
  for (std::size_t i = 1; i < tokens.size(); ++i) REQUIRE_FALSE(tokenizer.begins(tokens[i]));
  REQUIRE(tokenizer.decode(tokens) == unit);
}

}  // namespace

TEST_CASE("a code point of any class comes back, alone, doubled, behind a space and among letters") {
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    for (const auto& [name, points] : kClasses)
      for (const std::uint32_t point : points) {
        INFO(kind << ", " << name << ", U+" << std::hex << point);
        const std::string character = testing::utf8(point);
        require_round_trip(tokenizer, character);
        require_round_trip(tokenizer, character + character);
        require_round_trip(tokenizer, " " + character);
        require_round_trip(tokenizer, "the" + character + "cat");
        require_round_trip(tokenizer, character + "道");
      }
  }
}

TEST_CASE("a tokenizer that was trained on code points of every class knows them and gives them back") {
  std::map<std::string, std::uint64_t> counts = testing::story_units();
  for (const auto& [name, points] : kClasses)
    for (const std::uint32_t point : points) counts[testing::utf8(point) + "x"] += 30;
  for (const char* kind : {"characters", "words", "bpe:900"}) {
    const auto tokenizer = Tokenizer::train(kind, counts, 1);
    const auto copy = Tokenizer::parse(tokenizer.serialize());
    for (const auto& [unit, count] : counts) {
      require_round_trip(tokenizer, unit);
      REQUIRE(copy.encode(unit) == tokenizer.encode(unit));
    }
  }
}

TEST_CASE("what looks alike and is written otherwise stays apart") {
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    const std::vector<std::string> alike = {"\xC3\xA9", "e\xCC\x81",    "\xC3\x85", "\xE2\x84\xAB", "A\xCC\x8A",
                                            "A",        "\xEF\xBC\xA1", "\xCE\x91", "\xEF\xAC\x81", "fi"};
    std::set<std::vector<Token>> seen;
    for (const auto& unit : alike) CHECK(seen.insert(tokenizer.encode(unit)).second);
  }
}

TEST_CASE("bytes that are no UTF-8 come back: overlong, surrogates, cut short, out of range, and every single byte") {
  std::vector<std::string> units = {"\xC0\x80",         "\xE0\x80\xAF",         "\xED\xA0\x80",    "\xED\xBF\xBF",
                                    "\xF4\x90\x80\x80", "\xF8\x88\x80\x80\x80", "\xE9\x81",        "\xF0\x9F\x98",
                                    "cat\xE9",          "\x81\x82\x83",         "\xE2\x96\x81\xFF"};
  for (int byte = 0; byte < 256; ++byte) units.emplace_back(1, static_cast<char>(byte));
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    for (const auto& unit : units) require_round_trip(tokenizer, unit);
    for (const auto& unit : units) require_round_trip(tokenizer, "the" + unit);
  }
}

TEST_CASE("a unit of a hundred thousand characters comes back") {
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    std::string unit;
    for (int i = 0; i < 50000; ++i) unit += i % 2 == 0 ? "道" : "a";
    require_round_trip(tokenizer, unit);
  }
}

TEST_CASE("ids are specials, then what begins, then what continues, and each has a text") {
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    CHECK(tokenizer.text_of(kStart) == "<s>");
    CHECK(tokenizer.text_of(kSeparator) == "<sep>");
    CHECK(tokenizer.text_of(kMask) == "<mask>");
    CHECK(tokenizer.text_of(kPad) == "<pad>");
    CHECK(tokenizer.text_of(kSpecials).empty());
    CHECK(tokenizer.begin_end() > kSpecials);
    CHECK(tokenizer.size() >= tokenizer.begin_end() + 256);
    for (Token t = 0; t < tokenizer.size(); ++t)
      CHECK(tokenizer.begins(t) == (t >= kSpecials && t < tokenizer.begin_end()));
    const std::vector<Token> specials = {kStart, kSpecials, kPad, kMask};
    CHECK(tokenizer.decode(specials).empty());
    CHECK_THROWS_AS(tokenizer.text_of(tokenizer.size()), std::logic_error);
    CHECK_THROWS_AS(tokenizer.text_of(-1), std::logic_error);
  }
}

TEST_CASE("a vocabulary of words has the size asked for, the commonest first, and ties in their order") {
  std::map<std::string, std::uint64_t> counts;
  for (int i = 0; i < 200; ++i) counts[" w" + std::to_string(i)] = static_cast<std::uint64_t>(i / 2);
  const auto tokenizer = Tokenizer::train("words:300", counts, 1);
  CHECK(tokenizer.size() == 300);
  CHECK(tokenizer.encode(" w199").size() == 1);
  CHECK(tokenizer.encode(" w0").size() == 1 + 3);  // spelled
  CHECK(tokenizer.encode(" w198").front() < tokenizer.encode(" w199").front());
  CHECK(Tokenizer::train("words", counts, 1).size() == 4 + 257 + 200);
}

TEST_CASE("a size that is no number, too small or too large is refused with an example") {
  for (const char* spec :
       {"words:", "words:299", "words:1000001", "words:3e4", "words:-400", "bpe:0", "bpe:400 ", "bpe:"})
    CHECK_THROWS_WITH(Tokenizer::train(spec, testing::story_units(), 1),
                      Catch::Contains(spec) && Catch::Contains("from 300 to 1000000") && Catch::Contains("bpe:8192"));
  for (const char* spec : {"", "bytes:300", "characters:400", "bpe", "Words"})
    CHECK_THROWS_WITH(Tokenizer::train(spec, testing::story_units(), 1),
                      Catch::Contains("expected bytes, characters, words[:SIZE] or bpe:SIZE"));
}
