#include "app/patterns/value.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/patterns/vocabulary.h"

namespace noema::app::patterns {
namespace {

std::string doubled(const std::string& text, char quote) {
  std::string result(1, quote);
  for (const char c : text) result.append(c == quote ? 2 : 1, c);
  return result + quote;
}

template <typename T>
std::vector<T> united(std::vector<T> a, const std::vector<T>& b) {
  for (const T& one : b)
    if (std::find(a.begin(), a.end(), one) == a.end()) a.push_back(one);
  return a;
}

}  // namespace

Type list_of(const Type& element) { return {Base::kList, {}, {}, std::make_shared<const Type>(element)}; }

Type element_of(const Type& list) { return list.element ? *list.element : Type{}; }

Type either(const Type& a, const Type& b) {
  if (a.base == Base::kNull) return b;
  if (b.base == Base::kNull) return a;
  if (a.is_number() && b.is_number()) return {a.base == b.base ? a.base : Base::kReal};
  if (a.base != b.base) return {Base::kAny};
  if (a.base == Base::kList) return list_of(either(*a.element, *b.element));
  return {a.base, united(a.kinds, b.kinds), united(a.relations, b.relations)};
}

std::string name_of(const Type& type) {
  switch (type.base) {
    case Base::kNull: return "null";
    case Base::kBoolean: return "a truth value";
    case Base::kInteger:
    case Base::kReal: return "a number";
    case Base::kText: return "a text";
    case Base::kList: return "a list";
    case Base::kNode: return "a node";
    case Base::kRelation: return "a relation";
    case Base::kPath: return "a path";
    default: return "a value";
  }
}

std::string is_of(const Value& node, const NodeKind& kind) {
  return node.kind.empty() ? node.sql + " IS NOT NULL" : fmt::format("{} = {}", node.kind, quoted(kind.label));
}

std::string operand(const Value& value) { return value.is_compound ? "(" + value.sql + ")" : value.sql; }

std::string json_of(const Value& value) {
  switch (value.type.base) {
    case Base::kBoolean:
      return fmt::format("CASE {} WHEN 1 THEN json('true') WHEN 0 THEN json('false') END", operand(value));
    case Base::kList:
    case Base::kRelation:
    case Base::kPath: return fmt::format("json({})", value.sql);
    default: return value.sql;
  }
}

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c; });
  return text;
}

std::string quoted(const std::string& text) { return doubled(text, '\''); }
std::string identifier(const std::string& name) { return doubled(name, '"'); }

}  // namespace noema::app::patterns
