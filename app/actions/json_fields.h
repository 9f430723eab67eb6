#pragma once
// Reading the fields of JSON objects: what to_json() wrote is read again where a server answered in a life's stead.
// All throw nlohmann::json::exception for a field that is missing or of another type.

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"

namespace noema::app {

/// The value of a field; nothing for null.
template <typename Value>
std::optional<Value> value_or_none(const nlohmann::json& object, const char* key) {
  const nlohmann::json& value = object.at(key);
  return value.is_null() ? std::nullopt : std::optional(value.get<Value>());
}

/// An absent value as JSON's null.
template <typename Value>
nlohmann::ordered_json json_or_null(const std::optional<Value>& value) {
  return value ? nlohmann::ordered_json(*value) : nlohmann::ordered_json(nullptr);
}

/// Seconds since 1970 of a field that is ISO 8601.
inline double time_at(const nlohmann::json& object, const char* key) {
  return base::parse_time(object.at(key).get<std::string>()).seconds;
}
inline std::optional<double> time_or_none(const nlohmann::json& object, const char* key) {
  return object.at(key).is_null() ? std::nullopt : std::optional(time_at(object, key));
}

/// Each element of an array, read.
template <typename Read>
auto each_of(const nlohmann::json& array, const Read& read) {
  std::vector<decltype(read(array))> values;
  for (const nlohmann::json& one : array) values.push_back(read(one));
  return values;
}

}  // namespace noema::app
