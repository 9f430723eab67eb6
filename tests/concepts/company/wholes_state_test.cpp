#include "concepts/company/wholes_state.h"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "base/error.h"

using namespace noema::concepts::company;
using nlohmann::json;
namespace base = noema::base;

namespace {

Wholes some_wholes() {
  return Wholes({{{"new", "New", " New"}, 3}, {{"york", "York", " York"}, 2}, {{"道", "道", "道"}, 5}},
                {{0, 1, 7, 10.5}, {3, 2, 0, -1}});
}

std::string bytes_of(const json& state) {
  std::string bytes;
  json::to_cbor(state, bytes);
  return bytes;
}

}  // namespace

TEST_CASE("wholes come back from their bytes, with names, occurrences and savings", "[company]") {
  const Wholes wholes = load_wholes(save(some_wholes()));
  REQUIRE(wholes.units().size() == 3);
  CHECK(wholes.units()[0].names.label == "New");
  CHECK(wholes.units()[0].names.inside == " New");
  CHECK(wholes.units()[2].names.inside == "道");
  CHECK(wholes.units()[1].occurrences == 2);
  REQUIRE(wholes.wholes().size() == 2);
  CHECK(wholes.label(3) == "New York");
  CHECK(wholes.wholes()[0].occurrences == 7);
  CHECK(wholes.wholes()[1].saving == -1);
  CHECK(save(wholes) == save(some_wholes()));
}

TEST_CASE("bytes that are no wholes are refused in words, cut anywhere", "[company]") {
  const std::string bytes = save(some_wholes());
  for (std::size_t length = 0; length < bytes.size(); ++length)
    CHECK_THROWS_AS(load_wholes(bytes.substr(0, length)), base::Error);
  CHECK_THROWS_WITH(load_wholes("nonsense"), Catch::Contains("damaged") && Catch::Contains("noema check"));
}

TEST_CASE("parts that are not there, and numbers that cannot be, are refused", "[company]") {
  const json whole = json::from_cbor(save(some_wholes()));
  const auto refused = [&](const char* at, const json& value) {
    INFO(at << " = " << value.dump());
    json state = whole;
    state[json::json_pointer(at)] = value;
    CHECK_THROWS_AS(load_wholes(bytes_of(state)), base::Error);
  };
  refused("/wholes/0/0", 3);  // itself
  refused("/wholes/0/1", 99);
  refused("/wholes/0/1", "York");
  refused("/wholes/0/3", "much");
  refused("/units/0/0", 7);
  refused("/units/0/3", "often");
}
