#include "tests/memory/support.h"

namespace noema::memory {
namespace {

EpisodeId add(Life& life, const std::string& terms, const std::string& group = "") {
  EpisodeRow row = episode_row(terms);
  row.group = group;
  return life.append(row, terms);
}

std::vector<EpisodeId> found(const Life& life, const std::vector<std::string>& terms,
                             const std::optional<std::string>& group = {}) {
  std::vector<EpisodeId> ids;
  for (const LexicalHit& hit : life.episodes().search(terms, 10, group)) ids.push_back(hit.episode);
  return ids;
}

}  // namespace

TEST_CASE("search ranks episodes by the rare terms they share with the cue") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  add(life, "the cat sat on the mat");
  add(life, "the dog sat");
  add(life, "the zebra and the cat");
  for (int i = 0; i < 20; ++i) add(life, "the weather again");
  life.commit();
  const auto hits = life.episodes().search({"zebra", "cat"}, 10);
  REQUIRE(hits.size() == 2);
  CHECK(hits[0].episode == 3);
  CHECK(hits[0].score > hits[1].score);
  CHECK(hits[1].score > 0);
  CHECK(life.episodes().search({"zebra", "cat"}, 1).size() == 1);
  CHECK(found(life, {"unicorn"}).empty());
  CHECK(found(life, {}).empty());
}

TEST_CASE("Chinese characters separated by spaces are terms") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  add(life, "道 可 道 非 常 道");
  add(life, "名 可 名 非 常 名");
  CHECK(found(life, {"道"}) == std::vector<EpisodeId>{1});
  CHECK(found(life, {"名", "常"}).front() == 2);
}

TEST_CASE("search limited to a group finds only its episodes, whatever the group is called") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  add(life, "a red house", "one");
  add(life, "a red house", "one two");
  add(life, "a red house", "\"*");
  add(life, "a red house");
  CHECK(found(life, {"house"}).size() == 4);
  CHECK(found(life, {"house"}, "one") == std::vector<EpisodeId>{1});
  CHECK(found(life, {"house"}, "one two") == std::vector<EpisodeId>{2});
  CHECK(found(life, {"house"}, "\"*") == std::vector<EpisodeId>{3});
  CHECK(found(life, {"house"}, "none").empty());
  CHECK(found(life, {","}, "one").empty());
}

TEST_CASE("no text is a syntax error") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  add(life, "and near a cat");
  const std::vector<std::string> odd = {"\"",     "\"\"",
                                        "*",      "cat*",
                                        "NEAR(",  "AND",
                                        "OR",     "NOT",
                                        "terms:", "{",
                                        ")",      "-",
                                        "^",      "+",
                                        "",       " ",
                                        ",",      std::string("a\0b", 3),
                                        "g0000",  "\xf0\x9f\x98\x80",
                                        "'; DROP"};
  for (const std::string& term : odd) CHECK_NOTHROW(life.episodes().search({term}, 5));
  CHECK_NOTHROW(life.episodes().search(odd, 5));
  CHECK(found(life, {"cat", "\"", ","}) == std::vector<EpisodeId>{1});
  CHECK(found(life, {"AND"}) == std::vector<EpisodeId>{1});
}

TEST_CASE("a cue of thousands of terms is searched") {
  TempFolder folder;
  Life life = Life::create(folder / "a.life", small_options());
  add(life, "w77 w4999");
  std::vector<std::string> terms;
  for (int i = 0; i < 5000; ++i) terms.push_back("w" + std::to_string(i));
  CHECK(found(life, terms) == std::vector<EpisodeId>{1});
}

}  // namespace noema::memory
