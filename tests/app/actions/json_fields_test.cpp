#include "app/actions/json_fields.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema::app;

TEST_CASE("a field that is null is nothing, and one that is missing or of another type is refused") {
  const nlohmann::json object{{"text", "a"}, {"none", nullptr}, {"number", 3}};
  CHECK(value_or_none<std::string>(object, "text") == "a");
  CHECK_FALSE(value_or_none<std::string>(object, "none"));
  CHECK_THROWS_AS(value_or_none<std::string>(object, "number"), nlohmann::json::exception);
  CHECK_THROWS_AS(value_or_none<std::string>(object, "missing"), nlohmann::json::exception);
  CHECK(json_or_null(std::optional<int>(3)) == 3);
  CHECK(json_or_null(std::optional<int>()).is_null());
}

TEST_CASE("times are read as they were written, and a text that is no time is refused") {
  const nlohmann::json object{{"since", noema::base::iso8601(86400)}, {"until", nullptr}, {"bad", "yesterday"}};
  CHECK(time_at(object, "since") == 86400);
  CHECK(time_or_none(object, "since") == 86400);
  CHECK_FALSE(time_or_none(object, "until"));
  CHECK_THROWS_AS(time_at(object, "bad"), noema::base::Error);
}

TEST_CASE("each element of a list is read, in its order") {
  const auto doubled = [](const nlohmann::json& one) { return 2 * one.get<int>(); };
  CHECK(each_of(nlohmann::json::array({1, 2, 3}), doubled) == std::vector<int>{2, 4, 6});
  CHECK(each_of(nlohmann::json::array(), doubled).empty());
  CHECK_THROWS_AS(each_of(nlohmann::json::array({1, "a"}), doubled), nlohmann::json::exception);
}
