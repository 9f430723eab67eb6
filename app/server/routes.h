#pragma once
// Which operation answers which request.

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace noema::app {

struct Route {
  std::string method;     ///< GET or POST
  std::string path;       ///< such as /v1/concepts/{concept}; what stands in braces is an argument
  std::string operation;  ///< its name
};

const std::vector<Route>& routes();

/// The routes and their operations as an OpenAPI 3.1 document.
nlohmann::ordered_json openapi();

}  // namespace noema::app
