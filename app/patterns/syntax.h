#pragma once
// The syntax tree of a pattern: what its text says, before anything is known of lives.

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace noema::app::patterns {

/// Where something stands in the text: line and column (in characters), both from 1.
struct Place {
  std::size_t line = 1, column = 1;
};

/// A label, a relation type, a property or a variable, as it is written.
struct Word {
  Place at;
  std::string text;
};

// --- Expressions --------------------------------------------------------------------------------------------------

struct Expression;
using Expressions = std::vector<Expression>;  // also of a single expression (size 1), or of an optional one (0 or 1)

struct Literal {
  std::variant<std::monostate, bool, std::int64_t, double, std::string> value;
};
struct Parameter {
  std::string name;
};
struct Variable {
  std::string name;
};
struct Property {
  Expressions of;
  std::string key;
};
struct LabelTest {
  Expressions of;
  std::vector<Word> labels;  ///< all of them
};
struct ListLiteral {
  Expressions items;
};
/// [name IN list WHERE condition | result]
struct Comprehension {
  std::string name;
  Expressions list, condition, result;
};
struct Element {
  Expressions list, index;
};
struct Call {
  std::string name;  ///< as it is written; functions are found without regard to case
  bool is_distinct = false, is_star = false;
  Expressions arguments;
};
struct Case {
  Expressions subject, conditions, results, otherwise;
};
enum class Logic { kAnd, kOr, kXor };
struct Junction {
  Logic logic;
  Expressions terms;
};
struct Negation {
  Expressions of;
};
/// a < b < c: each operator stands between two neighbours, all must hold.
struct Comparison {
  std::vector<std::string> operators;
  Expressions operands;
};
enum class Predicate { kIn, kStartsWith, kEndsWith, kContains, kIsNull, kIsNotNull };
struct Test {
  Predicate predicate;
  Expressions operands;  ///< one or two
};
/// From left to right, with operators of one strength.
struct Arithmetic {
  std::vector<std::string> operators;
  Expressions operands;
};
struct Minus {
  Expressions of;
};

// --- Patterns -----------------------------------------------------------------------------------------------------

struct PropertyValue {
  Word key;
  Expressions value;
};

struct NodePattern {
  Place at;
  std::string variable;  ///< empty: none
  std::vector<Word> labels;
  std::vector<PropertyValue> properties;
};

enum class Direction { kRight, kLeft, kBoth };

struct Range {
  int least = 1, most = 1;
};

struct EdgePattern {
  Place at;
  Direction direction = Direction::kBoth;
  std::string variable;  ///< empty: none
  std::vector<Word> types;
  std::optional<Range> range;  ///< of a variable length
  std::vector<PropertyValue> properties;
};

/// nodes[0] edges[0] nodes[1] edges[1] ... nodes[n]
struct PathPattern {
  Word variable;  ///< empty: none
  std::vector<NodePattern> nodes;
  std::vector<EdgePattern> edges;
};

struct Exists {
  std::vector<PathPattern> paths;
  Expressions condition;
};

struct Expression {
  Place at;
  std::variant<Literal, Parameter, Variable, Property, LabelTest, ListLiteral, Comprehension, Element, Call, Case,
               Junction, Negation, Comparison, Test, Arithmetic, Minus, Exists>
      node;
};

// --- Clauses ------------------------------------------------------------------------------------------------------

struct Match {
  bool is_optional = false;
  std::vector<PathPattern> paths;
  Expressions condition;
};

struct Unwind {
  Expression list;
  Word variable;
};

struct Item {
  Expression expression;
  std::string name;  ///< after AS; without it the text of the expression
  bool is_named = false;
};

struct OrderItem {
  Expression expression;
  bool is_descending = false;
};

/// WITH or RETURN.
struct Projection {
  bool is_return = false, is_distinct = false, is_star = false;
  std::vector<Item> items;
  std::vector<OrderItem> order;
  Expressions skip, limit, condition;
};

struct Clause {
  Place at;
  std::variant<Match, Unwind, Projection> node;
};

using Query = std::vector<Clause>;

/// The expressions within an expression, from left to right; of CASE all conditions before all results, of EXISTS the
/// properties asked for and its condition.
std::vector<const Expression*> children(const Expression& expression);
/// The variables that an expression reads, with those that a comprehension or EXISTS in it names itself.
std::vector<std::string> variables_in(const Expression& expression);
/// Throws base::Error: "the pattern, line 1, column 7: <message>".
[[noreturn]] void refuse(Place at, const std::string& message);

}  // namespace noema::app::patterns
