#include "app/actions/run.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/stop.h"
#include "tests/app/program.h"

using namespace noema;

TEST_CASE(
    "a run returns its results, is interrupted by a stop, and finds a model that cannot be before it makes a folder") {
  const tests::Workplace work;
  const std::string rest = "steps = 2\ntrain_lines = 20\n[stream]\nlines = 30\npeople = 10\nplaces = 4\n";
  app::RunRequest request;
  request.experiment = work.write("e.toml", "arms = [\"static\"]\n[model]\ntokenizer = \"characters\"\n" + rest);
  request.out = work.file("out");
  std::string remarks;
  request.remark = [&](const std::string& text) { remarks += text; };
  const auto result = app::run(request);
  CHECK(result.results["arms"].size() == 1);
  CHECK(remarks == "training the tiny model");

  std::stop_source stop;
  stop.request_stop();
  request.stop = stop.get_token();
  request.force = true;
  CHECK_THROWS_AS(app::run(request), base::Interrupted);
  request.experiment = work.write("w.toml", "[model]\nwidth = 30\nheads = 4\n" + rest);
  request.out = work.file("other");
  CHECK_THROWS_AS(app::run(request), base::Error);
  CHECK_FALSE(std::filesystem::exists(work.file("other")));
}

TEST_CASE("the objective of an experiment's model is trained") {
  const tests::Workplace work;
  const auto bits_with = [&](const std::string& objective) {
    app::RunRequest request;
    request.experiment =
        work.write("e.toml", "arms = [\"static\"]\n[model]\ntokenizer = \"characters\"\nobjective = \"" + objective +
                                 "\"\nsteps = 5\ntrain_lines = 20\n[stream]\nlines = 30\npeople = "
                                 "10\nplaces = 4\n");
    request.out = work.file(objective);
    return app::run(request).results["arms"][0]["bits_per_char"].get<double>();
  };
  CHECK(bits_with("masked") != bits_with("causal"));
}
