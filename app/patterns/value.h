#pragma once
// What a piece of SQL stands for: its type, as far as it is known before the life is asked.

#include <memory>
#include <string>
#include <vector>

namespace noema::app::patterns {

struct NodeKind;
struct RelationKind;

enum class Base { kNull, kAny, kBoolean, kInteger, kReal, kText, kList, kNode, kRelation, kPath };

struct Type {
  Base base = Base::kAny;
  std::vector<const NodeKind*> kinds = {};          ///< of a node or a path's nodes: those that it can be
  std::vector<const RelationKind*> relations = {};  ///< of a relation: those that it can be
  std::shared_ptr<const Type> element = nullptr;    ///< of a list

  bool is_number() const { return base == Base::kInteger || base == Base::kReal; }
  bool is_known() const { return base != Base::kAny && base != Base::kNull; }
};

Type list_of(const Type& element);
/// Of a list's elements, as far as it is known.
Type element_of(const Type& list);
/// What may be either: kAny unless they agree.
Type either(const Type& a, const Type& b);
/// For messages: "a number", "a list".
std::string name_of(const Type& type);

struct Value {
  std::string sql;  ///< of a node its key, of a relation a JSON object, of a list JSON, of a truth value 0 or 1
  Type type = {};
  bool is_compound = false;   ///< needs brackets as an operand
  std::string kind = {};      ///< SQL: the name of a node's kind, where there are several
  std::string alias = {};     ///< where a node or relation is a table of the same SELECT, this table
  std::string identity = {};  ///< of a relation in the same SELECT: its key as a JSON array
  /// What it can be in other readings of the same pattern: a property that only these have is NULL here.
  std::vector<const NodeKind*> other_kinds = {};
  std::vector<const RelationKind*> other_relations = {};
};

/// SQL: whether a node, which can be of several kinds, is of this one.
std::string is_of(const Value& node, const NodeKind& kind);
/// With brackets if it needs them.
std::string operand(const Value& value);
/// As an argument of SQLite's JSON functions: lists stay lists, truth values true and false.
std::string json_of(const Value& value);
/// Letters A to Z in lower case, as SQL compares names.
std::string lower_case(std::string text);
/// A text in SQL.
std::string quoted(const std::string& text);
/// A name of a table or column in SQL.
std::string identifier(const std::string& name);

}  // namespace noema::app::patterns
