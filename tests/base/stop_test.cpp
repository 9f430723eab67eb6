#include "base/stop.h"

#include <catch2/catch.hpp>

TEST_CASE("work stops when its token says so, and never with a default token") {
  noema::base::stop_if_requested({});
  std::stop_source source;
  noema::base::stop_if_requested(source.get_token());
  source.request_stop();
  CHECK_THROWS_AS(noema::base::stop_if_requested(source.get_token()), noema::base::Interrupted);
}
