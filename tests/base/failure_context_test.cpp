#include "base/failure_context.h"

#include <catch2/catch.hpp>
#include <stdexcept>
#include <thread>

using namespace noema::base;

TEST_CASE("the innermost context that an exception leaves is known afterwards, in any thread") {
  forget_failure();
  { const FailureContext fine("doing well"); }
  CHECK(failed_in().empty());
  std::thread([] {
    try {
      const FailureContext outer("reading a file");
      const FailureContext inner("reading line 7");
      throw std::runtime_error("x");
    } catch (const std::runtime_error&) {
    }
  }).join();
  CHECK(failed_in() == "reading line 7");
  forget_failure();
  CHECK(failed_in().empty());
}
