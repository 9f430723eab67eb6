#include "app/patterns/functions.h"

#include <fmt/args.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "app/patterns/operators.h"
#include "app/patterns/vocabulary.h"
#include "base/nearest.h"

namespace noema::app::patterns {
namespace {

using Arguments = std::vector<Value>;

/// `takes`: one letter an argument: t text, n number, l list, s text or list, o node, r relation, p path, any other
/// anything; those behind a | may be left out. `sql` has {0}, {1} ... for the arguments, or `make` makes it.
struct Function {
  const char* name;
  const char* takes;
  const char* sql;
  Base gives;
  Value (*make)(Place at, const Arguments& arguments) = nullptr;
};

// --- Of nodes, relations and paths --------------------------------------------------------------------------------

/// The labels of a node: its kind, and what narrows it. NULL of NULL.
Value make_labels(Place at, const Arguments& a) {
  const auto of_kind = [&](const NodeKind* kind) {
    std::string names = quoted(kind->label);
    for (const Label& label : labels())
      if (label.kind == kind && label.column != nullptr) {
        const Value narrowing = property_of(at, {a[0].sql, {Base::kNode, {kind}}, false, {}, a[0].alias}, label.column);
        return fmt::format("json_array({0}, upper(substr({1}, 1, 1)) || substr({1}, 2))", names, narrowing.sql);
      }
    return fmt::format("json_array({})", names);
  };
  std::string cases;
  for (const NodeKind* kind : a[0].type.kinds)
    cases += fmt::format(" WHEN {} THEN {}", is_of(a[0], *kind), of_kind(kind));
  return {"CASE" + cases + " END", list_of({Base::kText})};
}

/// Without its table only JSON is left of a relation, which has its type.
Value make_type(Place, const Arguments& a) {
  if (a[0].alias.empty()) return {fmt::format("json_extract({}, '$.type')", a[0].sql), {Base::kText}};
  const RelationKind& kind = *a[0].type.relations[0];
  if (kind.type_column != nullptr)
    return {fmt::format("upper(replace({}.{}, '-', '_'))", a[0].alias, kind.type_column), {Base::kText}};
  for (const RelationType& type : relation_types())
    if (type.kind == &kind) return {quoted(type.name), {Base::kText}};
  return {"NULL", {Base::kText}};
}

Value make_end(Place at, const Arguments& a, bool is_start) {
  Type type{Base::kNode};
  for (const RelationKind* kind : a[0].type.relations)
    type = either(type, {Base::kNode, {is_start ? kind->from : kind->to}});
  if (type.kinds.size() > 1) refuse(at, "the relation's ends can be of several kinds; name a relation type");
  return {fmt::format("json_extract({}, '$.{}')", a[0].sql, is_start ? "from" : "to"), type};
}

Value make_nodes(Place, const Arguments& a) {
  return {fmt::format("json_extract({}, '$.nodes')", a[0].sql), list_of({Base::kNode, a[0].type.kinds})};
}

Value make_relationships(Place, const Arguments& a) {
  return {fmt::format("json_extract({}, '$.relationships')", a[0].sql),
          list_of({Base::kRelation, {}, a[0].type.relations})};
}

// --- Of lists and values ------------------------------------------------------------------------------------------

Value make_size(Place, const Arguments& a) {
  const char* sql = a[0].type.base == Base::kText ? "length({})" : "json_array_length({})";
  return {fmt::format(fmt::runtime(sql), a[0].sql), {Base::kInteger}};
}

Value make_end_of_list(const Arguments& a, const char* path) {
  return {fmt::format("json_extract({}, '{}')", a[0].sql, path), element_of(a[0].type)};
}

Value make_coalesce(Place at, const Arguments& a) {
  Type type{Base::kNull};
  std::vector<std::string> sql;
  for (const Value& one : a) {
    type = either(type, one.type);
    sql.push_back(one.sql);
  }
  if (type.kinds.size() > 1) refuse(at, "coalesce cannot tell nodes of several kinds apart; coalesce a property");
  return {a.size() == 1 ? sql[0] : fmt::format("coalesce({})", fmt::join(sql, ", ")), type};
}

Value make_to_string(Place, const Arguments& a) {
  if (a[0].type.base == Base::kText) return a[0];
  const char* sql =
      a[0].type.base == Base::kBoolean ? "CASE {} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END" : "CAST({} AS TEXT)";
  return {fmt::format(fmt::runtime(sql), operand(a[0])), {Base::kText}};
}

/// A text that is no number gives NULL.
Value make_number(const Arguments& a, Base base) {
  const char* type = base == Base::kInteger ? "INTEGER" : "REAL";
  if (a[0].type.is_number()) return {fmt::format("CAST({} AS {})", a[0].sql, type), {base}};
  return {fmt::format("iif(json_valid({0}) AND json_type({0}) IN ('integer', 'real'), CAST({0} AS {1}), NULL)",
                      operand(a[0]), type),
          {base}};
}

Value make_range(Place, const Arguments& a) {
  const std::string step = a.size() > 2 ? operand(a[2]) : "1";
  return {fmt::format(
              "(WITH RECURSIVE \"#range\"(i) AS (SELECT {0} WHERE ({2} > 0 AND {0} <= {1}) OR ({2} < 0 AND {0} >= {1}) "
              "UNION ALL SELECT i + {2} FROM \"#range\" WHERE ({2} > 0 AND i + {2} <= {1}) OR ({2} < 0 AND i + {2} >= "
              "{1})) SELECT json_group_array(i) FROM \"#range\")",
              operand(a[0]), operand(a[1]), step),
          list_of({Base::kInteger})};
}

const std::vector<Function>& functions() {
  static const std::vector<Function> all{
      {"id", "o", "{0}", Base::kAny,
       [](Place, const Arguments& a) {
         Type type{Base::kNull};
         for (const NodeKind* kind : a[0].type.kinds)
           type = either(type, {column_named(kind->columns, kind->key)->base});
         return Value{a[0].sql, type};
       }},
      {"labels", "o", nullptr, Base::kList, make_labels},
      {"type", "r", nullptr, Base::kText, make_type},
      {"startNode", "r", nullptr, Base::kNode, [](Place at, const Arguments& a) { return make_end(at, a, true); }},
      {"endNode", "r", nullptr, Base::kNode, [](Place at, const Arguments& a) { return make_end(at, a, false); }},
      {"nodes", "p", nullptr, Base::kList, make_nodes},
      {"relationships", "p", nullptr, Base::kList, make_relationships},
      {"length", "p", "json_array_length({0}, '$.relationships')", Base::kInteger},
      {"size", "s", nullptr, Base::kInteger, make_size},
      {"head", "l", nullptr, Base::kAny, [](Place, const Arguments& a) { return make_end_of_list(a, "$[0]"); }},
      {"last", "l", nullptr, Base::kAny, [](Place, const Arguments& a) { return make_end_of_list(a, "$[#-1]"); }},
      {"range", "nn|n", nullptr, Base::kList, make_range},
      {"coalesce", "a|aaaaaaa", nullptr, Base::kAny, make_coalesce},
      {"exists", "a", "{0} IS NOT NULL", Base::kBoolean},
      {"toLower", "t", "lower({0})", Base::kText},
      {"toUpper", "t", "upper({0})", Base::kText},
      {"trim", "t", "trim({0})", Base::kText},
      {"lTrim", "t", "ltrim({0})", Base::kText},
      {"rTrim", "t", "rtrim({0})", Base::kText},
      {"replace", "ttt", "replace({0}, {1}, {2})", Base::kText},
      {"substring", "tn|n", nullptr, Base::kText,
       [](Place, const Arguments& a) {
         return Value{a.size() == 2 ? fmt::format("substr({}, {} + 1)", a[0].sql, operand(a[1]))
                                    : fmt::format("substr({}, {} + 1, {})", a[0].sql, operand(a[1]), a[2].sql),
                      {Base::kText}};
       }},
      {"left", "tn", "substr({0}, 1, {1})", Base::kText},
      {"right", "tn", "substr({0}, max(length({0}) - {1}, 0) + 1)", Base::kText},
      {"toString", "a", nullptr, Base::kText, make_to_string},
      {"toInteger", "a", nullptr, Base::kInteger,
       [](Place, const Arguments& a) { return make_number(a, Base::kInteger); }},
      {"toFloat", "a", nullptr, Base::kReal, [](Place, const Arguments& a) { return make_number(a, Base::kReal); }},
      {"abs", "n", nullptr, Base::kReal,
       [](Place, const Arguments& a) {
         return Value{fmt::format("abs({})", a[0].sql), a[0].type};
       }},
      {"sign", "n", "sign({0})", Base::kInteger},
      {"ceil", "n", "ceil({0})", Base::kReal},
      {"floor", "n", "floor({0})", Base::kReal},
      {"round", "n|n", nullptr, Base::kReal,
       [](Place, const Arguments& a) {
         return Value{
             a.size() == 1 ? fmt::format("round({})", a[0].sql) : fmt::format("round({}, {})", a[0].sql, a[1].sql),
             {Base::kReal}};
       }},
      {"sqrt", "n", "sqrt({0})", Base::kReal},
      {"exp", "n", "exp({0})", Base::kReal},
      {"log", "n", "ln({0})", Base::kReal},
      {"log10", "n", "log10({0})", Base::kReal},
  };
  return all;
}

// --- Aggregates ---------------------------------------------------------------------------------------------------

constexpr std::array<const char*, 6> kAggregates{"count", "sum", "avg", "min", "max", "collect"};

/// What an aggregate looks at: of a node of one of several kinds, both its kind and its key.
std::string counted(const Value& value) {
  return value.kind.empty() ? value.sql : fmt::format("{} || ' ' || {}", value.kind, value.sql);
}

Value collected(Place at, const Value& value, const std::string& distinct) {
  if (value.type.kinds.size() > 1 && value.type.base == Base::kNode)
    refuse(at, "collect cannot tell nodes of several kinds apart; give the node a label, or collect a property");
  return {fmt::format("json_group_array({}{}) FILTER (WHERE {} IS NOT NULL)", distinct, json_of(value), operand(value)),
          list_of(value.type)};
}

Value aggregate(Place at, const std::string& name, const Call& call, const Arguments& a) {
  if (call.is_star && name == "count") return {"count(*)", {Base::kInteger}};
  if (call.is_star || a.size() != 1) refuse(at, fmt::format("{} takes one argument", call.name));
  const std::string distinct = call.is_distinct ? "DISTINCT " : "";
  const bool is_sum = name == "sum" || name == "avg";
  if (is_sum && a[0].type.is_known() && !a[0].type.is_number())
    refuse(at, fmt::format("{} takes numbers, found {}", call.name, name_of(a[0].type)));
  if (name == "count") return {fmt::format("count({}{})", distinct, counted(a[0])), {Base::kInteger}};
  if (name == "collect") return collected(at, a[0], distinct);
  const std::string sql = fmt::format("{}({}{})", name, distinct, a[0].sql);
  if (name == "sum") return {fmt::format("coalesce({}, 0)", sql), a[0].type};
  return {sql, name == "avg" ? Type{Base::kReal} : a[0].type};
}

// --- Calls --------------------------------------------------------------------------------------------------------

const char* expected_by(char letter, const Type& type) {
  if (!type.is_known()) return nullptr;
  switch (letter) {
    case 't': return type.base == Base::kText ? nullptr : "a text";
    case 'n': return type.is_number() ? nullptr : "a number";
    case 'l': return type.base == Base::kList ? nullptr : "a list";
    case 's': return type.base == Base::kList || type.base == Base::kText ? nullptr : "a list or a text";
    case 'o': return type.base == Base::kNode ? nullptr : "a node";
    case 'r': return type.base == Base::kRelation ? nullptr : "a relation";
    case 'p': return type.base == Base::kPath ? nullptr : "a path, as p in p = (a)-[:PART_OF]->(b)";
    default: return nullptr;
  }
}

void require_fit(Place at, const Function& function, const Arguments& arguments) {
  const std::string takes = function.takes;
  const std::size_t bar = std::min(takes.find('|'), takes.size());
  const std::size_t most = takes.size() - (bar < takes.size() ? 1 : 0);
  if (arguments.size() < bar || arguments.size() > most)
    refuse(at, fmt::format("{} takes {}{} argument{}, found {}", function.name, bar,
                           most > bar ? fmt::format(" to {}", most) : "", most == 1 ? "" : "s", arguments.size()));
  for (std::size_t i = 0; i < arguments.size(); ++i)
    if (const char* expected = expected_by(takes[i < bar ? i : i + 1], arguments[i].type))
      refuse(at, fmt::format("{} takes {}, found {}", function.name, expected, name_of(arguments[i].type)));
}

[[noreturn]] void refuse_function(Place at, const std::string& name) {
  std::vector<std::string> names;
  for (const Function& function : functions()) names.emplace_back(function.name);
  for (const char* one : kAggregates) names.emplace_back(one);
  refuse(at, fmt::format("there is no function '{}' among {}{}", name, function_names(),
                         base::did_you_mean(base::nearest_names(name, names, 1))));
}

}  // namespace

bool is_aggregate(const std::string& function) {
  const std::string name = lower_case(function);
  return std::any_of(kAggregates.begin(), kAggregates.end(), [&](const char* one) { return name == one; });
}

bool has_aggregate(const Expression& expression) {
  if (const auto* call = std::get_if<Call>(&expression.node); call != nullptr && is_aggregate(call->name)) return true;
  const auto below = children(expression);
  return std::any_of(below.begin(), below.end(), [](const Expression* one) { return has_aggregate(*one); });
}

Value call_function(Place at, const Call& call, const std::vector<Value>& arguments) {
  const std::string name = lower_case(call.name);
  if (is_aggregate(name)) return aggregate(at, name, call, arguments);
  const auto found = std::find_if(functions().begin(), functions().end(),
                                  [&](const Function& one) { return lower_case(one.name) == name; });
  if (found == functions().end()) refuse_function(at, call.name);
  if (call.is_star || call.is_distinct) refuse(at, fmt::format("{} takes neither * nor DISTINCT", call.name));
  require_fit(at, *found, arguments);
  const bool is_of_null = arguments[0].type.base == Base::kNull && found->takes[0] != 'a';
  if (is_of_null) return arguments[0];
  if (found->make != nullptr) return found->make(at, arguments);
  fmt::dynamic_format_arg_store<fmt::format_context> store;
  for (const Value& one : arguments) store.push_back(operand(one));
  return {fmt::vformat(found->sql, store), {found->gives}, found->gives == Base::kBoolean};
}

std::string function_names() {
  std::string names;
  for (const Function& function : functions()) names += std::string(function.name) + ", ";
  return names + fmt::format("{}", fmt::join(kAggregates, ", "));
}

}  // namespace noema::app::patterns
