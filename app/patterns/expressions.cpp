#include "app/patterns/expressions.h"

#include <fmt/format.h>

#include "app/patterns/functions.h"
#include "app/patterns/matching.h"
#include "app/patterns/operators.h"

namespace noema::app::patterns {
namespace {

constexpr std::size_t kLongestSql = 256 * 1024;  // of one expression: operands that are written twice add up

/// `expected`: "expected a list after IN", say.
void require_list(Place at, const Value& value, const char* expected) {
  if (value.type.is_known() && value.type.base != Base::kList)
    refuse(at, fmt::format("{}, found {}", expected, name_of(value.type)));
}

void require_truth(Place at, const Value& value) {
  if (value.type.is_known() && value.type.base != Base::kBoolean)
    refuse(at, fmt::format("expected a truth value, such as a.count > 10, found {}", name_of(value.type)));
}

}  // namespace

Value Translator::value(const Expression& expression) {
  Value value = std::visit([&](const auto& node) { return translate(expression.at, node); }, expression.node);
  if (value.sql.size() > kLongestSql) refuse(expression.at, "the expression is too large");
  return value;
}

Value Translator::condition(const Expression& expression) {
  Value result = value(expression);
  require_truth(expression.at, result);
  return result;
}

std::vector<Value> Translator::values(const Expressions& expressions) {
  std::vector<Value> all;
  for (const Expression& one : expressions) all.push_back(value(one));
  return all;
}

Value Translator::translate(Place, const Literal& literal) {
  if (const auto* truth = std::get_if<bool>(&literal.value)) return {*truth ? "TRUE" : "FALSE", {Base::kBoolean}};
  if (const auto* integer = std::get_if<std::int64_t>(&literal.value))
    return {std::to_string(*integer), {Base::kInteger}};
  if (const auto* text = std::get_if<std::string>(&literal.value)) return {quoted(*text), {Base::kText}};
  if (const auto* real = std::get_if<double>(&literal.value)) {
    std::string digits = fmt::format("{}", *real);
    if (digits.find_first_of(".e") == std::string::npos) digits += ".0";
    return {digits, {Base::kReal}};
  }
  return {"NULL", {Base::kNull}};
}

Value Translator::translate(Place at, const Parameter& parameter) {
  const auto found = context_.parameters().find(parameter.name);
  if (found == context_.parameters().end())
    refuse(at, fmt::format("the parameter ${0} has no value; give one, on the command line by --param {0}=...",
                           parameter.name));
  return parameter_value(at, parameter.name, found->second);
}

Value Translator::translate(Place at, const Variable& variable) {
  if (const Value* found = scope_.find(variable.name)) return *found;
  std::string names;
  for (const Named& one : scope_.variables())
    if (!one.name.starts_with('#')) names += (names.empty() ? "" : ", ") + one.name;
  refuse(at, fmt::format("there is no variable '{}' here; {}", variable.name,
                         names.empty() ? "a text stands in quotation marks" : "there are " + names));
}

Value Translator::translate(Place at, const Property& property) {
  return property_of(at, value(property.of[0]), property.key);
}

Value Translator::translate(Place, const LabelTest& test) { return label_test(value(test.of[0]), test.labels[0]); }

Value Translator::translate(Place at, const ListLiteral& list) {
  Type element{Base::kNull};
  std::vector<std::string> items;
  for (const Value& one : values(list.items)) {
    element = either(element, one.type);
    items.push_back(json_of(one));
  }
  if (element.base == Base::kNode && element.kinds.size() > 1)
    refuse(at, "a list cannot tell nodes of several kinds apart; list a property");
  return {fmt::format("json_array({})", fmt::join(items, ", ")), list_of(element)};
}

Value Translator::translate(Place at, const Comprehension& comprehension) {
  const Value list = value(comprehension.list[0]);
  require_list(at, list, "expected a list after IN");
  const std::string table = context_.table(comprehension.name);
  Scope scope = scope_;
  scope.set(comprehension.name, {table + ".value", element_of(list.type)});
  Translator inner(context_, scope);
  const Value result =
      comprehension.result.empty() ? *scope.find(comprehension.name) : inner.value(comprehension.result[0]);
  const std::string where =
      comprehension.condition.empty() ? "" : " WHERE " + inner.condition(comprehension.condition[0]).sql;
  return {fmt::format("iif({0} IS NULL, NULL, (SELECT json_group_array({1}) FROM json_each({2}) {3}{4}))",
                      operand(list), json_of(result), list.sql, table, where),
          list_of(result.type)};
}

Value Translator::translate(Place at, const Element& element) {
  const Value list = value(element.list[0]), index = value(element.index[0]);
  require_list(at, list, "only lists have elements");
  if (index.type.is_known() && index.type.base != Base::kInteger)
    refuse(at, fmt::format("expected the number of an element, found {}", name_of(index.type)));
  return {fmt::format("json_extract({0}, iif({1} < 0, '$[#', '$[') || {1} || ']')", list.sql, operand(index)),
          element_of(list.type)};
}

Value Translator::translate(Place at, const Call& call) {
  if (is_aggregate(call.name) && !takes_aggregates_)
    refuse(at,
           fmt::format("{} counts over rows; it stands in RETURN or WITH, not here and not in another one", call.name));
  Translator inner(context_, scope_, takes_aggregates_ && !is_aggregate(call.name));
  return call_function(at, call, inner.values(call.arguments));
}

Value Translator::translate(Place at, const Case& one) {
  std::string sql = "CASE";
  if (!one.subject.empty()) sql += " " + operand(value(one.subject[0]));
  Type type{Base::kNull};
  for (std::size_t i = 0; i < one.conditions.size(); ++i) {
    const Value when = one.subject.empty() ? condition(one.conditions[i]) : value(one.conditions[i]);
    const Value then = value(one.results[i]);
    type = either(type, then.type);
    sql += fmt::format(" WHEN {} THEN {}", when.sql, then.sql);
  }
  if (!one.otherwise.empty()) {
    const Value otherwise = value(one.otherwise[0]);
    type = either(type, otherwise.type);
    sql += " ELSE " + otherwise.sql;
  }
  if (type.base == Base::kNode && type.kinds.size() > 1)
    refuse(at, "CASE cannot tell nodes of several kinds apart; give a property");
  return {sql + " END", type};
}

Value Translator::translate(Place, const Junction& junction) {
  const char* op = junction.logic == Logic::kAnd ? " AND " : junction.logic == Logic::kOr ? " OR " : " <> ";
  std::string sql;
  for (const Expression& term : junction.terms) {
    const Value one = condition(term);
    if (junction.logic == Logic::kXor && !sql.empty()) sql = "(" + sql + ")";
    sql += (sql.empty() ? "" : op) + operand(one);
  }
  // Two texts joined by <> read as (a) <> (b) <> (c), which is ((a) <> (b)) <> (c).
  return {sql, {Base::kBoolean}, true};
}

Value Translator::translate(Place, const Negation& negation) {
  return {"NOT " + operand(condition(negation.of[0])), {Base::kBoolean}, true};
}

Value Translator::translate(Place, const Comparison& one) {
  const std::vector<Value> operands = values(one.operands);
  std::vector<std::string> parts;
  for (std::size_t i = 0; i < one.operators.size(); ++i)
    parts.push_back(operand(patterns::comparison(operands[i], one.operators[i], operands[i + 1])));
  if (parts.size() == 1) return patterns::comparison(operands[0], one.operators[0], operands[1]);
  return {fmt::format("{}", fmt::join(parts, " AND ")), {Base::kBoolean}, true};
}

Value Translator::test_in(const Test& test) {
  const Value one = value(test.operands[0]);
  if (const auto* list = std::get_if<ListLiteral>(&test.operands[1].node)) {
    std::vector<std::string> items;
    for (const Value& item : values(list->items)) items.push_back(item.sql);
    return {fmt::format("{} IN ({})", operand(one), fmt::join(items, ", ")), {Base::kBoolean}, true};
  }
  const Value list = value(test.operands[1]);
  require_list(test.operands[1].at, list, "expected a list after IN");
  return {fmt::format("iif({} IS NULL, NULL, {} IN (SELECT value FROM json_each({})))", operand(list), operand(one),
                      list.sql),
          {Base::kBoolean}};
}

Value Translator::translate(Place, const Test& test) {
  if (test.predicate == Predicate::kIn) return test_in(test);
  const Value a = value(test.operands[0]);
  if (test.predicate == Predicate::kIsNull) return {operand(a) + " IS NULL", {Base::kBoolean}, true};
  if (test.predicate == Predicate::kIsNotNull) return {operand(a) + " IS NOT NULL", {Base::kBoolean}, true};
  const Value b = value(test.operands[1]);
  for (const Value* one : {&a, &b})
    if (one->type.is_known() && one->type.base != Base::kText) return incomparable(a, b);
  if (test.predicate == Predicate::kContains)
    return {fmt::format("instr({}, {}) > 0", a.sql, b.sql), {Base::kBoolean}, true};
  if (test.predicate == Predicate::kStartsWith)
    return {fmt::format("substr({}, 1, length({})) = {}", a.sql, b.sql, operand(b)), {Base::kBoolean}, true};
  return {fmt::format("substr({0}, max(length({0}) - length({1}), 0) + 1) = {2}", a.sql, b.sql, operand(b)),
          {Base::kBoolean},
          true};
}

Value Translator::translate(Place at, const Arithmetic& one) {
  Value result = value(one.operands[0]);
  for (std::size_t i = 0; i < one.operators.size(); ++i)
    result = patterns::arithmetic(at, result, one.operators[i], value(one.operands[i + 1]));
  return result;
}

Value Translator::translate(Place at, const Minus& minus) {
  const Value one = value(minus.of[0]);
  if (one.type.is_known() && !one.type.is_number())
    refuse(at, fmt::format("'-' takes a number, found {}", name_of(one.type)));
  return {"-" + operand(one), one.type, true};
}

Value Translator::translate(Place at, const Exists& exists) { return exists_pattern(context_, scope_, at, exists); }

}  // namespace noema::app::patterns
