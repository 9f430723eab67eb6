#include "transformer/parallel.h"

#include <atomic>
#include <catch2/catch.hpp>
#include <numeric>
#include <stdexcept>
#include <vector>

using namespace noema::transformer;

TEST_CASE("work runs once, and its loops visit every index once, on any number of threads") {
  for (int threads : {0, 1, 2, 7}) {
    std::vector<int> visits(1000);
    int runs = 0;
    Threads(threads).run([&] {
      ++runs;
      tbb::parallel_for(std::size_t{0}, visits.size(), [&](std::size_t i) { ++visits[i]; });
    });
    CHECK(runs == 1);
    CHECK(visits == std::vector<int>(1000, 1));
  }
}

TEST_CASE("work sees as many threads as were asked for, more than the machine has too") {
  for (int threads : {1, 2, 13})
    Threads(threads).run([&] { CHECK(tbb::this_task_arena::max_concurrency() == threads); });
}

TEST_CASE("the limit on threads ends with the object that set it") {
  const auto limit = [] { return tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism); };
  const std::size_t before = limit();
  {
    const Threads one(1);
    CHECK(limit() == 1);
  }
  CHECK(limit() == before);
}

TEST_CASE("work that is asked to stop before it begins does nothing") {
  std::stop_source source;
  source.request_stop();
  bool ran = false;
  Threads(2).run(source.get_token(), [&] { ran = true; });
  CHECK_FALSE(ran);
}

TEST_CASE("once a stop is requested the loops below end early, and the next work runs whole again") {
  constexpr int kLoops = 1000, kIndices = 100;
  Threads threads(2);
  std::atomic<int> visited = 0;
  std::stop_source source;
  threads.run(source.get_token(), [&] {
    for (int loop = 0; loop < kLoops; ++loop)
      tbb::parallel_for(0, kIndices, [&](int) {
        if (++visited == 1) source.request_stop();
      });
  });
  CHECK(visited >= 1);
  CHECK(visited < kLoops * kIndices);
  visited = 0;
  threads.run(std::stop_token{}, [&] { tbb::parallel_for(0, kIndices, [&](int) { ++visited; }); });
  CHECK(visited == kIndices);
}

TEST_CASE("what work throws reaches the caller") {
  Threads threads(2);
  CHECK_THROWS_AS(threads.run([] { throw std::runtime_error("no"); }), std::runtime_error);
  CHECK_THROWS_AS(threads.run(std::stop_token{},
                              [] {
                                tbb::parallel_for(0, 10, [](int i) {
                                  if (i == 3) throw std::runtime_error("no");
                                });
                              }),
                  std::runtime_error);
}
