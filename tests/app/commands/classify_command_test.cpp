#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

namespace {

/// A life that was fed labelled lines.
std::string labelled_life(const Workplace& work, const std::string& lines) {
  const std::string life = work.life();
  REQUIRE(run_noema({"feed", life, work.write("taught.tsv", lines), "--format", "labelled", "--think", "off"}).status ==
          0);
  return life;
}

constexpr const char* kLabelled =
    "weather\twill it rain\nweather\tis it cold today\nmoney\tpay my bill\nmoney\twhat do i owe\n";

}  // namespace

TEST_CASE("fed with labels, a life names texts, one object a line, and an unknown text is null") {
  const Workplace work;
  const std::string life = labelled_life(work, kLabelled), asked = work.write("asked.txt", "rain today\n\nmy bill\n");
  const auto rows = run_noema({"classify", life, "--inputs", asked, "--json"}).json();
  REQUIRE(rows.size() == 3);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    CHECK(rows[i]["line"] == i + 1);
    CHECK(rows[i].size() == 6);
  }
  CHECK(rows[0]["likeliest"] == "weather");
  CHECK(rows[0]["runner_up"] == "money");
  CHECK(rows[1]["label"].is_null());
  CHECK(rows[2]["likeliest"] == "money");
  CHECK(run_noema({"check", life}).status == 0);
}

TEST_CASE("classify shows each text with its name beneath, how sure that is, and what else it could be") {
  const Workplace work;
  const std::string life = labelled_life(work, kLabelled),
                    asked = work.write("asked.txt", "is it cold today\nzyzzyva\n");
  const auto shown = run_noema({"classify", life, "--inputs", asked});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::StartsWith("    1  is it cold today\n       weather (") &&
                            Catch::Contains("%); or money\n    2  zyzzyva\n       unknown\n"));
  const std::string nobody = work.life("b.life");
  CHECK(run_noema({"classify", nobody, "--inputs", work.write("one.txt", "rain\n")}).out ==
        "    1  rain\n       unknown\n");
}

TEST_CASE("labels and texts that would steer a terminal are shown without doing so") {
  const Workplace work;
  const std::string life = labelled_life(work, "we\x1b[31mather\twill it rain\nmoney\tpay my bill\n");
  const auto shown = run_noema({"classify", life, "--inputs", work.write("asked.txt", "will it \x1b[2Jrain\n")});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("[31mather") && !Catch::Contains("\x1b"));
}

TEST_CASE("classify says what it cannot read") {
  const Workplace work;
  const std::string life = work.life(), asked = work.write("asked.txt", "rain\n");
  check_complaint(run_noema({"classify", life}), 2, "--inputs is required");
  check_complaint(run_noema({"classify", life, "--inputs", work.file("none")}), 1, "none: no such file");
  check_complaint(run_noema({"classify", life, "--inputs", work.path.string()}), 1,
                  "holds no images; expected .png files");
  check_complaint(run_noema({"classify", life, "--inputs", work.write("latin", "caf\xe9\n")}), 1, "latin:1");
  check_complaint(run_noema({"classify", work.file("none.life"), "--inputs", asked}), 1, "none.life");
  check_complaint(run_noema({"classify", asked, "--inputs", asked}), 1, "no life");
}
