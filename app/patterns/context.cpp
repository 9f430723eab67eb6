#include "app/patterns/context.h"

#include <fmt/format.h>

#include <algorithm>

namespace noema::app::patterns {
namespace {

std::string unique_in(std::set<std::string>& taken, const std::string& wanted) {
  std::string name = wanted;
  for (int n = 2; !taken.insert(lower_case(name)).second; ++n) name = fmt::format("{}_{}", wanted, n);
  return name;
}

}  // namespace

const Value* Scope::find(const std::string& name) const {
  const auto found =
      std::find_if(variables_.begin(), variables_.end(), [&](const Named& one) { return one.name == name; });
  return found == variables_.end() ? nullptr : &found->value;
}

void Scope::set(const std::string& name, Value value) {
  const auto found =
      std::find_if(variables_.begin(), variables_.end(), [&](const Named& one) { return one.name == name; });
  if (found == variables_.end())
    variables_.push_back({name, std::move(value)});
  else
    found->value = std::move(value);
}

void Scope::erase_own() {
  std::erase_if(variables_, [](const Named& one) { return one.name.starts_with('#'); });
}

std::string from_and_where(const Select& select) {
  std::string sql;
  if (!select.from.empty()) sql += fmt::format("\nFROM {}", fmt::join(select.from, " JOIN "));
  if (!select.where.empty()) sql += fmt::format("\nWHERE {}", fmt::join(select.where, " AND "));
  return sql;
}

std::string ColumnNames::unique(const std::string& wanted) { return unique_in(taken_, wanted); }

Value column_of(const Named& named, const std::string& table, ColumnNames& names, std::vector<std::string>& columns) {
  const auto add = [&](const std::string& sql, const std::string& wanted) {
    const std::string name = identifier(names.unique(wanted));
    columns.push_back(fmt::format("{} AS {}", sql, name));
    return fmt::format("{}.{}", table, name);
  };
  Value value{add(named.value.sql, named.name), named.value.type};
  if (!named.value.kind.empty()) value.kind = add(named.value.kind, named.name + " kind");
  value.other_kinds = named.value.other_kinds;
  value.other_relations = named.value.other_relations;
  return value;
}

Context::Context(const Parameters& parameters)
    : parameters_(parameters),
      // A table with the name of a view would hide it in the SELECTs that look properties up.
      tables_{"concept", "episode",  "thought", "form",     "fact",
              "rule",    "relation", "mention", "evidence", "thought_concept"} {}

std::string Context::table(const std::string& wanted) { return identifier(unique_in(tables_, wanted)); }

void Context::add_step(const std::string& name, const std::string& sql, bool is_once) {
  steps_.push_back(fmt::format("{} AS {}({})", name, is_once ? "MATERIALIZED " : "", sql));
}

Select Context::close(const std::vector<Select>& selects, const std::string& wanted, const std::vector<Named>& more,
                      bool is_once) {
  const std::string name = table(wanted);
  Select next;
  next.from.push_back(name);
  std::vector<std::string> parts;
  for (const Select& select : selects) {
    ColumnNames names;
    std::vector<std::string> columns;
    for (const Named& first : selects[0].scope.variables())
      next.scope.set(first.name, column_of({first.name, *select.scope.find(first.name)}, name, names, columns));
    for (const Named& named : more) next.scope.set(named.name, column_of(named, name, names, columns));
    if (columns.empty()) columns.push_back("1");
    parts.push_back(fmt::format("SELECT {}{}", fmt::join(columns, ", "), from_and_where(select)));
  }
  add_step(name, fmt::format("{}", fmt::join(parts, "\nUNION ALL ")), is_once);
  return next;
}

std::string Context::statement(const std::string& select) const {
  if (steps_.empty()) return select;
  return fmt::format("WITH RECURSIVE {}\n{}", fmt::join(steps_, ",\n"), select);
}

}  // namespace noema::app::patterns
