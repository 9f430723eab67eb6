#include "app/actions/analogy.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "tests/app/knowing_life.h"

using namespace noema;
using concepts::company::Asked;

namespace {

struct KnownCompany {
  memory::Life life = app::open_to_read(tests::knowing_life());
  concepts::company::Company company = app::company_of(life);

  std::vector<std::string> answers(Asked asked, const std::vector<std::string>& lines) const {
    std::vector<std::string> answers;
    app::AnalogySolver(company, asked, 3).solve_all(lines, [&](std::size_t line, const app::AnalogyValue& value) {
      CHECK(line == answers.size() + 1);
      answers.push_back(app::to_json(line, value).dump());
    });
    return answers;
  }
};

/// The best words of a line of the batch form. Scores of words that were looked up in one pass with others differ in
/// the last digit.
std::vector<std::string> answer_in(const std::string& line) {
  std::vector<std::string> labels;
  const auto answer = nlohmann::json::parse(line);
  for (const auto& hit : answer.at("hits")) labels.push_back(hit["label"]);
  return labels;
}

}  // namespace

TEST_CASE("analogies answer each line in order, and say which they do not cover", "[company]") {
  const KnownCompany known;
  const auto lines = known.answers(Asked::kBoth, {"dog cat axe saw", "dog cat", "dog zyzzyva axe", "dog cat axe", "",
                                                  "  dog\tcat   axe ", "\xff a b"});
  REQUIRE(lines.size() == 7);
  CHECK(lines[1] == R"({"question":2,"answer":null,"hits":[],"covered":false})");
  CHECK(lines[4] == R"({"question":5,"answer":null,"hits":[],"covered":false})");
  CHECK(lines[6] == R"({"question":7,"answer":null,"hits":[],"covered":false})");
  CHECK(answer_in(lines[0]) == answer_in(lines[3]));  // the fourth word is never read
  CHECK(answer_in(lines[5]) == answer_in(lines[3]));
}

TEST_CASE("an animal is to an animal as a tool is to a tool, whichever vectors are asked", "[company]") {
  const KnownCompany known;
  for (const Asked asked : {Asked::kSparse, Asked::kDense, Asked::kBoth}) {
    app::AnalogySolver solver(known.company, asked, 3);
    const auto value = solver.solve({"dog", "CAT", "axe"});
    CHECK(value.covered);
    REQUIRE(value.hits.size() == 3);
    for (const auto& hit : value.hits) {
      INFO(hit.label);
      CHECK(std::set<std::string>{"saw", "drill", "plane", "vice"}.contains(hit.label));
    }
    CHECK(std::is_sorted(value.hits.begin(), value.hits.end(),
                         [](const auto& a, const auto& b) { return a.score > b.score; }));
  }
}

TEST_CASE("the words of a question are never its answer, and there are no more answers than words", "[company]") {
  const KnownCompany known;
  app::AnalogySolver solver(known.company, Asked::kBoth, 1000000);
  const auto hits = solver.solve({"dog", "cat", "axe"}).hits;
  std::set<std::string> labels;
  for (const auto& hit : hits) CHECK(labels.insert(hit.label).second);
  CHECK(labels.size() == known.company.words.size() - 3);
  for (const char* asked : {"dog", "cat", "axe"}) CHECK_FALSE(labels.contains(asked));
}

TEST_CASE("a question with a word that nobody knows is refused with the nearest, alone and unlike in a file",
          "[company]") {
  const KnownCompany known;
  app::AnalogySolver solver(known.company, Asked::kBoth, 3);
  CHECK_THROWS_AS(solver.solve({"dog", "cat", "zyzzyva"}), app::UnknownName);
  CHECK_THROWS_WITH(solver.solve({"dog", "cta", "axe"}), Catch::Contains("'cta'") && Catch::Contains("cat"));
  CHECK_THROWS_AS(solver.solve({"dog", "", "axe"}), app::UnknownName);
}

TEST_CASE("a question has the same answer alone and among others, however many they are", "[company]") {
  const KnownCompany known;
  std::vector<std::string> lines;
  const std::size_t size = known.company.words.size();
  for (std::size_t i = 0; i < 200; ++i) {
    const auto label = [&](std::size_t n) { return known.company.words[n % size].label; };
    lines.push_back(label(i) + " " + label(i * 3 + 1) + " " + label(i * 7 + 2));
  }
  const auto together = known.answers(Asked::kBoth, lines);
  REQUIRE(together.size() == lines.size());
  for (std::size_t i = 0; i < lines.size(); i += 40) {
    const auto alone = known.answers(Asked::kBoth, {lines[i]}).at(0);
    CHECK(answer_in(together[i]) == answer_in(alone));
  }
}
