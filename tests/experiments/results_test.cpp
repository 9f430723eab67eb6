#include "experiments/results.h"

#include <catch2/catch.hpp>
#include <functional>

#include "base/error.h"
#include "base/files.h"
#include "base/numbers.h"
#include "base/stop.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;
using nlohmann::json;

namespace {

json result_of(const std::string& arm) {
  return {{"arm", arm}, {"lines", 2}, {"words", 4}, {"characters", 20}, {"bits", 8.0}};
}

ExperimentConfig config_of(std::vector<std::string> arms) {
  ExperimentConfig config;
  config.name = "by hand";
  config.seed = 7;
  config.arms = std::move(arms);
  return config;
}

/// Events of noema and of memory, an experience each, with these bits and noema's claimed gain so far.
void write_events(RunFolder& run, const std::vector<double>& noema, const std::vector<double>& memory,
                  const std::vector<double>& gain) {
  for (std::size_t i = 0; i < noema.size(); ++i)
    run.event({{"arm", "noema"}, {"bits", noema[i]}, {"gain_bits", gain[i]}});
  for (const double bits : memory) run.event({{"arm", "memory"}, {"bits", bits}, {"gain_bits", 0}});
}

}  // namespace

TEST_CASE("costs and state are put by their names, beside what is there") {
  json target = {{"arm", "a"}};
  put_costs(target, 12.5, 7, 3);
  noema::reasoning::LearnerState state;
  state.thinking_seconds = 1.5;
  state.state_bytes = 10;
  state.concepts = 2;
  state.relations = 3;
  state.thoughts = 4;
  state.gain_bits = -0.5;
  put_state(target, state);
  CHECK(target == json{{"arm", "a"},
                       {"bits", 12.5},
                       {"characters", 7},
                       {"words", 3},
                       {"thinking_seconds", 1.5},
                       {"state_bytes", 10},
                       {"concepts", 2},
                       {"relations", 3},
                       {"thoughts", 4},
                       {"gain_bits", -0.5}});
}

TEST_CASE("arms stand in the experiment's order, each beside every other, with what their lives weigh") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  run.finish(result_of("noema"), {1, 1, 3, 1});  // finished first, asked for last
  run.finish(result_of("static"), {2, 2, 2, 2});
  base::write_file(run.life("noema"), "12345");
  std::filesystem::create_directories(run.life("static"));
  base::write_file(run.life("static") / "a", "123");
  base::write_file(run.life("static") / "b", "1");
  const json results = summarise(config_of({"static", "noema"}), run);
  CHECK(results["name"] == "by hand");
  CHECK(results["seed"] == 7);
  CHECK(results["lines"] == 2);
  CHECK(results["words"] == 4);
  CHECK(results["characters"] == 20);
  REQUIRE(results["arms"].size() == 2);
  const json &first = results["arms"][0], &second = results["arms"][1];
  CHECK(first["arm"] == "static");
  CHECK(second["arm"] == "noema");
  CHECK(first["file_bytes"] == 4);
  CHECK(second["file_bytes"] == 5);
  // noema's words: two bits less in all over four words; one of four costs more than with static.
  CHECK(second["words_made_worse"].get<double>() == Approx(0.25));
  CHECK(first["words_made_worse"] == 0);
  CHECK(second["against"]["static"]["nats_per_word"].get<double>() == Approx(-0.5 * base::kLn2));
  CHECK(first["against"]["noema"]["nats_per_word"].get<double>() == Approx(0.5 * base::kLn2));
  CHECK(second["against"].size() == 1);
  CHECK_FALSE(results.contains("gain_correlation"));
}

