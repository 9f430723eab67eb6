#include "app/patterns/syntax.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"

namespace noema::app::patterns {
namespace {

using Found = std::vector<const Expression*>;

void add(Found& found, const Expressions& expressions) {
  for (const Expression& one : expressions) found.push_back(&one);
}

void add(Found& found, const std::vector<PropertyValue>& properties) {
  for (const PropertyValue& one : properties) add(found, one.value);
}

struct Children {
  Found found;
  void operator()(const Literal&) {}
  void operator()(const Parameter&) {}
  void operator()(const Variable&) {}
  void operator()(const Property& one) { add(found, one.of); }
  void operator()(const LabelTest& one) { add(found, one.of); }
  void operator()(const ListLiteral& one) { add(found, one.items); }
  void operator()(const Comprehension& one) {
    for (const auto* part : {&one.list, &one.condition, &one.result}) add(found, *part);
  }
  void operator()(const Element& one) {
    for (const auto* part : {&one.list, &one.index}) add(found, *part);
  }
  void operator()(const Call& one) { add(found, one.arguments); }
  void operator()(const Case& one) {
    for (const auto* part : {&one.subject, &one.conditions, &one.results, &one.otherwise}) add(found, *part);
  }
  void operator()(const Junction& one) { add(found, one.terms); }
  void operator()(const Negation& one) { add(found, one.of); }
  void operator()(const Comparison& one) { add(found, one.operands); }
  void operator()(const Test& one) { add(found, one.operands); }
  void operator()(const Arithmetic& one) { add(found, one.operands); }
  void operator()(const Minus& one) { add(found, one.of); }
  void operator()(const Exists& one) {
    for (const PathPattern& path : one.paths) {
      for (const auto& node : path.nodes) add(found, node.properties);
      for (const auto& edge : path.edges) add(found, edge.properties);
    }
    add(found, one.condition);
  }
};

void collect_variables(const Expression& expression, std::vector<std::string>& names) {
  if (const auto* variable = std::get_if<Variable>(&expression.node)) names.push_back(variable->name);
  if (const auto* exists = std::get_if<Exists>(&expression.node))
    for (const PathPattern& path : exists->paths)
      for (const NodePattern& node : path.nodes)
        if (!node.variable.empty()) names.push_back(node.variable);
  for (const Expression* child : children(expression)) collect_variables(*child, names);
}

}  // namespace

std::vector<const Expression*> children(const Expression& expression) {
  Children visitor;
  std::visit(visitor, expression.node);
  return visitor.found;
}

std::vector<std::string> variables_in(const Expression& expression) {
  std::vector<std::string> names;
  collect_variables(expression, names);
  return names;
}

void refuse(Place at, const std::string& message) {
  throw base::Error(fmt::format("the pattern, line {}, column {}: {}", at.line, at.column, message));
}

}  // namespace noema::app::patterns
