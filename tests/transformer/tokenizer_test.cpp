#include "transformer/tokenizer.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;
using noema::base::Rng;

namespace {

const char* kKinds[] = {"bytes", "characters", "words", "bpe:400"};

void require_round_trip(const Tokenizer& tokenizer, const std::string& unit) {
  const auto tokens = tokenizer.encode(unit);
  REQUIRE_FALSE(tokens.empty());
  REQUIRE(tokenizer.begins(tokens.front()));
  for (std::size_t i = 1; i < tokens.size(); ++i) REQUIRE_FALSE(tokenizer.begins(tokens[i]));
  for (Token token : tokens) REQUIRE((token >= kSpecials && token < tokenizer.size()));
  REQUIRE(tokenizer.decode(tokens) == unit);
}

}  // namespace

TEST_CASE("any text in any script comes back from its tokens, and only the first begins a unit") {
  Rng rng(3);
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    for (int i = 0; i < 300; ++i)
      require_round_trip(tokenizer, testing::random_text(rng, 1 + static_cast<int>(rng.below(12))));
    for (const auto& [unit, count] : testing::story_units()) require_round_trip(tokenizer, unit);
  }
}

TEST_CASE("bytes that are no text, and the empty unit, come back too") {
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    for (const std::string& unit : {std::string(), std::string("\xff\xfe"), std::string("a\0b", 3), std::string("\xE4"),
                                    std::string(" \xE9\x81")})
      require_round_trip(tokenizer, unit);
  }
}

TEST_CASE("a tokenizer survives serialisation") {
  Rng rng(4);
  for (const char* kind : kKinds) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    const auto copy = Tokenizer::parse(tokenizer.serialize());
    REQUIRE(copy.size() == tokenizer.size());
    REQUIRE(copy.begin_end() == tokenizer.begin_end());
    REQUIRE(copy.serialize() == tokenizer.serialize());
    for (int i = 0; i < 50; ++i) {
      const auto text = testing::random_text(rng, 6);
      REQUIRE(copy.encode(text) == tokenizer.encode(text));
    }
  }
}

TEST_CASE("frequent words are one token by words and by byte pairs") {
  for (const char* kind : {"words", "bpe:400"}) {
    const auto tokenizer = Tokenizer::train(kind, testing::story_units(), 1);
    REQUIRE(tokenizer.encode(" cat").size() == 1);
    REQUIRE(tokenizer.encode("\n").size() == 1);
    REQUIRE(tokenizer.encode(" catalogue").size() > 1);
  }
}

TEST_CASE("training twice gives the same tokenizer") {
  for (const char* kind : kKinds)
    REQUIRE(Tokenizer::train(kind, testing::story_units(), 1).serialize() ==
            Tokenizer::train(kind, testing::story_units(), 1).serialize());
}

TEST_CASE("a wrong or damaged tokenizer is refused with a line") {
  REQUIRE_THROWS_AS(Tokenizer::train("letters", testing::story_units(), 1), noema::base::UsageError);
  REQUIRE_THROWS_AS(Tokenizer::train("bpe", testing::story_units(), 1), noema::base::UsageError);
  REQUIRE_THROWS_AS(Tokenizer::train("bpe:many", testing::story_units(), 1), noema::base::UsageError);
  REQUIRE_THROWS_AS(Tokenizer::train("characters", {}, 1), noema::base::Error);
  REQUIRE_THROWS_AS(Tokenizer::parse("not a tokenizer"), noema::base::Error);
  const auto bytes = Tokenizer::train("bpe:400", testing::story_units(), 1).serialize();
  REQUIRE_THROWS_AS(Tokenizer::parse(bytes.substr(0, bytes.size() / 2)), noema::base::Error);
}

TEST_CASE("a BPE too small for the text's characters says which size works, and that size works") {
  std::map<std::string, std::uint64_t> counts;
  for (std::uint32_t c = 0; c < 75; ++c) counts[testing::utf8(0x4E00 + c) + testing::utf8(0x4E00 + (c + 1) % 75)] = 5;
  try {
    Tokenizer::train("bpe:300", counts, 1);
    FAIL("expected an error");
  } catch (const noema::base::Error& error) {
    const std::string text = error.what();
    INFO(text);
    CHECK(text.find("75 distinct characters") != text.npos);
    CHECK(text.find("character_coverage") == text.npos);
    CHECK(text.find(std::to_string(Tokenizer::least_bpe_size(counts))) != text.npos);
    const auto at = text.find("use --tokenizer ");
    REQUIRE(at != text.npos);
    const std::string spec = text.substr(at + 16, text.find(' ', at + 16) - at - 16);
    CHECK(Tokenizer::train(spec, counts, 1).decode(Tokenizer::train(spec, counts, 1).encode("一丁")) == "一丁");
  }
}

TEST_CASE("a tokenizer that is damaged is refused without a library's words") {
  REQUIRE_THROWS_WITH(Tokenizer::parse("\xff\xff"), !Catch::Contains("json.exception") && Catch::Contains("damaged"));
}
