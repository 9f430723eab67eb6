#pragma once
// What can be done with values: properties, labels, operators as patterns mean them, and how answers show them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/patterns/syntax.h"
#include "app/patterns/value.h"

namespace noema::app::patterns {

/// A property of a node or relation; NULL where it has none. `at` is where it is named.
Value property_of(Place at, const Value& owner, const std::string& name);
/// Whether a node has a label.
Value label_test(const Value& node, const Word& label);
/// a + b, a = b ... as patterns mean them.
Value arithmetic(Place at, const Value& a, const std::string& op, const Value& b);
Value comparison(const Value& a, const std::string& op, const Value& b);
/// NULL, of values that cannot be compared; what they are is still looked at.
Value incomparable(const Value& a, const Value& b);
/// Lists, one behind the other.
std::string joined_lists(const std::vector<std::string>& lists);
/// A literal of a parameter's type. `at` is where it is used.
Value parameter_value(Place at, const std::string& name, const nlohmann::json& value);

/// How a value stands in an answer: a node as a JSON object of its properties.
Value shown(const Value& value);

}  // namespace noema::app::patterns
