// From PEGTL's tree to the syntax tree.

#include "app/patterns/parse.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>

#include "app/patterns/grammar.h"
#include "app/patterns/reader.h"
#include "base/error.h"

namespace noema::app::patterns {
namespace {

namespace g = grammar;

/// Reads one tree. Depth of recursion: kDeepestNesting expressions, each at most kMostTerms links of a chain.
class Reading {
 public:
  explicit Reading(std::string_view text) : text_(text) {}

  Query query(const Tree& root) {
    if (root.children.size() > kMostClauses)
      refuse(place(*root.children[kMostClauses]), fmt::format("there are more than {} clauses", kMostClauses));
    Query query;
    for (const auto& child : root.children) query.push_back(clause(*child));
    return query;
  }

 private:
  template <typename Rule>
  static bool is(const Tree& tree) {
    return tree.is_type<Rule>();
  }
  template <typename Rule>
  static const Tree* find(const Tree& tree) {
    const auto found =
        std::find_if(tree.children.begin(), tree.children.end(), [](const auto& child) { return is<Rule>(*child); });
    return found == tree.children.end() ? nullptr : found->get();
  }
  template <typename Rule>
  static std::vector<const Tree*> all(const Tree& tree) {
    std::vector<const Tree*> found;
    for (const auto& child : tree.children)
      if (is<Rule>(*child)) found.push_back(child.get());
    return found;
  }

  /// Places are asked for from left to right, nearly, so that counting starts where it was last.
  Place place(const Tree& tree) const { return {tree.m_begin.line, column(tree)}; }
  std::size_t column(const Tree& tree) const {
    const std::size_t byte = tree.begin().byte;
    const std::size_t line = byte - (tree.m_begin.column - 1);
    return 1 + static_cast<std::size_t>(std::count_if(text_.begin() + static_cast<std::ptrdiff_t>(line),
                                                      text_.begin() + static_cast<std::ptrdiff_t>(byte),
                                                      [](char c) { return (c & 0xc0) != 0x80; }));
  }

  // --- Names and literals -----------------------------------------------------------------------------------------

  /// A name, without the backquotes.
  Word word(const Tree& tree) const {
    return {place(tree), std::string((tree.children.empty() ? tree : *tree.children[0]).string_view())};
  }
  template <typename Rule>
  std::string name_in(const Tree& tree) const {
    const Tree* found = find<Rule>(tree);
    return found == nullptr ? std::string() : word(*found).text;
  }
  template <typename Rule>
  std::vector<Word> words(const Tree& tree) const {
    std::vector<Word> words;
    for (const Tree* one : all<Rule>(tree)) words.push_back(word(*one));
    return words;
  }

  std::int64_t integer(const Tree& tree) const {
    const std::string_view digits = tree.string_view();
    std::int64_t value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
      refuse(place(tree), "the number is too large; integers go up to 9223372036854775807");
    return value;
  }

  double real(const Tree& tree) const {
    const std::string_view digits = tree.string_view();
    double value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec != std::errc())
      refuse(place(tree), "the number is too large or too small");
    return value;
  }

  std::string text(const Tree& tree) const {
    const std::string_view content = tree.string_view().substr(1, tree.string_view().size() - 2);
    std::string value;
    for (std::size_t i = 0; i < content.size(); ++i) {
      if (content[i] != '\\')
        value += content[i];
      else if (content[++i] == 'u')
        append_character(value, content, i, tree);
      else
        value += escaped(content[i], tree);
    }
    return value;
  }

  char escaped(char c, const Tree& tree) const {
    constexpr std::string_view kEscapes = "nt\\'\"`rbf", kMeanings = "\n\t\\'\"`\r\b\f";
    const std::size_t at = kEscapes.find(c);
    if (at == std::string_view::npos)
      refuse(place(tree), "the text has an escape that is none of \\n \\t \\r \\b \\f \\\\ \\' \\\" \\` \\uXXXX");
    return kMeanings[at];
  }

