#include "app/actions/classify.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::run_noema;

TEST_CASE("fed with labels, a life names texts, one object a line, and an unknown text is null") {
  const tests::Workplace work;
  const std::string life = work.life();
  const std::string taught = work.write(
      "taught.tsv", "weather\twill it rain\nweather\tis it cold today\nmoney\tpay my bill\nmoney\twhat do i owe\n");
  const std::string asked = work.write("asked.txt", "rain today\n\nmy bill\n");
  const auto before = run_noema({"classify", life, "--inputs", asked, "--json"});
  CHECK(before.status == 0);
  REQUIRE(before.json().size() == 3);
  CHECK(before.json()[0]["label"].is_null());
  REQUIRE(run_noema({"feed", life, taught, "--format", "labelled", "--think", "off"}).status == 0);
  const auto after = run_noema({"classify", life, "--inputs", asked, "--json"}).json();
  REQUIRE(after.size() == 3);
  CHECK(after[0]["line"] == 1);
  CHECK(after[0]["likeliest"] == "weather");
  CHECK(after[0]["runner_up"] == "money");
  CHECK(after[1]["label"].is_null());
  CHECK(after[2]["likeliest"] == "money");
  CHECK(run_noema({"check", life}).status == 0);
  CHECK(run_noema({"classify", life, "--inputs", work.file("none.txt")}).status == 1);
}
