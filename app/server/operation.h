#pragma once
// What a life can be asked for by programs: operations with named parameters. The HTTP server gives each a route, the
// tool server a tool; both describe it by the same words.

#include <functional>
#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "app/server/live_mind.h"
#include "base/error.h"
#include "base/ranges.h"

namespace noema::app {

/// The arguments of a call do not fit the operation.
class BadArguments : public base::Error {
 public:
  using Error::Error;
};

/// What is asked for cannot be done now, but later.
class Busy : public base::Error {
 public:
  using Error::Error;
};

struct Parameter {
  std::string name;
  std::string type;  ///< string, integer, number, boolean, object or array (of objects)
  std::string help;
  bool is_required = false;
  nlohmann::json otherwise = nullptr;                                    ///< the value if it is not given; null: none
  base::Range range = {-9007199254740992.0, 9007199254740992.0, false};  ///< of numbers
};

/// How a call goes on: it ends early when its stop is requested, and says how far it is where it can.
struct Calling {
  std::stop_token stop;
  std::function<void(double share, const std::string& what)> progress = {};
};

struct Operation {
  std::string name;
  std::string help;
  std::vector<Parameter> parameters;
  std::vector<std::string> gives;  ///< keys of the result
  nlohmann::ordered_json (*call)(LiveMind& mind, const nlohmann::json& arguments, const Calling& calling);
  bool reads_only = false;  ///< it changes nothing
  bool for_agents = true;   ///< a tool too, or a resource; false: for programs that speak HTTP alone
};

/// All operations, in the order in which they are described.
const std::vector<Operation>& operations();
const Operation* operation_named(std::string_view name);

/// The arguments with defaults filled in. Throws BadArguments for one that is unknown, missing, of another type or out
/// of its range.
nlohmann::json checked(const Operation& operation, const nlohmann::json& arguments);

/// The JSON Schema of the parameters.
nlohmann::ordered_json schema_of(const Operation& operation);
nlohmann::ordered_json schema_of(const Parameter& parameter);

}  // namespace noema::app
