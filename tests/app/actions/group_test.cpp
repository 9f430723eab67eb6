#include "app/actions/group.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/app/knowing_life.h"

using namespace noema;

namespace {

std::vector<std::optional<std::size_t>> groups_in(const std::vector<app::Grouped>& values) {
  std::vector<std::optional<std::size_t>> groups;
  for (const auto& value : values) groups.push_back(value.group);
  return groups;
}

}  // namespace

TEST_CASE("words and texts are grouped by kind, one value a line, null for what is unknown", "[company]") {
  const tests::KnownWords known;
  const auto grouped = app::group_words(known.words, {"dog", "axe", "zyzzyva", "Cat", "drill", "cat"}, {.groups = 2});
  REQUIRE(grouped.size() == 6);
  CHECK(grouped[0].group == grouped[3].group);
  CHECK(grouped[3].group == grouped[5].group);
  CHECK(grouped[1].group == grouped[4].group);
  CHECK(grouped[0].group != grouped[1].group);
  CHECK(app::word_json(grouped[2]).dump() == R"({"word":"zyzzyva","group":null})");
  CHECK(app::word_json(grouped[3]).dump() == R"({"word":"Cat","group":1})");
  const auto texts =
      app::group_texts(known.words, {"the dog sleeps", "the axe breaks", "", "a wild fox"}, {.groups = 2});
  CHECK(texts[0].group == texts[3].group);
  CHECK(texts[0].group != texts[1].group);
  CHECK(app::line_json(texts[2]).dump() == R"({"line":3,"group":null})");
}

TEST_CASE("without a number groups emerge that part the kinds, numbered as they first stand", "[company]") {
  const tests::KnownWords known;
  const std::vector<std::string> words{"axe", "dog", "saw", "cat", "drill", "fox", "vice", "owl"};
  const auto groups = groups_in(app::group_words(known.words, words, {}));
  std::set<std::size_t> of_tools, of_animals;
  std::size_t most = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    (i % 2 == 0 ? of_tools : of_animals).insert(groups[i].value());
    CHECK(groups[i].value() <= most + 1);
    most = std::max(most, groups[i].value());
  }
  for (const std::size_t group : of_tools) CHECK_FALSE(of_animals.contains(group));
  CHECK(most < words.size());
}

TEST_CASE("there are never more groups than different words, and one group holds all", "[company]") {
  const tests::KnownWords known;
  const std::vector<std::string> words{"dog", "DOG", "axe", "zyzzyva", "cat"};
  CHECK(groups_in(app::group_words(known.words, words, {.groups = 1000000})) ==
        std::vector<std::optional<std::size_t>>{1, 1, 2, std::nullopt, 3});
  CHECK(groups_in(app::group_words(known.words, words, {.groups = 1})) ==
        std::vector<std::optional<std::size_t>>{1, 1, 1, std::nullopt, 1});
}

TEST_CASE("where nothing is known of any word or text, each has no group", "[company]") {
  const tests::KnownWords known;
  for (const app::GroupRequest& request : {app::GroupRequest{}, app::GroupRequest{.groups = 3}}) {
    for (const auto& value : app::group_words(known.words, {"zyzzyva", "", "\xff"}, request)) CHECK_FALSE(value.group);
    for (const auto& value : app::group_texts(known.words, {"zyzzyva", "", "dog \xff"}, request))
      CHECK_FALSE(value.group);
    CHECK(app::group_words(known.words, {}, request).empty());
    CHECK(app::group_texts(known.words, {}, request).empty());
  }
  const auto one = app::group_words(known.words, {"zyzzyva", "dog"}, {});
  CHECK(one[1].group == 1);
}

TEST_CASE("thousands of texts are grouped by their kind, and the same seed groups them the same", "[company]") {
  const tests::KnownWords known;
  const auto lines = tests::lines_of_kinds(5000, 2);
  const auto first = groups_in(app::group_texts(known.words, lines, {.groups = 2, .seed = 5}));
  CHECK(first == groups_in(app::group_texts(known.words, lines, {.groups = 2, .seed = 5})));
  std::size_t as_told = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) as_told += first[i] == first[i % 2];
  CHECK(as_told == lines.size());
}
