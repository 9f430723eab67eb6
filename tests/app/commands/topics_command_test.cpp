#include <catch2/catch.hpp>

#include "tests/app/program.h"
#include "tests/app/small_life.h"
#include "tests/reasoning/kinds.h"

using namespace noema;
using tests::run_noema;

namespace {

/// A life that has thought about its topics, closed.
struct LifeWithTopics {
  tests::SmallLife small{tests::lines_of_kinds()};
  std::string path = small.path;
  LifeWithTopics() {
    REQUIRE(small.mind->think_of_topics());
    small.mind->checkpoint();
    small.mind.reset();
  }
};

}  // namespace

TEST_CASE("topics are listed with words, size and examples, and how many are left out is said", "[company]") {
  const LifeWithTopics life;
  const auto listed = run_noema({"topics", life.path, "--json"});
  REQUIRE(listed.status == 0);
  const auto topics = listed.json();
  REQUIRE(topics.size() >= 2);
  for (const auto& topic : topics) {
    CHECK(topic["inputs"] > 0);
    CHECK(topic["words"].size() >= 1);
    CHECK(topic["examples"].size() >= 1);
  }
  const auto one = run_noema({"topics", life.path, "--top", "1"});
  CHECK_THAT(one.out, Catch::StartsWith("  1. "));
  CHECK_THAT(one.out, Catch::Contains(" inputs\n     - ") &&
                          Catch::Contains("--top " + std::to_string(topics.size()) + " lists all."));
  CHECK(run_noema({"topics", life.path, "--top", "0"}).status == 2);
}

TEST_CASE("the topic of each line of a file is said, and that a text has none", "[company]") {
  const LifeWithTopics life;
  const std::string file = life.small.work.write("texts", "wild dog nests\nzyzzyva\nrusty steel motor\n");
  const auto said = run_noema({"topics", life.path, "--inputs", file, "--json"}).json();
  REQUIRE(said.size() == 3);
  CHECK(said[0]["line"] == 1);
  CHECK(said[0]["topic"] != said[2]["topic"]);
  CHECK(said[0]["probability"] > 0.5);
  CHECK(said[1]["topic"].is_null());
  const auto people = run_noema({"topics", life.path, "--inputs", file});
  CHECK_THAT(people.out, Catch::Contains("rusty steel motor") && !Catch::Contains("{"));
  const auto missing = run_noema({"topics", life.path, "--inputs", life.small.work.file("none")});
  CHECK(missing.status == 1);
  CHECK_THAT(missing.err, Catch::Contains("none"));
}

TEST_CASE("a life that has not thought about its topics says what to do", "[company]") {
  const tests::Workplace work;
  const auto refused = run_noema({"topics", work.life()});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Catch::Contains("noema think"));
  CHECK(refused.out.empty());
}
