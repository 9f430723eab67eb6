#include "reasoning/recall_index.h"

#include <catch2/catch.hpp>
#include <thread>

#include "tests/reasoning/told_graph.h"

using namespace noema;
using namespace noema::tests;

TEST_CASE("each look is up to date with what came and what went") {
  base::Rng rng(5);
  ToldGraph told;
  for (int step = 0; step < 4; ++step) {
    told.tell_at_random(rng, 10);
    const auto look = told.index.look(told.graph, told.life);
    CHECK(look.headings.end() == told.rows.size());
    CHECK(look.openings.place_of(told.graph, look.headings[look.headings.end() - 1].first).has_value() ==
          told.opens(told.rows[look.headings[look.headings.end() - 1].first]));
  }
  told.forget(15);
  CHECK(told.index.look(told.graph, told.life).headings.begin() == 15);
}

TEST_CASE("looks in many threads see the same") {
  base::Rng rng(6);
  ToldGraph told;
  told.tell_at_random(rng, 300);
  std::vector<std::size_t> sizes(8);
  std::vector<std::thread> threads;
  for (std::size_t& size : sizes)
    threads.emplace_back([&] {
      const auto life = memory::Life::open(told.life.path(), memory::Access::kRead);
      size = told.index.look(told.graph, life).openings.all().size();
    });
  for (std::thread& thread : threads) thread.join();
  CHECK(sizes == std::vector<std::size_t>(8, told.index.look(told.graph, told.life).openings.all().size()));
}
