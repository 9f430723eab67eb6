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

TEST_CASE("a number may have a plus sign, once, where a command line may have one") {
  const Key whole{"n", "", std::int64_t{1}, {1, 10, true}}, number{"x", "", 1.0, {-5, 5}};
  CHECK(parse_value(whole, "+7") == Value(std::int64_t{7}));
  CHECK(parse_value(number, "+2.5") == Value(2.5));
  for (const char* wrong : {"+", "++2", "+-2", "-+2", "+ 2"}) {
    CHECK_THROWS_AS(parse_value(whole, wrong), UsageError);
    CHECK_THROWS_AS(parse_value(number, wrong), UsageError);
  }
}

TEST_CASE("what is refused is told with the key, what was expected and what was found") {
  CHECK_THROWS_WITH(parse_value({"lines", "", std::int64_t{1}, {1, 10, true}}, "11"),
                    "lines: expected a whole number from 1 to 10, found 11");
  CHECK_THROWS_WITH(parse_value({"share", "", 0.5, {0, 1, false, false, true}}, "1"),
                    "share: expected a number from 0 to below 1, found 1");
  CHECK_THROWS_WITH(parse_value({"share", "", 0.5, {0, 1}}, ""), "share: expected a number from 0 to 1, found nothing");
}

TEST_CASE("a list is parted by commas, and the empty text is the empty list") {
  const Key list{"l", "", std::vector<std::string>{}, {}};
  CHECK(parse_value(list, "") == Value(std::vector<std::string>{}));
  CHECK(parse_value(list, "a b") == Value(std::vector<std::string>{"a b"}));
  CHECK(parse_value(list, "a,,道") == Value(std::vector<std::string>{"a", "", "道"}));
}

TEST_CASE("values are written as settings have them, and described with their default") {
  CHECK(written(true) == "true");
  CHECK(written(std::int64_t{-3}) == "-3");
  CHECK(written(0.25) == "0.25");
  CHECK(written(std::string("a")) == "\"a\"");
  CHECK(written(std::vector<std::string>{"a", "b"}) == "[a, b]");
  CHECK(Key{"files", "what to read", std::vector<std::string>{}, {}, true}.described() == "files: what to read");
  CHECK(Key{"fast", "or not", false, {}}.described() == "fast = false: or not");
  CHECK(Key{"told", "which", std::string(), {}}.described() == "told: which");
}

TEST_CASE("a setting of another name or type than its keys have is a mistake of the caller's") {
  const Settings settings(std::vector<Key>{{"lines", "", std::int64_t{7}, {}}});
  CHECK_THROWS(settings.count("words"));
  CHECK_THROWS(settings.number("lines"));
  CHECK_THROWS(settings.flag("lines"));
  CHECK(Settings() == Settings(std::vector<Key>{}));
}