  /// \uXXXX, in UTF-8.
  void append_character(std::string& value, std::string_view content, std::size_t& i, const Tree& tree) const {
    unsigned code = 0;
    const std::string_view digits = content.substr(i + 1, 4);
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), code, 16);
    if (digits.size() != 4 || read.ptr != digits.data() + 4 || code == 0 || (code >= 0xd800 && code < 0xe000))
      refuse(place(tree), "\\u needs the four hexadecimal digits of a character");
    if (code < 0x80) {
      value += static_cast<char>(code);
    } else if (code < 0x800) {
      value += {static_cast<char>(0xc0 | code >> 6), static_cast<char>(0x80 | (code & 0x3f))};
    } else {
      value += {static_cast<char>(0xe0 | code >> 12), static_cast<char>(0x80 | (code >> 6 & 0x3f)),
                static_cast<char>(0x80 | (code & 0x3f))};
    }
    i += 4;
  }

  // --- Expressions ------------------------------------------------------------------------------------------------

  Expressions one(const Tree& tree) const {
    Expressions expressions;
    expressions.push_back(expression(tree));
    return expressions;
  }

  /// The children that are no marks or words; of WHERE and the like what stands in them.
  Expressions expressions(const Tree& tree, std::size_t from = 0) const {
    bound(tree);
    Expressions found;
    for (std::size_t i = from; i < tree.children.size(); ++i) found.push_back(expression(*tree.children[i]));
    return found;
  }
  template <typename Rule>
  Expressions expressions_in(const Tree& tree) const {
    Expressions found;
    for (const Tree* part : all<Rule>(tree)) found.push_back(expression(*part->children[0]));
    return found;
  }

  void bound(const Tree& tree) const {
    if (tree.children.size() > 2 * kMostTerms)
      refuse(place(tree), fmt::format("more than {} terms stand in a row", kMostTerms));
  }

  Expression expression(const Tree& tree) const {
    const Place at = place(tree);
    if (is<g::any_of>(tree)) return {at, Junction{Logic::kOr, expressions(tree)}};
    if (is<g::one_of>(tree)) return {at, Junction{Logic::kXor, expressions(tree)}};
    if (is<g::all_of>(tree)) return {at, Junction{Logic::kAnd, expressions(tree)}};
    if (is<g::negation>(tree)) return negation(tree);
    if (is<g::comparison>(tree)) return chain<Comparison>(tree);
    if (is<g::predicate>(tree)) return tests(tree);
    if (is<g::sum>(tree) || is<g::product>(tree) || is<g::power>(tree)) return chain<Arithmetic>(tree);
    if (is<g::unary>(tree)) return signs(tree);
    if (is<g::postfix>(tree)) return accesses(tree);
    return atom(tree);
  }

  Expression atom(const Tree& tree) const {
    const Place at = place(tree);
    if (is<g::variable>(tree)) return {at, Variable{word(tree).text}};
    if (is<g::integer>(tree)) return {at, Literal{integer(tree)}};
    if (is<g::real>(tree)) return {at, Literal{real(tree)}};
    if (is<g::text>(tree)) return {at, Literal{text(tree)}};
    if (is<g::w_true>(tree)) return {at, Literal{true}};
    if (is<g::w_false>(tree)) return {at, Literal{false}};
    if (is<g::w_null>(tree)) return {at, Literal{}};
    if (is<g::parameter_name>(tree)) return {at, Parameter{tree.string()}};
    if (is<g::list>(tree)) return {at, ListLiteral{expressions(tree)}};
    if (is<g::comprehension>(tree))
      return {at, Comprehension{word(*tree.children[0]).text, one(*tree.children[1]), expressions_in<g::where>(tree),
                                expressions_in<g::comprehension_result>(tree)}};
    if (is<g::call>(tree)) return call(tree);
    if (is<g::case_of>(tree)) return case_of(tree);
    if (is<g::exists>(tree)) return {at, Exists{paths(tree), expressions_in<g::where>(tree)}};
    throw base::Bug("a rule of the grammar of patterns has no reading: " + std::string(tree.type));
  }

  /// NOT NOT is kept once: it is no change, but says that a truth value is meant.
  Expression negation(const Tree& tree) const {
    const std::size_t negations = tree.children.size() - 1;
    Expression value{place(tree), Negation{one(*tree.children.back())}};
    if (negations % 2 == 1) return value;
    Expression twice{place(tree), Negation{}};
    std::get<Negation>(twice.node).of.push_back(std::move(value));
    return twice;
  }

  Expression signs(const Tree& tree) const {
    const auto minus = std::count_if(tree.children.begin(), tree.children.end(), [](const auto& child) {
      return is<g::sign>(*child) && child->string_view() == "-";
    });
    if (minus % 2 == 0) return expression(*tree.children.back());
    return {place(tree), Minus{one(*tree.children.back())}};
  }

  /// operand, operator, operand ...
  template <typename Chain>
  Expression chain(const Tree& tree) const {
    bound(tree);
    Chain chain;
    for (std::size_t i = 0; i < tree.children.size(); ++i) {
      if (i % 2 == 0)
        chain.operands.push_back(expression(*tree.children[i]));
      else
        chain.operators.push_back(tree.children[i]->string());
    }
    return {place(tree), std::move(chain)};
  }

  Expression tests(const Tree& tree) const {
    bound(tree);
    Expression value = expression(*tree.children[0]);
    for (std::size_t i = 1; i < tree.children.size(); ++i) {
      const Tree& part = *tree.children[i];
      Test test{Predicate::kIn, {}};
      test.operands.push_back(std::move(value));
      if (is<g::test_null>(part)) {
        test.predicate = find<g::w_not>(part) == nullptr ? Predicate::kIsNull : Predicate::kIsNotNull;
      } else {
        if (is<g::test_starts>(part)) test.predicate = Predicate::kStartsWith;
        if (is<g::test_ends>(part)) test.predicate = Predicate::kEndsWith;
        if (is<g::test_contains>(part)) test.predicate = Predicate::kContains;
        test.operands.push_back(expression(*part.children.back()));
      }
      value = {place(tree), std::move(test)};
    }
    return value;
  }

  /// a.b, a:Label, a[0], one behind the other.
  Expression accesses(const Tree& tree) const {
    bound(tree);
    Expressions value = one(*tree.children[0]);
    for (std::size_t i = 1; i < tree.children.size(); ++i) {
      const Tree& part = *tree.children[i];
      Expression next{place(is<g::property_access>(part) ? *part.children[0] : part), Literal{}};
      if (is<g::property_access>(part))
        next.node = Property{std::move(value), word(*part.children[0]).text};
      else if (is<g::label_test>(part))
        next.node = LabelTest{std::move(value), {word(*part.children[0])}};
      else
        next.node = patterns::Element{std::move(value), one(*part.children[0])};
      value.clear();
      value.push_back(std::move(next));
    }
    return std::move(value[0]);
  }

  Expression call(const Tree& tree) const {
    Call call{word(*tree.children[0]).text,
              find<g::w_distinct>(tree) != nullptr,
              find<g::star_argument>(tree) != nullptr,
              {}};
    bound(tree);
    for (const auto& child : tree.children)
      if (!is<g::function_name>(*child) && !is<g::w_distinct>(*child) && !is<g::star_argument>(*child))
        call.arguments.push_back(expression(*child));
    return {place(tree), std::move(call)};
  }

  Expression case_of(const Tree& tree) const {
    bound(tree);
    Case value;
    value.subject = expressions_in<g::case_subject>(tree);
    for (const Tree* when : all<g::case_when>(tree)) {
      value.conditions.push_back(expression(*when->children[0]));
      value.results.push_back(expression(*when->children[1]));
    }
    value.otherwise = expressions_in<g::case_else>(tree);
    return {place(tree), std::move(value)};
  }

  // --- Patterns ---------------------------------------------------------------------------------------------------

  std::vector<PropertyValue> properties(const Tree& tree) const {
    std::vector<PropertyValue> properties;
    for (const Tree* property : all<g::property>(tree))
      properties.push_back({word(*property->children[0]), one(*property->children[1])});
    return properties;
  }

  std::vector<PathPattern> paths(const Tree& tree) const {
    bound(tree);
    std::vector<PathPattern> paths;
    for (const Tree* one : all<g::path>(tree)) {
      bound(*one);
      PathPattern path;
      if (const Tree* name = find<g::path_name>(*one)) path.variable = word(*name->children[0]);
      for (const Tree* node : all<g::node>(*one))
        path.nodes.push_back({place(*node), name_in<g::variable>(*node), words<g::label>(*node), properties(*node)});
      for (const Tree* one_edge : all<g::edge>(*one)) path.edges.push_back(edge(*one_edge));
      paths.push_back(std::move(path));
    }
    return paths;
  }

  EdgePattern edge(const Tree& tree) const {
    EdgePattern edge;
    edge.at = place(tree);
    const bool to_left = find<g::to_left>(tree) != nullptr, to_right = find<g::to_right>(tree) != nullptr;
    if (to_left != to_right) edge.direction = to_left ? Direction::kLeft : Direction::kRight;
    edge.variable = name_in<g::variable>(tree);
    edge.types = words<g::relation_type>(tree);
    edge.properties = properties(tree);
    if (const Tree* range = find<g::range>(tree)) edge.range = range_of(*range);
    return edge;
  }

  Range range_of(const Tree& tree) const {
    const bool has_dots = find<g::range_dots>(tree) != nullptr;
    const bool has_least = !tree.children.empty() && is<g::integer>(*tree.children.front());
    const bool has_most = has_dots ? is<g::integer>(*tree.children.back()) : has_least;
    if (!has_most)
      refuse(place(tree),
             fmt::format("a variable length needs a bound, such as *1..3 (at most {}); one without is outside of "
                         "the subset",
                         kLongestWay));
    const std::int64_t most = integer(*tree.children.back());
    const std::int64_t least = has_least ? integer(*tree.children.front()) : 1;
    if (most > kLongestWay)
      refuse(place(tree), fmt::format("a variable length goes up to {}, found {}", kLongestWay, most));
    if (least > most) refuse(place(tree), fmt::format("the length {}..{} holds no number", least, most));
    return {static_cast<int>(least), static_cast<int>(most)};
  }

  // --- Clauses ----------------------------------------------------------------------------------------------------

  Clause clause(const Tree& tree) const {
    const Place at = place(tree);
    if (is<g::match_clause>(tree))
      return {at, Match{find<g::w_optional>(tree) != nullptr, paths(tree), expressions_in<g::where>(tree)}};
    if (is<g::unwind_clause>(tree)) return {at, Unwind{expression(*tree.children[0]), word(*tree.children[1])}};
    return {at, projection(tree)};
  }

  Projection projection(const Tree& tree) const {
    bound(tree);
    Projection projection;
    projection.is_return = is<g::return_clause>(tree);
    projection.is_distinct = find<g::w_distinct>(tree) != nullptr;
    projection.is_star = find<g::star_item>(tree) != nullptr;
    for (const Tree* one : all<g::item>(tree)) projection.items.push_back(item(*one));
    if (const Tree* order = find<g::order>(tree)) {
      bound(*order);
      for (const auto& one : order->children)
        projection.order.push_back({expression(*one->children[0]), find<g::w_descending>(*one) != nullptr});
    }
    projection.skip = expressions_in<g::skip_rows>(tree);
    projection.limit = expressions_in<g::limit_rows>(tree);
    projection.condition = expressions_in<g::where>(tree);
    return projection;
  }

  Item item(const Tree& tree) const {
    const Tree& text = *tree.children[0];
    Item item{expression(*text.children[0]), name_in<g::variable>(tree), find<g::variable>(tree) != nullptr};
    if (item.is_named) return item;
    item.name = text.string();
    item.name.erase(item.name.find_last_not_of(" \t\r\n") + 1);
    return item;
  }

  std::string_view text_;
};

}  // namespace

Query parse(const std::string& text) {
  if (text.size() > kLongestPattern)
    throw base::Error(fmt::format("the pattern has {} bytes; at most {} are read", text.size(), kLongestPattern));
  if (text.find('\0') != std::string::npos) throw base::Error("the pattern holds a zero byte; patterns are text");
  return Reading(text).query(*read_tree(text));
}

}  // namespace noema::app::patterns
