#include "base/sentences.h"

#include <catch2/catch.hpp>
#include <string>

namespace noema::base {
namespace {

std::vector<std::string> parts_of(std::string_view text) {
  std::vector<std::string> sentences;
  for (const TextRange& one : sentences_in(text)) sentences.emplace_back(text.substr(one.begin, one.end - one.begin));
  return sentences;
}

using Sentences = std::vector<std::string>;

}  // namespace

TEST_CASE("sentences end at points, question marks and line ends, in any script") {
  CHECK(parts_of("It rains. Does it?  Yes!") == Sentences{"It rains.", "Does it?", "Yes!"});
  CHECK(parts_of("天下雨了。你去吗？不去。") == Sentences{"天下雨了。", "你去吗？", "不去。"});
  CHECK(parts_of("a title\nand a line") == Sentences{"a title", "and a line"});
  CHECK(parts_of("3.5 is a number, e.g. this one") == Sentences{"3.5 is a number, e.g. this one"});
}

TEST_CASE("a text without an end is one sentence, and white space is none") {
  CHECK(parts_of("the tool is here") == Sentences{"the tool is here"});
  CHECK(parts_of("").empty());
  CHECK(parts_of(" \n \u3000 ").empty());
  CHECK(parts_of(" \u3000a\u3000 ") == Sentences{"a"});
}

}  // namespace noema::base