TEST_CASE("differences are told in a line each, and those whose interval holds 0 are said to be inside the noise") {
  const RunBits right{{"names", {{1, 1, 1, 1, 1, 1}}}, {"slda", {{0, 0, 0, 0, 0, 0}}}, {"ridge", {{1, 0, 1, 1, 1, 1}}}};
  json results = {{"arms", json::array()}};
  for (const char* arm : {"names", "slda", "ridge"})
    results["arms"].push_back({{"arm", arm}, {"against", differences(arm, right, Compared::kItems, 1, {})}});
  CHECK(results["arms"][0]["against"]["slda"]["accuracy"].get<double>() == Approx(1));
  CHECK(results["arms"][0]["against"]["slda"]["inside_noise"] == false);
  CHECK(results["arms"][0]["against"]["ridge"]["inside_noise"] == true);
  CHECK(main_arm_of(results) == "names");
  const std::string text = differences_text(results);
  CHECK_THAT(text, Catch::Contains("names against slda: +100.0 points [+100.0, +100.0]\n"));
  CHECK_THAT(text, Catch::Contains("names against ridge: +16.7 points [+0.0, ") && Catch::Contains("inside the noise"));
  CHECK(differences_text(json::object()).empty());
  CHECK(main_arm_of({{"arms", {{{"arm", "a"}}, {{"arm", "b"}}}}}) == "b");
}

TEST_CASE("without the static arm no words are made worse, and a single arm stands beside none") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  run.finish(result_of("noema"), {1, 1, 3, 1});
  const json results = summarise(config_of({"noema"}), run);
  CHECK_FALSE(results["arms"][0].contains("words_made_worse"));
  CHECK(results["arms"][0]["against"].empty());
  CHECK(results["arms"][0]["file_bytes"] == 0);
}

TEST_CASE("a claimed gain is correlated with the bits that are saved in the experience after it") {
  const auto correlation_of = [](const std::vector<double>& noema, const std::vector<double>& memory,
                                 const std::vector<double>& gain) {
    const TemporaryFolder folder;
    RunFolder run(folder / "out", "h", false, false);
    write_events(run, noema, memory, gain);
    for (const char* arm : {"noema", "memory"}) run.finish(result_of(arm), {1});
    return summarise(config_of({"noema", "memory"}), run);
  };
  // Claimed 1, 2, 0 (and 4 at the end, after which nothing comes); saved afterwards 10, 20, 0.
  CHECK(correlation_of({50, 90, 80, 100}, {100, 100, 100, 100}, {1, 3, 3, 7})["gain_correlation"].get<double>() ==
        Approx(1));
  CHECK(correlation_of({50, 90, 80, 100}, {100, 100, 100, 100}, {2, 3, 6, 6})["gain_correlation"].get<double>() ==
        Approx(-1));                                                                                // claimed 2, 1, 3
  CHECK_FALSE(correlation_of({1, 2, 3}, {1, 2, 3}, {1, 2, 3}).contains("gain_correlation"));        // too few
  CHECK_FALSE(correlation_of({1, 2, 3, 4}, {1, 2, 3}, {1, 2, 3, 4}).contains("gain_correlation"));  // not beside
}

TEST_CASE("events without the numbers that they should have are told with their file, and others are passed over") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  for (const char* arm : {"noema", "memory"}) run.finish(result_of(arm), {1});
  run.event(json::array({1, 2}));
  run.event({{"arm", 7}});
  run.event({{"bits", 7}});
  CHECK_NOTHROW(summarise(config_of({"noema", "memory"}), run));
  run.event({{"arm", "noema"}, {"bits", "many"}, {"gain_bits", 0}});
  CHECK_THROWS_WITH(summarise(config_of({"noema", "memory"}), run),
                    Catch::Contains("events.jsonl") && Catch::Contains("has no number as its bits"));
}

TEST_CASE("arms that scored other words, or have not finished, are not summed up") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  run.finish(result_of("a"), {1, 2});
  run.finish(result_of("b"), {1, 2, 3});
  CHECK_THROWS_WITH(summarise(config_of({"a", "b"}), run), Catch::Contains("2 and 3 words"));
  write_bits(run.bits("c"), {1, 2});
  CHECK_THROWS_AS(summarise(config_of({"a", "c"}), run), base::Bug);
}

TEST_CASE("summing up stops when it is asked to") {
  const TemporaryFolder folder;
  RunFolder run(folder / "out", "h", false, false);
  run.finish(result_of("a"), {1, 2});
  run.finish(result_of("b"), {1, 3});
  std::stop_source source;
  source.request_stop();
  CHECK_THROWS_AS(summarise(config_of({"a", "b"}), run, source.get_token()), base::Interrupted);
}
