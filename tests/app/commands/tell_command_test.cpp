#include <catch2/catch.hpp>

#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("what is told is recalled, and not once it was withdrawn, until this is undone") {
  const Workplace work;
  const std::string life = work.life();
  CHECK(run_noema({"tell", life, "the key is in the safe", "--speaker", "Ann", "--json"}).json().at(0)["episode"] == 1);
  CHECK(run_noema({"recall", life, "key", "--speaker", "Ann", "--json"}).json().size() == 1);
  const auto forgotten = run_noema({"forget", life, "1", "--json"}).json().at(0);
  CHECK(forgotten["text"] == "the key is in the safe");
  CHECK(run_noema({"recall", life, "key", "--json"}).json().at(0)["episode"].is_null());
  CHECK(run_noema({"forget", life, "1"}).status == 1);
  CHECK(run_noema({"undo", life, forgotten["thought"].get<std::string>()}).status == 0);
  CHECK(run_noema({"recall", life, "key", "--json"}).json().size() == 1);
  CHECK(run_noema({"forget", life, "nobody"}).status == 1);
  CHECK(run_noema({"tell", life, ""}).status != 0);
}

TEST_CASE("an answer is judged by one flag, for one question") {
  const Workplace work;
  const std::string life = work.life();
  run_noema({"tell", life, "the key is in the safe"});
  CHECK(run_noema({"ask", life, "the key is in ?", "--confirm", "--wrong"}).status == 2);
  CHECK(run_noema({"ask", life, "the key is in ?", "--confirm", "--no-learn"}).status == 2);
  CHECK(run_noema({"ask", life, "the key is in ?", "--wrong", "--json"}).json().at(0)["answer"] ==
        "the key is in the safe");
  CHECK(run_noema({"ask", life, "the key is in ?", "--no-learn", "--json"}).json().at(0)["abstained"] == true);
}
