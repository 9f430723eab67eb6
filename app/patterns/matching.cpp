#include "app/patterns/matching.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/patterns/branches.h"
#include "app/patterns/placing.h"

namespace noema::app::patterns {
namespace {

constexpr const char* kRow = "#row";  // the number of a row before OPTIONAL MATCH

/// One SELECT a branch. Nodes that can be of several kinds say which.
std::vector<Select> matched(Context& context, const Select& input, const Match& match) {
  const Elements elements = elements_of(match.paths, input.scope);
  std::vector<Select> selects;
  for (const Branch& branch : branches_of(elements, input.scope)) {
    selects.push_back(Placing(context, elements, branch, match.condition, input).place_all());
  }
  return selects;
}

/// All variables of all branches have the same columns: those of the first, with types that fit all.
void align(std::vector<Select>& selects) {
  Scope aligned = selects[0].scope;
  for (const Named& named : selects[0].scope.variables()) {
    Type type = named.value.type;
    for (const Select& one : selects) type = either(type, one.scope.find(named.name)->type);
    for (Select& one : selects) {
      Value value = *one.scope.find(named.name);
      if (type.base == Base::kNode && type.kinds.size() > 1 && value.kind.empty())
        value.kind = quoted(value.type.kinds[0]->label);
      value.type = type;
      one.scope.set(named.name, value);
    }
  }
}

/// The branches as one SELECT: open to be joined with more if there is but one.
Select united(Context& context, std::vector<Select> selects) {
  for (Select& one : selects) {
    Scope scope;
    for (const Named& named : one.scope.variables())
      if (!named.name.starts_with('#') || named.name == kRow) scope.set(named.name, named.value);
    one.scope = scope;
  }
  if (selects.size() == 1) return std::move(selects[0]);
  align(selects);
  return context.close(selects, "step");
}

Select match_optionally(Context& context, const Select& input, const Match& match) {
  const Value number{"row_number() OVER ()", {Base::kInteger}};
  Select rows = context.close({input}, "row", {{kRow, number}}, true);
  Select found = united(context, matched(context, rows, match));
  Scope added;
  for (const Named& named : found.scope.variables())
    if (named.name == kRow || rows.scope.find(named.name) == nullptr) added.set(named.name, named.value);
  found.scope = added;
  const Select closed = context.close({found}, "found");
  rows.from = {fmt::format("{} LEFT JOIN {} ON {} = {}", rows.from[0], closed.from[0], closed.scope.find(kRow)->sql,
                           rows.scope.find(kRow)->sql)};
  for (const Named& named : closed.scope.variables())
    if (named.name != kRow) rows.scope.set(named.name, named.value);
  rows.scope.erase_own();
  return rows;
}

}  // namespace

Select match(Context& context, const Select& input, const Match& match) {
  return match.is_optional ? match_optionally(context, input, match) : united(context, matched(context, input, match));
}

Value exists_pattern(Context& context, const Scope& scope, Place at, const Exists& exists) {
  for (const PathPattern& path : exists.paths)
    for (const EdgePattern& edge : path.edges)
      if (edge.range) refuse(edge.at, "a variable length within EXISTS is outside of the subset; use OPTIONAL MATCH");
  Select outer;
  outer.scope = scope;
  std::vector<std::string> ways;
  for (const Select& one : matched(context, outer, {false, exists.paths, exists.condition}))
    ways.push_back(fmt::format("EXISTS (SELECT 1{})", from_and_where(one)));
  if (ways.empty()) refuse(at, "EXISTS needs a pattern");
  return {fmt::format("{}", fmt::join(ways, " OR ")), {Base::kBoolean}, true};
}

}  // namespace noema::app::patterns
