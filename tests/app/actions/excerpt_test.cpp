#include "app/actions/excerpt.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "app/actions/names.h"
#include "tests/app/small_life.h"

namespace noema::tests {
namespace {

std::vector<std::string> labels_of(const app::Excerpt& excerpt) {
  std::vector<std::string> labels;
  for (const auto& one : excerpt.concepts) labels.push_back(one.itself.label);
  return labels;
}

bool has(const std::vector<std::string>& labels, const std::string& label) {
  return std::find(labels.begin(), labels.end(), label) != labels.end();
}

/// Beside "zu" may stand anything; "red" stands before "fox" alone, and "old" before "hen".
std::vector<std::string> lines_with_a_word_that_tells_nothing() {
  std::vector<std::string> lines;
  for (int i = 0; i < 40; ++i) {
    const std::string n = std::to_string(i % 13), m = std::to_string((i * 5 + 2) % 13);
    lines.push_back("w" + n + " zu w" + m + " zu red fox");
    lines.push_back("w" + m + " zu old hen zu w" + n);
  }
  return lines;
}

}  // namespace

TEST_CASE("words beside which anything may stand are left out, unless they are wanted") {
  SmallLife life(lines_with_a_word_that_tells_nothing());
  const auto view = life.mind->view();
  const app::Excerpt telling = app::excerpt(view, {.most = 50});
  CHECK(has(labels_of(telling), "fox"));
  CHECK(has(labels_of(telling), "red"));
  CHECK_FALSE(has(labels_of(telling), "zu"));
  const app::Excerpt all = app::excerpt(view, {.most = 50, .around = "", .with_uninformative = true});
  CHECK(has(labels_of(all), "zu"));
  CHECK(all.concepts.size() > telling.concepts.size());
  CHECK(all.total == app::all_concepts(view.graph()).size());
  const auto bits = [&](const char* label) {
    return std::find_if(all.concepts.begin(), all.concepts.end(),
                        [&](const auto& one) { return one.itself.label == label; })
        ->bits;
  };
  CHECK(bits("fox") > bits("zu"));
}

TEST_CASE("an excerpt has at most so many concepts, with so many mentions, and edges between them alone") {
  SmallLife life(tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const app::Excerpt some =
      app::excerpt(view, {.most = 12, .around = "", .with_uninformative = true, .least_count = 5});
  CHECK(some.concepts.size() == 12);
  std::set<concepts::ConceptId> ids;
  for (const auto& one : some.concepts) {
    CHECK(one.itself.count >= 5);
    CHECK(one.since >= 1);
    CHECK(one.since <= 180);
    ids.insert(one.itself.id);
  }
  CHECK(ids.size() == 12);
  CHECK(!some.edges.empty());
  for (const auto& edge : some.edges) {
    CHECK(ids.contains(edge.from));
    CHECK(ids.contains(edge.to));
  }
}

TEST_CASE("around a concept are its parts and wholes, first of all, and then what stands beside it") {
  SmallLife life(tax_lines());
  life.mind->think(100000);
  life.mind->commit();
  const auto view = life.mind->view();
  const app::Excerpt around = app::excerpt(view, {.most = 30, .around = "he cut", .with_uninformative = true});
  const auto labels = labels_of(around);
  REQUIRE(labels.size() >= 3);
  CHECK(labels[0] == "he cut");
  CHECK(around.concepts[0].thought == "compose");
  for (const auto& one : around.concepts) CHECK((one.kind == "sense") == one.thought.empty());
  CHECK(has({labels.begin() + 1, labels.begin() + 3}, "he"));
  CHECK(has({labels.begin() + 1, labels.begin() + 3}, "cut"));
  CHECK(std::count_if(around.edges.begin(), around.edges.end(),
                      [](const auto& edge) { return edge.type == "part-of"; }) >= 2);
  CHECK_THROWS_AS(app::excerpt(view, {.most = 30, .around = "no such word"}), app::UnknownName);
}

TEST_CASE("an empty life has an empty excerpt") {
  SmallLife life;
  const app::Excerpt none = app::excerpt(life.mind->view(), {});
  CHECK(app::to_json(none).dump() == R"({"concepts":[],"edges":[],"total":0})");
}

}  // namespace noema::tests
