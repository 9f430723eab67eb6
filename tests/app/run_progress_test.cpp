#include "app/run_progress.h"

#include <catch2/catch.hpp>

using noema::app::RunProgress;
using noema::experiments::Progress;

TEST_CASE("the progress of an arm says its position, its rate, the time left and the metric") {
  RunProgress shown;
  CHECK(shown.text({"model", 0, 0, 0}, 1) == "model");
  CHECK(shown.text({"noema", 1, 5, 2.5}, 10) == "noema  1 of 5  2.500 bits/char");
  CHECK(shown.text({"noema", 3, 5, 2.25}, 12) == "noema  3 of 5  1.00 a second  2.0 s left  2.250 bits/char");
  CHECK(shown.text({"other", 1, 5, 0, "accuracy 91.0%"}, 12) == "other  1 of 5  accuracy 91.0%");
  CHECK(shown.text({"noema", 4, 5, 2}, 310) == "noema  4 of 5  0.6 a minute  1 min 40 s left  2.000 bits/char");
  CHECK(shown.share({"noema", 1, 4, 2}) == 0.25);
  CHECK(shown.share({"model", 0, 0, 0}) == 0);
}

TEST_CASE("the progress of several runs says how many are finished, and the time left for all") {
  RunProgress shown;
  Progress progress{"noema", 2, 4, 1.5};
  progress.run = "seed-2";
  progress.runs_finished = 1;  // by an earlier command
  progress.runs = 4;
  CHECK(shown.text(progress, 5) == "1 of 4 runs  seed-2  noema  2 of 4  1.500 bits/char");
  progress.runs_finished = 2;
  progress.run = "seed-3";
  CHECK(shown.text(progress, 60) == "2 of 4 runs, 2 min 0 s left  seed-3  noema  2 of 4  1.500 bits/char");
  CHECK(shown.share(progress) == 0.5);
}

TEST_CASE("an arm, or a run of several, is named once") {
  RunProgress shown;
  CHECK(shown.news({"noema", 1, 4, 0}) == "arm noema");
  CHECK_FALSE(shown.news({"noema", 2, 4, 0}));
  CHECK_FALSE(shown.news({"model", 0, 0, 0}));
  Progress of_run{"noema", 2, 4, 0};
  of_run.run = "seed-1";
  CHECK(shown.news(of_run) == "run seed-1");
  of_run.arm = "static";
  CHECK_FALSE(shown.news(of_run));
}
