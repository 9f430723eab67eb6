#include "base/json.h"

namespace noema::base {

using nlohmann::json;

json json_from_outside(std::string_view text) {
  bool is_too_deep = false;
  const auto look = [&](int depth, json::parse_event_t, json&) {
    is_too_deep = is_too_deep || depth > kMostNested;
    return !is_too_deep;
  };
  json value = json::parse(text, look, /*allow_exceptions=*/false);
  return is_too_deep ? json(json::value_t::discarded) : value;
}

}  // namespace noema::base
