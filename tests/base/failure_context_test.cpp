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

TEST_CASE("an exception that is caught inside a context has not left it") {
  forget_failure();
  {
    const FailureContext outer("reading");
    try {
      throw std::runtime_error("x");
    } catch (const std::runtime_error&) {
    }
  }
  CHECK(failed_in().empty());
}

TEST_CASE("a context that ends well while another exception passes by has not failed") {
  forget_failure();
  struct Cleaner {
    ~Cleaner() { const FailureContext tidy("tidying up"); }
  };
  try {
    const FailureContext outer("working");
    const Cleaner cleaner;
    throw std::runtime_error("x");
  } catch (const std::runtime_error&) {
  }
  CHECK(failed_in() == "working");
  forget_failure();
}

TEST_CASE("the first failure is kept until it is forgotten") {
  forget_failure();
  for (const char* doing : {"first", "second"}) {
    try {
      const FailureContext context(doing);
      throw std::runtime_error("x");
    } catch (const std::runtime_error&) {
    }
    CHECK(failed_in() == "first");
  }
  forget_failure();
  CHECK(failed_in().empty());
}
