#include "base/stop.h"

#include <catch2/catch.hpp>

TEST_CASE("work stops when its token says so, and never with a default token") {
  noema::base::stop_if_requested({});
  std::stop_source source;
  noema::base::stop_if_requested(source.get_token());
  source.request_stop();
  CHECK_THROWS_AS(noema::base::stop_if_requested(source.get_token()), noema::base::Interrupted);
}

TEST_CASE("a stop that was requested once holds for every copy of the token, and says that it was asked for") {
  std::stop_source source;
  const std::stop_token token = source.get_token(), copy = token;
  source.request_stop();
  source.request_stop();
  for (const std::stop_token& each : {token, copy})
    CHECK_THROWS_WITH(noema::base::stop_if_requested(each), "interrupted");
  CHECK_NOTHROW(noema::base::stop_if_requested(std::stop_source().get_token()));
  CHECK(noema::base::kInterruptedStatus == 128 + 2);  // as a shell tells SIGINT
}
