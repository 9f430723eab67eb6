#include "app/patterns/relations.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/patterns/functions.h"

namespace noema::app::patterns {
namespace {

std::string keys_of(const RelationKind& kind, const std::string& alias) {
  std::string keys;
  for (const char* key : kind.keys) keys += fmt::format("{}{}.{}", keys.empty() ? "" : ", ", alias, key);
  return keys;
}

std::string object_of(const RelationKind& kind, const Value& relation) {
  const std::string& alias = relation.alias;
  std::string members = fmt::format("'type', {}, 'from', {}.{}, 'to', {}.{}",
                                    call_function({}, Call{"type", false, false, {}}, {relation}).sql, alias,
                                    kind.from_column, alias, kind.to_column);
  for (const Column& column : kind.columns) members += fmt::format(", '{0}', {1}.{0}", column.name, alias);
  return fmt::format("json_object({})", members);
}

}  // namespace

std::vector<std::string> relation_conditions(const EdgeReading& reading, const std::string& alias) {
  const RelationKind& kind = *reading.kind;
  std::vector<std::string> conditions, values;
  for (const RelationType* type : reading.types) values.push_back(quoted(type->value));
  if (values.size() == 1) conditions.push_back(fmt::format("{}.{} = {}", alias, kind.type_column, values[0]));
  if (values.size() > 1)
    conditions.push_back(fmt::format("{}.{} IN ({})", alias, kind.type_column, fmt::join(values, ", ")));
  if (kind.condition != nullptr) conditions.push_back(fmt::format("{}.{}", alias, kind.condition));
  return conditions;
}

Value relation_value(const EdgeReading& reading, const std::string& alias, bool is_read) {
  Value value{"NULL", {Base::kRelation, {}, {reading.kind}}};
  value.alias = alias;
  value.identity = fmt::format("json_array({})", keys_of(*reading.kind, alias));
  if (is_read) value.sql = object_of(*reading.kind, value);
  return value;
}

bool can_be_same(const EdgeReading& a, const EdgeReading& b) {
  if (a.kind != b.kind) return false;
  if (a.types.empty() || b.types.empty()) return true;
  return std::any_of(a.types.begin(), a.types.end(), [&](const RelationType* type) {
    return std::find(b.types.begin(), b.types.end(), type) != b.types.end();
  });
}

std::string differ(const RelationKind& kind, const std::string& a, const std::string& b) {
  if (kind.keys.size() == 1) return fmt::format("{} <> {}", keys_of(kind, a), keys_of(kind, b));
  return fmt::format("({}) <> ({})", keys_of(kind, a), keys_of(kind, b));
}

}  // namespace noema::app::patterns
