#include "app/actions/arm_list.h"

#include <catch2/catch.hpp>

using namespace noema;

TEST_CASE("a list of arms is cut at the commas outside braces") {
  using Arms = std::vector<std::string>;
  CHECK(app::split_arms("static,noema{without=merge,matches;dynamic=true},cache") ==
        Arms{"static", "noema{without=merge,matches;dynamic=true}", "cache"});
  CHECK(app::split_arms("static") == Arms{"static"});
}
