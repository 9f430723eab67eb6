#include <catch2/catch.hpp>

#include "base/rng.h"
#include "tests/app/program.h"
#include "tests/app/small_life.h"

using namespace noema;
using tests::run_noema;

namespace {

/// A life that has thought about its wholes, closed: "red hot" stands among random words.
struct LifeWithWholes {
  tests::SmallLife small{lines()};
  std::string path = small.path;
  LifeWithWholes() {
    REQUIRE(small.mind->think_of_wholes());
    small.mind->checkpoint();
    small.mind.reset();
  }
  static std::vector<std::string> lines() {
    base::Rng rng(2);
    std::vector<std::string> lines(1500, "red hot");
    for (std::string& line : lines)
      for (int n = 0; n < 12; ++n) line += " w" + std::to_string(rng.below(40));
    return lines;
  }
};

}  // namespace

TEST_CASE("wholes are listed with count, bits and parts", "[company]") {
  const LifeWithWholes life;
  const auto listed = run_noema({"wholes", life.path, "--json"});
  REQUIRE(listed.status == 0);
  REQUIRE(listed.json().size() == 1);
  CHECK(listed.json()[0]["whole"] == "red hot");
  CHECK(listed.json()[0]["count"] == 1500);
  CHECK(listed.json()[0]["parts"] == nlohmann::json{"red", "hot"});
  const auto people = run_noema({"wholes", life.path, "--by", "each"});
  CHECK_THAT(people.out, Catch::Contains("red hot") && Catch::Contains("1,500"));
  CHECK(run_noema({"wholes", life.path, "--by", "luck"}).status == 2);
  CHECK(run_noema({"wholes", life.path, "--top", "0"}).status == 2);
}

TEST_CASE("each line of a file is told by wholes, with the bits of both ways", "[company]") {
  const LifeWithWholes life;
  const std::string file = life.small.work.write("texts", "w1 red hot w2\nzyzzyva\n");
  const auto said = run_noema({"wholes", life.path, "--inputs", file, "--json"}).json();
  REQUIRE(said.size() == 2);
  CHECK(said[0]["parts"] == nlohmann::json{"w1", "red hot", "w2"});
  CHECK(said[0]["bits"] < said[0]["unit_bits"]);
  CHECK(said[1]["bits"] == said[1]["unit_bits"]);
  const auto people = run_noema({"wholes", life.path, "--inputs", file});
  CHECK_THAT(people.out, Catch::Contains("w1 | red hot | w2\n") && Catch::Contains("bits a character by wholes"));
}

TEST_CASE("a life that has not thought about its wholes says what to do", "[company]") {
  const tests::Workplace work;
  const auto refused = run_noema({"wholes", work.life()});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Catch::Contains("noema think"));
}
