#include "experiments/grid_table.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/several_runs.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
using nlohmann::json;

namespace {

std::vector<std::string> run_names(const ExperimentConfig& config) {
  std::vector<std::string> names;
  for (const OneRun& run : runs_of(config)) names.push_back(run.name);
  return names;
}

const std::string kTexts = "arms = [\"static\", \"memory+dynamic\"]\n[model]\ntrain_lines = 10\n";
const std::string kClasses = "arms = [\"names\", \"replay{batch=4}\", \"replay\"]\n[stream]\nkind = \"inventions\"\n";

}  // namespace

TEST_CASE("a grid gives a run for each combination of its values, the first key slowest", "[grid]") {
  const auto config =
      config_of_text(kTexts + "[grid]\nprotocol.think = [0, 8]\nseed = [3, 4]\nstream.lines = [30, 40]\n");
  CHECK(run_names(config) ==
        std::vector<std::string>{"protocol.think=0,stream.lines=30/seed-3", "protocol.think=0,stream.lines=30/seed-4",
                                 "protocol.think=0,stream.lines=40/seed-3", "protocol.think=0,stream.lines=40/seed-4",
                                 "protocol.think=8,stream.lines=30/seed-3", "protocol.think=8,stream.lines=30/seed-4",
                                 "protocol.think=8,stream.lines=40/seed-3", "protocol.think=8,stream.lines=40/seed-4"});
  const OneRun last = runs_of(config).back();
  CHECK(last.config.protocol.think == 8);
  CHECK(last.config.stream.settings.count("lines") == 40);
  CHECK(last.config.seed == 4);
  CHECK(last.config.model.seed == 4);
  CHECK(last.config.chosen == json{{"protocol.think", 8}, {"stream.lines", 40}});
  CHECK(last.config.seeds.empty());
  CHECK(last.config.settings.empty());
}

TEST_CASE("a grid of seeds alone is what seeds = [...] is short for", "[grid]") {
  const auto shortly = config_of_text("seeds = [1, 2]\n" + kTexts),
             at_length = config_of_text(kTexts + "[grid]\nseed = [1, 2]\n");
  CHECK(run_names(at_length) == std::vector<std::string>{"seed-1", "seed-2"});
  CHECK(to_json(shortly) == to_json(at_length));
  CHECK(run_names(config_of_text("seeds = [1, 2]\n" + kTexts + "[grid]\nprotocol.think = [0]\n")) ==
        std::vector<std::string>{"protocol.think=0/seed-1", "protocol.think=0/seed-2"});
  CHECK(run_names(config_of_text(kTexts)) == std::vector<std::string>{""});
}

TEST_CASE("keys of a grid may be written in every way of TOML, and what is no plain value stands by its place",
          "[grid]") {
  for (const char* grid : {"[grid]\nprotocol.think = [0, 2]\n", "[grid]\n\"protocol.think\" = [0, 2]\n",
                           "[grid.protocol]\nthink = [0, 2]\n"})
    CHECK(run_names(config_of_text(kTexts + grid)) == std::vector<std::string>{"protocol.think=0", "protocol.think=2"});
  const auto lists =
      config_of_text("[model]\ntrain_lines = 10\n[grid]\narms = [[\"static\"], [\"static\", \"cache\"]]\n");
  CHECK(run_names(lists) == std::vector<std::string>{"arms=value-1", "arms=value-2"});
  CHECK(lists.settings[1].arms.size() == 2);
  CHECK(lists.arms == std::vector<std::string>{"static", "cache"});
}

TEST_CASE("an option of an arm is varied wherever the arm is named", "[grid]") {
  const auto config = config_of_text(kClasses + "[grid]\narms.replay.kept = [50, 60]\n");
  CHECK(config.settings[1].arms == std::vector<std::string>{"names", "replay{batch=4;kept=60}", "replay{kept=60}"});
  const auto mind = config_of_text(kTexts + "[grid]\narms.memory.without = [\"matches\", \"cache_soft\"]\n");
  CHECK(mind.settings[0].arms.at(1) == "memory{without=matches}+dynamic");
  CHECK(mind.settings[0].setting == "arms.memory.without=matches");
}

