#include "app/server/operations/lists.h"

#include <catch2/catch.hpp>
#include <set>

using namespace noema;
using nlohmann::json;

TEST_CASE("a page says how many entries there are, and where the next one begins or that there is none") {
  const std::vector<int> all{10, 11, 12, 13, 14};
  const auto page = [&](std::size_t cursor, std::size_t limit) {
    return json::parse(
        app::page_of("numbers", all, {{"cursor", cursor}, {"limit", limit}}, [](int one) { return one * 2; }).dump());
  };
  CHECK(page(0, 2) == json{{"numbers", {20, 22}}, {"total", 5}, {"next", 2}});
  CHECK(page(2, 2)["next"] == 4);
  CHECK(page(4, 2) == json{{"numbers", {28}}, {"total", 5}, {"next", nullptr}});
  CHECK(page(3, 2)["next"].is_null());  // exactly the last ones
  CHECK(page(5, 2) == json{{"numbers", json::array()}, {"total", 5}, {"next", nullptr}});
  CHECK(page(1000000, 200)["numbers"].empty());
}

TEST_CASE("each operation belongs to one group") {
  std::set<std::string> names;
  std::size_t all = 0;
  for (const auto& group : {app::operations_of_telling(), app::operations_of_asking(), app::operations_of_looking(),
                            app::operations_of_thinking()})
    for (const app::Operation& operation : group) names.insert(operation.name), ++all;
  CHECK(names.size() == all);
  CHECK(all == app::operations().size());
}
