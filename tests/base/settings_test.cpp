#include "base/settings.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema::base;

TEST_CASE("settings begin with the defaults of their keys and hold values by name") {
  const std::vector<Key> keys{{"lines", "how many", std::int64_t{7}, {1, 10, true}}, {"share", "of all", 0.5, {0, 1}}};
  Settings settings(keys);
  CHECK(settings.count("lines") == 7);
  CHECK(settings.number("share") == 0.5);
  settings.set("lines", std::int64_t{9});
  CHECK(settings.count("lines") == 9);
  CHECK_FALSE(settings == Settings(keys));
  CHECK(keys[0].described() == "lines = 7: how many");
}

TEST_CASE("a value is read by the type of its key, and refused outside its range") {
  const Key whole{"n", "", std::int64_t{1}, {1, 10, true}}, number{"x", "", 1.0, {0, 1}};
  CHECK(parse_value(whole, "10") == Value(std::int64_t{10}));
  CHECK(parse_value(number, "0.25") == Value(0.25));
  CHECK(parse_value({"f", "", false, {}}, "true") == Value(true));
  CHECK(parse_value({"t", "", std::string(), {}}, "abc") == Value(std::string("abc")));
  CHECK(parse_value({"l", "", std::vector<std::string>{}, {}}, "a,b") == Value(std::vector<std::string>{"a", "b"}));
  for (const char* wrong : {"11", "0", "2.5", "", "x", "nan", "3x"})
    CHECK_THROWS_AS(parse_value(whole, wrong), UsageError);
  for (const char* wrong : {"1.5", "inf", "nan", "-1", ""}) CHECK_THROWS_AS(parse_value(number, wrong), UsageError);
  CHECK_THROWS_WITH(parse_value({"f", "", false, {}}, "1"), "f is '1'; expected true or false");
}