TEST_CASE("a mistake in a grid is named with its line and what is expected", "[grid]") {
  struct Case {
    std::string content, line, said;
  };
  const std::vector<Case> cases = {
      {kTexts + "[grid]\nprotocol.think = 3\n", "e.toml:5:", "'grid.protocol.think' has no list"},
      {kTexts + "[grid]\nprotocol.think = []\n", "e.toml:5:", "has no list"},
      {kTexts + "[grid]\nprotocol.think = [1, 2, 1]\n", "e.toml:5:", "names 1 twice"},
      {kTexts + "[grid]\nprotocol.think = [1, \"2\"]\n", "e.toml:5:", "'protocol.think' is a text"},
      {kTexts + "[grid]\nprotocol.think = [1, -2]\n", "e.toml:5:", "'protocol.think' is -2"},
      {kTexts + "[grid]\nprotocol.thnk = [1]\n", "e.toml:5:", "did you mean 'think'?"},
      {kTexts + "[grid]\nprotocl.think = [1]\n", "e.toml:5:", "unknown key 'protocl'; did you mean 'protocol'?"},
      {kTexts + "[grid]\na.b.c = [1]\n", "e.toml:5:", "is no key of the file"},
      {kTexts + "[grid]\narms.think = [1]\n", "e.toml:5:", "'arms' is no table"},
      {kTexts + "[grid]\nmodel.train_lines = [1]\n", "e.toml:5:", "set elsewhere too; keep one of them"},
      {kTexts + "[grid]\nprotocol.think = [1]\n\"protocol.think\" = [2]\n", "e.toml:6:", "keep one of them"},
      {kTexts + "[grid]\nseed = [1, -1]\n", "e.toml:5:", "'grid.seed' is -1"},
      {kTexts + "[grid]\nseeds = [[1]]\n", "e.toml:5:", "write grid.seed"},
      {"seeds = [1]\n" + kTexts + "[grid]\nseed = [1]\n", "e.toml:6:", "keep one of them"},
      {"seed = 1\n" + kTexts + "[grid]\nseed = [1]\n", "e.toml:6:", "keep one of them"},
      {kTexts + "[grid]\n", "e.toml:4:", "[grid] varies nothing"},
      {"grid = 3\n" + kTexts, "e.toml:1:", "expected a table, written [grid]"},
      {kTexts + "[grid]\nprotocol.think = [{a = 1}]\n", "e.toml:5:", "holds a table"},
      {kTexts + "[grid]\narms.noema.without = [\"merge\"]\n", "e.toml:5:", "which 'arms' does not name"},
      {kClasses + "[grid]\narms.replay.kept = [-3]\n", "e.toml:1:", "kept"},
      {kClasses + "[grid]\narms.replay.batch = [3]\n", "e.toml:5:", "varies what arm 'replay{batch=4}' sets"},
  };
  for (const Case& one : cases) {
    INFO(one.content);
    CHECK_THROWS_WITH(config_of_text(one.content), Catch::Contains(one.line) && Catch::Contains(one.said));
  }
  std::string many = "protocol.think = [0";
  for (int i = 1; i < 101; ++i) many += ", " + std::to_string(i);
  CHECK_THROWS_WITH(config_of_text(kTexts + "[grid]\n" + many + "]\nprotocol.block" + many.substr(14) + "]\n"),
                    Catch::Contains("more than 10000 combinations"));
}

TEST_CASE("the hash of an experiment changes with its grid", "[grid]") {
  const auto hash = [](const std::string& grid) { return config_hash(config_of_text(kTexts + "[grid]\n" + grid)); };
  const std::string one = hash("protocol.think = [0, 2]\n");
  CHECK(one != hash("protocol.think = [2, 0]\n"));
  CHECK(one != hash("protocol.think = [0]\n"));
  CHECK(one != config_hash(config_of_text(kTexts)));
  CHECK(one == hash("\"protocol.think\" = [ 0, 2 ]\n"));
}
