#include "transformer/token_names.h"

#include <catch2/catch.hpp>

#include "tests/transformer/samples.h"
#include "transformer/attention_map.h"

using namespace noema::transformer;

TEST_CASE("fragments of a character are that character, numbered") {
  const auto bytes = Tokenizer::train("bytes", {}, 1);
  const auto names = [&](const std::string& text) { return token_names(bytes, bytes.encode(text)); };
  CHECK(names("道a") == std::vector<std::string>{"道¹", "道²", "道³", "a"});
  CHECK(names("é") == std::vector<std::string>{"é¹", "é²"});
  CHECK(names("😀") == std::vector<std::string>{"😀¹", "😀²", "😀³", "😀⁴"});
  CHECK(names("\xE9\x81") == std::vector<std::string>{"<0xE9>", "<0x81>"});  // cut off
  CHECK(names("a\xAD道") == std::vector<std::string>{"a", "<0xAD>", "道¹", "道²", "道³"});
  const std::vector<Token> specials = {kStart, kSpecials};
  CHECK(token_names(bytes, specials) == std::vector<std::string>{"<s>", "<begin>"});
}

TEST_CASE("attention's table and picture show no bytes of a character") {
  ModelOptions options = ModelOptions::preset("tiny");
  const Model model = Model::random(options, Tokenizer::train("bytes", {}, 1), 7);
  const auto map = attention_map(model, "道 可", 0, 0);
  CHECK(map.tokens[1] == "道¹");
  for (const std::string& shown : {attention_table(map), attention_svg(map)}) {
    CHECK_THAT(shown, Catch::Contains("道³") && !Catch::Contains("0x"));
  }
}
