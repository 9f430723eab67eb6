#include <catch2/catch.hpp>

#include "tests/app/knowing_life.h"

using namespace noema::tests;

TEST_CASE("analogy lists words and scores in columns beneath its question, as JSON an object each") {
  const auto shown = run_noema({"analogy", knowing_life(), "dog", "cat", "axe", "-k", "2"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("dog is to cat as axe is to:\n") && !Catch::Contains("{"));
  CHECK(std::count(shown.out.begin(), shown.out.end(), '\n') == 3);
  const auto rows = run_noema({"analogy", knowing_life(), "dog", "cat", "axe", "-k", "2", "--json"}).json();
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].size() == 2);
  CHECK(rows[0]["score"] > rows[1]["score"]);
  CHECK_THAT(shown.out, Catch::Contains("\n" + rows[0]["label"].get<std::string>() + " "));
  CHECK(run_noema({"analogy", knowing_life(), "dog", "cat", "axe", "--json"}).json().size() == 5);
}

TEST_CASE("a file of questions is answered line by line, also where nothing is known") {
  const Workplace work;
  const std::string questions = work.write("q.txt", "dog cat axe saw\n\ndog cat\na dog zyzzyva\n");
  const auto rows = run_noema({"analogy", knowing_life(), "--questions", questions, "--json"}).json();
  REQUIRE(rows.size() == 4);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i]["question"] == i + 1);
    CHECK(rows[i]["covered"] == (i == 0));
    CHECK(rows[i]["answer"].is_null() == (i > 0));
    CHECK(rows[i]["hits"].empty() == (i > 0));
  }
  CHECK(rows[0]["answer"] == rows[0]["hits"][0]["label"]);
  const auto shown = run_noema({"analogy", knowing_life(), "--questions", questions});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("dog cat axe saw: " + rows[0]["answer"].get<std::string>() + "\n") &&
                            Catch::EndsWith("dog cat: -\na dog zyzzyva: -\n"));
}

TEST_CASE("an analogy of a word that nobody knows exits 1 with the nearest; as JSON its label is null") {
  check_complaint(run_noema({"analogy", knowing_life(), "dog", "cta", "axe"}), 1, "did you mean cat?");
  const auto unknown = run_noema({"analogy", knowing_life(), "dog", "cat", "axxe", "--json"});
  CHECK(unknown.status == 1);
  CHECK(unknown.out == "{\"label\":null,\"score\":null}\n");
  CHECK_THAT(unknown.err, Catch::Contains("did you mean axe?"));
}

TEST_CASE("analogy says what it takes: three words or a file, and vectors that there are") {
  const Workplace work;
  const std::string life = knowing_life(), file = work.write("q.txt", "a b c\n");
  check_complaint(run_noema({"analogy", life}), 2, "three words or --questions FILE");
  check_complaint(run_noema({"analogy", life, "dog", "cat"}), 2, "three words or --questions FILE");
  check_complaint(run_noema({"analogy", life, "dog", "cat", "axe", "--questions", file}), 2, "one of the two");
  check_complaint(run_noema({"analogy", life, "dog", "cat", "axe", "--by", "colour"}), 2,
                  "--by: colour not in {both,dense,sparse,writing}");
  for (const char* k : {"0", "-1", "1.5", "1e9"})
    check_complaint(run_noema({"analogy", life, "dog", "cat", "axe", "-k", k}), 2, "-k: expected a whole number");
  check_complaint(run_noema({"analogy", life, "--questions", work.file("none")}), 1, "none: no such file");
  check_complaint(run_noema({"analogy", life, "--questions", work.write("empty", "")}), 1, "empty: the text to answer");
  check_complaint(run_noema({"analogy", life, "--questions", work.write("latin", "a b c\ncaf\xe9 b c\n")}), 1,
                  "latin:2: byte 3 is not UTF-8");
  check_complaint(run_noema({"analogy", work.life(), "dog", "cat", "axe"}), 1, "`noema think` does it");
}

TEST_CASE("analogy asks the vectors that are named") {
  const auto best_score = [](const std::string& by) {
    return run_noema({"analogy", knowing_life(), "dog", "cat", "axe", "--by", by, "--json"}).json().at(0)["score"];
  };
  const auto both = run_noema({"analogy", knowing_life(), "dog", "cat", "axe", "--json"}).json().at(0)["score"];
  CHECK(best_score("writing") == both);  // nothing is written alike here
  CHECK(best_score("both") == both);
  CHECK(best_score("sparse") != both);
  CHECK(best_score("dense") != both);
}
