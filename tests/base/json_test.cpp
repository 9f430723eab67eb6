#include "base/json.h"

#include <catch2/catch.hpp>
#include <string>

using noema::base::json_from_outside;
using noema::base::kMostNested;

namespace {

std::string nested(int times, const std::string& inside = "") {
  const auto count = static_cast<std::size_t>(times);
  return std::string(count, '[') + inside + std::string(count, ']');
}

}  // namespace

TEST_CASE("JSON from outside is the value that it says") {
  for (const char* text : {"null", "7", "-0.5", "\"a\\u00e9\"", "[]", R"({"a":[1,{"b":null}],"c":""})", " [1 , 2] "})
    CHECK(json_from_outside(text) == nlohmann::json::parse(text));
}

TEST_CASE("what is no JSON is discarded, not thrown") {
  for (const char* text : {"", " ", "{", "[1,]", "{\"a\"}", "nul", "1 2", "\xff", "\"\xff\"", "'a'", "[1]]"})
    CHECK(json_from_outside(text).is_discarded());
}

TEST_CASE("values are nested so deep and no deeper, however long the text is") {
  CHECK(json_from_outside(nested(kMostNested)).is_array());
  CHECK(json_from_outside(nested(kMostNested, "1")).dump() == nested(kMostNested, "1"));
  CHECK(json_from_outside(nested(kMostNested + 2)).is_discarded());
  CHECK(json_from_outside(nested(2'000'000)).is_discarded());
  CHECK(json_from_outside(R"({"a":)" + nested(2'000'000) + "}").is_discarded());
  std::string objects;
  for (int i = 0; i < 100'000; ++i) objects += R"({"a":)";
  CHECK(json_from_outside(objects + "1" + std::string(100'000, '}')).is_discarded());
  CHECK(json_from_outside(objects).is_discarded());
}
