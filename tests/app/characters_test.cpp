#include "app/characters.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/rng.h"

using namespace noema;

namespace {

struct Character {
  UChar32 character;
  std::string bytes;
  bool operator==(const Character&) const = default;
};

std::vector<Character> characters_of(std::string_view text) {
  std::vector<Character> all;
  app::for_each_character(text, [&](UChar32 c, std::string_view bytes) { all.push_back({c, std::string(bytes)}); });
  return all;
}

constexpr UChar32 kReplacement = 0xFFFD;

}  // namespace

TEST_CASE("characters of one to four bytes are visited in order, each with its bytes") {
  CHECK(characters_of("").empty());
  CHECK(characters_of("aé道🜁") == std::vector<Character>{{'a', "a"}, {0xE9, "é"}, {0x9053, "道"}, {0x1F701, "🜁"}});
  CHECK(characters_of(std::string_view("a\0b", 3))[1] == Character{0, std::string(1, '\0')});
  CHECK(characters_of("e\u0301").size() == 2);  // a letter and its accent are two
}

TEST_CASE("bytes that are no UTF-8 are visited as the replacement character, and what follows as it is") {
  CHECK(characters_of("a\xff z").at(1) == Character{kReplacement, "\xff"});
  CHECK(characters_of("a\xff z").back().character == 'z');
  for (const char* text :
       {"\xc3", "\xe9\x81", "\xf0\x9f\x9c", "\x80", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    for (const auto& one : characters_of(text)) CHECK(one.character == kReplacement);
    CHECK(characters_of(text + std::string("!")).back() == Character{'!', "!"});
  }
}

TEST_CASE("whatever the bytes, what is visited joins to the text") {
  base::Rng rng(3);
  for (int i = 0; i < 2000; ++i) {
    std::string text, joined;
    for (std::uint64_t bytes = rng.below(12); bytes > 0; --bytes) text += static_cast<char>(rng.below(256));
    for (const auto& one : characters_of(text)) {
      CHECK_FALSE(one.bytes.empty());
      joined += one.bytes;
    }
    CHECK(joined == text);
  }
}
