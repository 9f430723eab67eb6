#include "reasoning/mentions.h"

#include <catch2/catch.hpp>

#include "tests/reasoning/lives.h"

using namespace noema;
using namespace noema::tests;
using concepts::company::kNoWord;

namespace {

concepts::company::Words words_called(const std::vector<std::string>& names) {
  std::vector<concepts::company::WordEntry> entries;
  for (const std::string& name : names) entries.push_back({1, 5, name, name, 1});
  return {100, std::move(entries), concepts::company::Columns::Zero(static_cast<Eigen::Index>(names.size()), 2)};
}

}  // namespace

TEST_CASE("a mention has its bytes, and its surroundings nearest first", "[company]") {
  const auto words = words_called({"the", "big", "bank"});
  reasoning::MentionFinder finder(words);
  const auto found = finder.in_text("The big Bank, the bank", {"bank"});
  REQUIRE(found.size() == 2);
  CHECK(found[0].begin == 8);
  CHECK(found[0].end == 12);
  CHECK(found[0].around.before == std::vector<concepts::company::Word>{1, 0});
  CHECK(found[0].around.after == std::vector<concepts::company::Word>{kNoWord, 0, 2});
  CHECK(found[1].begin == 18);
}

TEST_CASE("a word of several units is found by its place and by its name", "[company]") {
  const auto words = words_called({"前", "路"});
  reasoning::MentionFinder finder(words);
  reasoning::Mention mention;
  CHECK(finder.at("前面小道路", 6, 12, mention) == std::vector<std::string>{"小", "道"});
  CHECK(mention.around.before == std::vector<concepts::company::Word>{kNoWord, 0});
  CHECK(mention.around.after == std::vector<concepts::company::Word>{1});
  CHECK(finder.in_text("前面小道路", finder.units_of("小道")).size() == 1);
  CHECK(finder.at("ab", 2, 2, mention).empty());
}

TEST_CASE("mentions are found in the life's inputs, not in those that were taken back", "[company]") {
  const Folder folder;
  reasoning::Mind mind(new_life(folder.path / "life"), {});
  perceive(mind, {"the bank opens", "a river", "the Bank of the bank", "no bank"});
  mind.commit();
  mind.withdraw(4);
  const auto words = words_called({"the"});
  reasoning::MentionFinder finder(words);
  const auto found = finder.in_life(mind.view().life(), {"bank"});
  REQUIRE(found.size() == 3);
  CHECK(found[0].input == 1);
  CHECK(found[2].input == 3);
  CHECK(finder.in_life(mind.view().life(), {"zebra"}).empty());
}

TEST_CASE("a mention has the named whole of which it is a part, and none where it is all of it or sticks out",
          "[company]") {
  const auto words = words_called({"the"});
  const auto unit = [](const std::string& name) { return concepts::company::WholeUnit{{name, name, " " + name}, 20}; };
  const concepts::company::Wholes wholes({unit("river"), unit("bank"), unit("of"), unit("england")},
                                         {{0, 1, 40, 9}, {1, 2, 30, 0.1}, {5, 3, 30, 9}});
  reasoning::MentionFinder finder(words, &wholes);
  const auto whole_of = [&](const std::string& text, const std::vector<std::string>& target) {
    return finder.in_text(text, target).at(0).around.whole;
  };
  CHECK(whole_of("the River bank", {"bank"}) == 4);
  CHECK(whole_of("the bank of England", {"bank"}) == 6);
  CHECK(whole_of("the bank of England", {"bank", "of"}) == 6);
  CHECK(whole_of("the bank of the river", {"bank"}) == concepts::company::kNoPart);  // "bank of" is not named
  CHECK(whole_of("the river bank", {"river", "bank"}) == concepts::company::kNoPart);
  CHECK(whole_of("the river bank", {"the", "river"}) == concepts::company::kNoPart);
  CHECK(reasoning::MentionFinder(words).in_text("river bank", {"bank"}).at(0).around.whole ==
        concepts::company::kNoPart);
}
