#include "app/patterns/operators.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/patterns/functions.h"
#include "app/patterns/vocabulary.h"

namespace noema::app::patterns {
namespace {

/// NULL if an operand is, otherwise the given truth value: for values that no operator can compare.
Value constant_unless_null(const Value& a, const Value& b, const char* truth) {
  return {fmt::format("CASE WHEN {} IS NOT NULL AND {} IS NOT NULL THEN {} END", operand(a), operand(b), truth),
          {Base::kBoolean}};
}

bool can_be_compared(const Type& a, const Type& b) {
  if (!a.is_known() || !b.is_known()) return true;
  return a.base == b.base || (a.is_number() && b.is_number());
}

Value node_equality(const Value& a, const Value& b) {
  if (!a.kind.empty() || !b.kind.empty()) {
    const auto kind_of = [](const Value& one) {
      return one.kind.empty() ? quoted(one.type.kinds.at(0)->label) : one.kind;
    };
    return {fmt::format("({} = {} AND {} = {})", kind_of(a), kind_of(b), a.sql, b.sql), {Base::kBoolean}};
  }
  if (a.type.kinds != b.type.kinds) return constant_unless_null(a, b, "0");
  return {fmt::format("{} = {}", a.sql, b.sql), {Base::kBoolean}, true};
}

/// The property of a node of one kind. Of a node that is a table of the same SELECT its column; of others it is looked
/// up by the key.
std::string node_property(const Value& node, const NodeKind& kind, const Column& column) {
  if (std::string_view(column.name) == kind.key) return node.sql;
  if (!node.alias.empty()) return fmt::format("{}.{}", node.alias, column.name);
  return fmt::format("(SELECT {} FROM {} WHERE {} = {})", column.name, kind.source, kind.key, node.sql);
}

bool some_has(const std::vector<const std::vector<Column>*>& all, const std::string& name) {
  return std::any_of(all.begin(), all.end(),
                     [&](const auto* columns) { return column_named(*columns, name) != nullptr; });
}

Value property_of_node(Place at, const Value& node, const std::string& name) {
  Type type{Base::kNull};
  std::string cases, sql = "NULL";
  std::vector<const std::vector<Column>*> all;
  for (const NodeKind* kind : node.type.kinds) {
    all.push_back(&kind->columns);
    const Column* column = column_named(kind->columns, name);
    if (column == nullptr) continue;
    type = either(type, {column->base});
    sql = node_property(node, *kind, *column);
    cases += fmt::format(" WHEN {} THEN {}", quoted(kind->label), sql);
  }
  if (type.base == Base::kNull) {
    for (const NodeKind* kind : node.other_kinds) all.push_back(&kind->columns);
    if (some_has(all, name)) return {"NULL", type};
    const bool is_one = node.type.kinds.size() == 1 && node.other_kinds.size() < 2;
    refuse_property(at, is_one ? node.type.kinds[0]->label : "the node", name, all);
  }
  return {node.kind.empty() ? sql : fmt::format("CASE {}{} END", node.kind, cases), type};
}

Value property_of_relation(Place at, const Value& relation, const std::string& name) {
  Type type{Base::kNull};
  std::vector<const std::vector<Column>*> all;
  for (const RelationKind* kind : relation.type.relations) {
    all.push_back(&kind->columns);
    if (const Column* column = column_named(kind->columns, name)) type = either(type, {column->base});
  }
  if (type.base == Base::kNull) {
    for (const RelationKind* kind : relation.other_relations) all.push_back(&kind->columns);
    if (some_has(all, name)) return {"NULL", type};
    refuse_property(at, "the relation", name, all);
  }
  if (!relation.alias.empty()) return {fmt::format("{}.{}", relation.alias, name), type};
  return {fmt::format("json_extract({}, '$.{}')", relation.sql, name), type};
}

}  // namespace

Value incomparable(const Value& a, const Value& b) { return {constant_unless_null(a, b, "NULL").sql, {Base::kNull}}; }

Value property_of(Place at, const Value& owner, const std::string& name) {
  if (owner.type.base == Base::kNull) return {"NULL", {Base::kNull}};
  if (owner.type.base == Base::kNode) return property_of_node(at, owner, name);
  if (owner.type.base == Base::kRelation) return property_of_relation(at, owner, name);
  refuse(at,
         fmt::format("only nodes and relations have properties, and '{}' is asked of {}", name, name_of(owner.type)));
}

Value label_test(const Value& node, const Word& word) {
  const Label& label = label_named(word);
  if (node.type.base != Base::kNode)
    refuse(word.at, fmt::format("only nodes have labels, and '{}' is asked of {}", word.text, name_of(node.type)));
  const auto& kinds = node.type.kinds;
  const bool is_possible = std::find(kinds.begin(), kinds.end(), label.kind) != kinds.end();
  std::string sql = is_possible ? "TRUE" : "FALSE";
  if (is_possible && label.column != nullptr) {
    const Value own{node.sql, {Base::kNode, {label.kind}}, false, {}, node.alias};
    sql = fmt::format("{} = {}", property_of(word.at, own, label.column).sql, quoted(label.value));
  }
  if (is_possible && kinds.size() > 1) sql = fmt::format("{} = {} AND {}", node.kind, quoted(label.kind->label), sql);
  return {sql, {Base::kBoolean}, true};
}

std::string joined_lists(const std::vector<std::string>& lists) {
  if (lists.size() == 1) return lists[0];
  std::vector<std::string> parts;
  for (const std::string& list : lists) parts.push_back(fmt::format("SELECT type, value FROM json_each({})", list));
  return fmt::format(
      "(SELECT json_group_array(CASE WHEN type IN ('true', 'false') THEN json(type) WHEN type IN ('object', 'array') "
      "THEN "
      "json(value) ELSE value END) FROM ({}))",
      fmt::join(parts, " UNION ALL "));
}

Value arithmetic(Place at, const Value& a, const std::string& op, const Value& b) {
  const auto is = [&](Base base) { return a.type.base == base || b.type.base == base; };
  const auto list = [](const Value& one) {
    return one.type.base == Base::kList ? one.sql : fmt::format("json_array({})", json_of(one));
  };
  if (op == "+" && is(Base::kList)) {
    const Type& elements = a.type.base == Base::kList ? *a.type.element : a.type;
    return {joined_lists({list(a), list(b)}),
            list_of(either(elements, b.type.base == Base::kList ? *b.type.element : b.type))};
  }
  const std::string left = operand(a), right = operand(b);
  const auto is_simple = [](const Type& type) { return !type.is_known() || type.is_number(); };
  if (op == "+" && is(Base::kText) && (is_simple(a.type) || is_simple(b.type) || a.type.base == b.type.base))
    return {fmt::format("{} || {}", left, right), {Base::kText}, true};
  for (const Value* one : {&a, &b})
    if (!is_simple(one->type)) refuse(at, fmt::format("'{}' takes numbers, found {}", op, name_of(one->type)));
  if (op == "^") return {fmt::format("pow({}, {})", a.sql, b.sql), {Base::kReal}};
  const Type type = a.type.is_number() && b.type.is_number() ? either(a.type, b.type) : Type{Base::kAny};
  if (op == "%" && is(Base::kReal)) return {fmt::format("mod({}, {})", a.sql, b.sql), {Base::kReal}};
  return {fmt::format("{} {} {}", left, op, right), type, true};
}

Value comparison(const Value& a, const std::string& op, const Value& b) {
  const bool asks_equality = op == "=" || op == "<>";
  if (!can_be_compared(a.type, b.type))
    return asks_equality ? constant_unless_null(a, b, op == "<>" ? "1" : "0") : incomparable(a, b);
  if (a.type.base == Base::kNode && b.type.base == Base::kNode && asks_equality) {
    Value equal = node_equality(a, b);
    if (op == "<>") equal = {"NOT " + operand(equal), {Base::kBoolean}, true};
    return equal;
  }
  return {fmt::format("{} {} {}", operand(a), op, operand(b)), {Base::kBoolean}, true};
}

Value parameter_value(Place at, const std::string& name, const nlohmann::json& value) {
  const std::string sql = "$" + name;
  if (value.is_null()) return {sql, {Base::kNull}};
  if (value.is_boolean()) return {sql, {Base::kBoolean}};
  if (value.is_number_float()) return {sql, {Base::kReal}};
  if (value.is_number()) return {sql, {Base::kInteger}};
  if (value.is_string()) return {sql, {Base::kText}};
  if (!value.is_array())
    refuse(at, fmt::format("the parameter ${} is an object; expected a number, a text, a truth value, null or a list",
                           name));
  Type element{Base::kNull};
  for (const auto& one : value) element = either(element, parameter_value(at, name, one).type);
  return {sql, list_of(element)};
}

Value shown(const Value& value) {
  if (value.type.base == Base::kList && value.type.element->base == Base::kNode && !value.type.element->kinds.empty()) {
    const Value one = shown({"\"#each\".value", *value.type.element});
    return {fmt::format("(SELECT json_group_array(json({})) FROM json_each({}) \"#each\")", one.sql, value.sql),
            value.type};
  }
  if (value.type.base == Base::kPath) {
    const Value nodes =
        shown({fmt::format("json_extract({}, '$.nodes')", value.sql), list_of({Base::kNode, value.type.kinds})});
    return {fmt::format("json_set({}, '$.nodes', json({}))", value.sql, nodes.sql), value.type};
  }
  if (value.type.base != Base::kNode) return value;
  std::string cases;
  const Value labels = call_function({}, Call{"labels", false, false, {}}, {value});
  for (const NodeKind* kind : value.type.kinds) {
    const Value own{value.sql, {Base::kNode, {kind}}, false, {}, value.alias};
    std::string members = fmt::format("'labels', json({})", labels.sql);
    for (const Column& column : kind->columns)
      if (column.is_shown) members += fmt::format(", '{}', {}", column.name, node_property(own, *kind, column));
    cases += fmt::format(" WHEN {} THEN json_object({})", is_of(value, *kind), members);
  }
  return {"CASE" + cases + " END", value.type};
}

}  // namespace noema::app::patterns
