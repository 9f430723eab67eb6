#include "app/server/operation.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "base/text.h"

namespace noema::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

bool has_type(const json& value, const std::string& type) {
  if (type == "string") return value.is_string();
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "boolean") return value.is_boolean();
  if (type == "object") return value.is_object();
  return value.is_array();
}

void require_fit(const Parameter& parameter, const json& value) {
  if (!has_type(value, parameter.type))
    throw BadArguments(fmt::format("{}: expected {} {}, found {}", parameter.name,
                                   parameter.type.find_first_of("aio") == 0 ? "an" : "a", parameter.type,
                                   value.type_name()));
  if (value.is_number())
    if (const auto fault = parameter.range.complaint(value.get<double>()))
      throw BadArguments(fmt::format("{}: {}", parameter.name, *fault));
  if (value.is_string())
    if (const auto bad = base::first_invalid_utf8(value.get_ref<const std::string&>()))
      throw BadArguments(fmt::format("{}: not UTF-8 at byte {}", parameter.name, *bad));
}

}  // namespace

const Operation* operation_named(std::string_view name) {
  const auto found = std::find_if(operations().begin(), operations().end(),
                                  [&](const Operation& operation) { return operation.name == name; });
  return found == operations().end() ? nullptr : &*found;
}

json checked(const Operation& operation, const json& arguments) {
  if (!arguments.is_object()) throw BadArguments("expected a JSON object of arguments");
  std::vector<std::string> names;
  for (const Parameter& parameter : operation.parameters) names.push_back(parameter.name);
  for (const auto& [name, value] : arguments.items())
    if (std::find(names.begin(), names.end(), name) == names.end())
      throw BadArguments(fmt::format("{} has no argument '{}'{}", operation.name, name,
                                     base::did_you_mean(base::nearest_names(name, names))));
  json all = json::object();
  for (const Parameter& parameter : operation.parameters) {
    const auto given = arguments.find(parameter.name);
    if (given == arguments.end() || given->is_null()) {
      if (parameter.is_required) throw BadArguments(fmt::format("{} is missing: {}", parameter.name, parameter.help));
      if (!parameter.otherwise.is_null()) all[parameter.name] = parameter.otherwise;
      continue;
    }
    require_fit(parameter, *given);
    all[parameter.name] = *given;
  }
  return all;
}

ordered_json schema_of(const Parameter& parameter) {
  ordered_json schema{{"type", parameter.type}, {"description", parameter.help}};
  if (parameter.type == "integer" || parameter.type == "number") {
    schema["minimum"] = parameter.range.least;
    schema["maximum"] = parameter.range.most;
    if (parameter.type == "integer") {
      schema["minimum"] = static_cast<std::int64_t>(parameter.range.least);
      schema["maximum"] = static_cast<std::int64_t>(parameter.range.most);
    }
  }
  if (parameter.type == "array") schema["items"] = {{"type", "object"}};
  if (!parameter.otherwise.is_null()) schema["default"] = parameter.otherwise;
  return schema;
}

ordered_json schema_of(const Operation& operation) {
  ordered_json properties = ordered_json::object(), required = ordered_json::array();
  for (const Parameter& parameter : operation.parameters) {
    properties[parameter.name] = schema_of(parameter);
    if (parameter.is_required) required.push_back(parameter.name);
  }
  ordered_json schema{{"type", "object"}, {"properties", properties}};
  if (!required.empty()) schema["required"] = required;
  schema["additionalProperties"] = false;
  return schema;
}

}  // namespace noema::app
