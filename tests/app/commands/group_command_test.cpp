#include <catch2/catch.hpp>

#include "tests/app/knowing_life.h"

using namespace noema::tests;

TEST_CASE("group prints the words of each group on a line, and beneath them those that nobody knows") {
  const Workplace work;
  const std::string words = work.write("w.txt", "dog\naxe\nzyzzyva\nCat\n\ndrill\n");
  CHECK(run_noema({"group", knowing_life(), "--words", words}).out ==
        "  1  dog, Cat\n  2  axe, drill\nNothing is known of 2 words: zyzzyva, (an empty line)\n");
  const auto rows = run_noema({"group", knowing_life(), "--words", words, "--groups", "2", "--json"});
  CHECK(rows.out ==
        "{\"word\":\"dog\",\"group\":1}\n{\"word\":\"axe\",\"group\":2}\n{\"word\":\"zyzzyva\",\"group\":null}\n"
        "{\"word\":\"Cat\",\"group\":1}\n{\"word\":\"\",\"group\":null}\n{\"word\":\"drill\",\"group\":2}\n");
}

TEST_CASE("group says how many texts each group has, and shows the first of them") {
  const Workplace work;
  const std::string texts = work.write("t.txt", "the dog sleeps\nthe axe breaks\na wild \x1b[31mfox\nzyzzyva\n");
  const auto shown = run_noema({"group", knowing_life(), "--inputs", texts, "--groups", "2"});
  CHECK(shown.status == 0);
  CHECK(shown.out == "  1       2  the dog sleeps\n  2       1  the axe breaks\nNothing is known of 1 text: zyzzyva\n");
  CHECK(run_noema({"group", knowing_life(), "--inputs", texts, "--groups", "2", "--json"}).out ==
        "{\"line\":1,\"group\":1}\n{\"line\":2,\"group\":2}\n{\"line\":3,\"group\":1}\n{\"line\":4,\"group\":null}\n");
  const auto strange = run_noema({"group", knowing_life(), "--inputs", work.write("s.txt", "zy \x1b[31m zyva\n")});
  CHECK(strange.status == 0);
  CHECK_THAT(strange.out, !Catch::Contains("\x1b"));
}

TEST_CASE("group refuses what it cannot read before it groups anything") {
  const Workplace work;
  const std::string life = knowing_life(), words = work.write("w.txt", "dog\n");
  check_complaint(run_noema({"group", life}), 2, "--words FILE or --inputs FILE, one of the two");
  check_complaint(run_noema({"group", life, "--words", words, "--inputs", words}), 2, "one of the two");
  for (const char* groups : {"0", "-1", "2.5", "many"})
    check_complaint(run_noema({"group", life, "--words", words, "--groups", groups}), 2,
                    "--groups: expected a whole number from 1");
  check_complaint(run_noema({"group", life, "--words", work.file("none")}), 1, "none: no such file");
  check_complaint(run_noema({"group", life, "--words", work.path.string()}), 1, "is a folder");
  check_complaint(run_noema({"group", life, "--words", work.write("empty", "")}), 1, "empty: the text to group");
  check_complaint(run_noema({"group", life, "--inputs", work.write("latin", "ok\ncaf\xe9\n")}), 1, "latin:2");
  check_complaint(run_noema({"group", work.life(), "--words", words}), 1, "`noema think` does it");
  check_complaint(run_noema({"group", work.file("none.life"), "--words", words}), 1, "none.life");
}

TEST_CASE("some thousands of texts are grouped by a life that has not thought yet; a few are not") {
  const tests::Workplace work;
  std::string texts;
  for (int i = 0; i < 3200; ++i)
    texts += i % 2 == 0 ? "the dog and the cat " + std::to_string(i % 3) + "\n"
                        : "a saw or an axe " + std::to_string(i % 5) + "\n";
  const std::string life = work.life();
  const auto grouped = run_noema({"group", life, "--inputs", work.write("many", texts), "--json"});
  REQUIRE(grouped.status == 0);
  const auto lines = grouped.json();
  REQUIRE(lines.size() == 3200);
  CHECK(lines[0]["group"] == lines[2]["group"]);
  CHECK(lines[0]["group"] != lines[1]["group"]);
  const auto refused = run_noema({"group", life, "--inputs", work.write("few", "the dog\na saw\n")});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Catch::Contains("noema think"));
}
