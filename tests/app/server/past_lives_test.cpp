#include "app/server/past_lives.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <thread>

#include "app/lives.h"
#include "app/server/operation.h"
#include "base/stop.h"
#include "tests/app/server/served.h"

namespace noema::tests {

TEST_CASE("the moments that were asked for last are kept as files, others are replayed again") {
  const LifeOnDisk life;
  app::PastLives past(life.path, 2);
  const auto early = past.at("20", {});
  CHECK(early->path() != life.path);
  CHECK(app::open_to_read(early->path()).counts().episodes == 20);
  CHECK(past.at("20", {}) == early);
  const std::string middle = past.at("40", {})->path();
  CHECK(std::filesystem::exists(middle));
  CHECK(past.at("20", {}) == early);
  past.at("60", {});
  CHECK_FALSE(std::filesystem::exists(middle));  // the one that was longest not asked for
  CHECK(past.at("20", {}) == early);
  CHECK(past.at("2999-01-01", {})->path() == life.path);
  CHECK_THROWS_AS(past.at("yesterday", {}), base::Error);
}

TEST_CASE("a replay that is stopped or fails leaves the next one free") {
  const LifeOnDisk life;
  app::PastLives past(life.path);
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(past.at("20", stop.get_token()), base::Interrupted);
  CHECK(past.at("20", {})->path() != life.path);
}

TEST_CASE("of those who ask for other moments at a time each is answered or told to try again") {
  const LifeOnDisk life;
  app::PastLives past(life.path, 8);
  std::vector<std::thread> askers;
  std::atomic<int> answered{0}, busy{0};
  for (int i = 1; i <= 6; ++i)
    askers.emplace_back([&, i] {
      try {
        answered += past.at(std::to_string(20 * i), {})->path() != life.path;
      } catch (const app::Busy&) {
        ++busy;
      }
    });
  for (std::thread& asker : askers) asker.join();
  CHECK(answered >= 1);
  CHECK(answered + busy == 6);
}

}  // namespace noema::tests
