// Runs the grammar. Compiling it is slow: nothing else is in this file.

#include "app/patterns/reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <tao/pegtl/contrib/limit_depth.hpp>

#include "app/patterns/grammar.h"
#include "app/patterns/parse.h"
#include "app/patterns/pattern.h"
#include "base/nearest.h"

namespace noema::app::patterns {
namespace {

namespace g = grammar;
namespace pegtl = tao::pegtl;

// --- What was expected --------------------------------------------------------------------------------------------

struct Messages {
  template <typename Rule>
  static constexpr bool raise_on_failure = false;  // only where the grammar says `must`
  template <typename Rule>
  static constexpr const char* message = nullptr;
};
template <char C>
inline constexpr char kMarkMessage[] = {'\'', C, '\'', '\0'};
template <char C>
constexpr const char* Messages::message<g::mark<C>> = kMarkMessage<C>;

#define NOEMA_EXPECTED(rule, text) \
  template <>                      \
  constexpr const char* Messages::message<g::rule> = text
NOEMA_EXPECTED(blanks, "a blank");
NOEMA_EXPECTED(quoted_content, "a name between backquotes");
NOEMA_EXPECTED(quoted_end, "a backquote at the end of the name");
NOEMA_EXPECTED(text_rest<'\''>, "a text that ends with a quotation mark (')");
NOEMA_EXPECTED(text_rest<'"'>, "a text that ends with a quotation mark (\")");
NOEMA_EXPECTED(parameter_name, "a parameter's name after '$'");
NOEMA_EXPECTED(expression, "an expression");
NOEMA_EXPECTED(w_then, "THEN");
NOEMA_EXPECTED(w_end, "WHEN, ELSE or END");
NOEMA_EXPECTED(w_with, "WITH (as in STARTS WITH)");
NOEMA_EXPECTED(w_null, "NULL or NOT NULL after IS");
NOEMA_EXPECTED(w_match, "MATCH after OPTIONAL");
NOEMA_EXPECTED(w_by, "BY after ORDER");
NOEMA_EXPECTED(w_as, "AS and a name for the elements");
NOEMA_EXPECTED(plus<g::case_when>, "WHEN");
NOEMA_EXPECTED(pattern, "a pattern, such as (a:Concept)-[:PART_OF]->(b)");
NOEMA_EXPECTED(path, "a pattern, such as (a:Concept)-[:PART_OF]->(b)");
NOEMA_EXPECTED(node, "a node, such as (b) or (b:Concept)");
NOEMA_EXPECTED(node_labels, "a label");
NOEMA_EXPECTED(label, "a label, such as Concept");
NOEMA_EXPECTED(relation_type, "a relation type, such as PART_OF");
NOEMA_EXPECTED(property_key, "a property's name");
NOEMA_EXPECTED(property, "a property, such as label: 'war'");
NOEMA_EXPECTED(variable, "a name");
NOEMA_EXPECTED(edge_end, "'->' or '-' after the relation");
NOEMA_EXPECTED(items, "* or an expression");
NOEMA_EXPECTED(item, "an expression");
NOEMA_EXPECTED(order_item, "an expression to order by");
NOEMA_EXPECTED(order_items, "an expression to order by");
NOEMA_EXPECTED(clause, "MATCH, OPTIONAL MATCH, UNWIND, WITH or RETURN");
NOEMA_EXPECTED(
    end_of_text,
    "a clause (MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, RETURN, ORDER BY, SKIP, LIMIT), an operator or the end");
NOEMA_EXPECTED(predicate, "an expression");
NOEMA_EXPECTED(sum, "an expression");
NOEMA_EXPECTED(product, "an expression");
NOEMA_EXPECTED(unary, "an expression");
NOEMA_EXPECTED(postfix, "an expression");
NOEMA_EXPECTED(negation, "an expression");
NOEMA_EXPECTED(all_of, "an expression");
NOEMA_EXPECTED(one_of, "an expression");
NOEMA_EXPECTED(projection, "* or an expression");
#undef NOEMA_EXPECTED
// What may be absent cannot fail; PEGTL wants a word for it all the same.
template <typename... Rules>
constexpr const char* Messages::message<pegtl::opt<Rules...>> = "";
template <typename... Rules>
constexpr const char* Messages::message<pegtl::star<Rules...>> = "";
template <typename... Rules>
constexpr const char* Messages::message<pegtl::sor<Rules...>> = "";

template <typename Rule>
using Control = pegtl::must_if<Messages>::control<Rule>;

// --- What is refused by name --------------------------------------------------------------------------------------

template <typename Rule>
struct Action : pegtl::nothing<Rule> {};
template <>
struct Action<g::expression> : pegtl::limit_depth<kDeepestNesting> {};

/// Thrown through the reader to `parse`, which adds the place.
struct Refused {
  std::size_t byte;
  std::string message;
};

template <>
struct Action<g::refused_clause> {
  template <typename Input>
  static void apply(const Input& in) {
    std::string name = in.string();
    std::transform(name.begin(), name.end(), name.begin(), [](char c) { return c >= 'a' && c <= 'z' ? c - 32 : c; });
    throw Refused{in.position().byte,
                  name +
                      " is outside of the subset: patterns only read, by MATCH, OPTIONAL MATCH, WHERE, WITH, UNWIND, "
                      "RETURN, ORDER BY, SKIP and LIMIT"};
  }
};
template <>
struct Action<g::refused_path> {
  template <typename Input>
  static void apply(const Input& in) {
    throw Refused{in.position().byte,
                  "shortestPath is outside of the subset; match a variable length and order by length(p)"};
  }
};
template <>
struct Action<g::op_match> {
  template <typename Input>
  static void apply(const Input& in) {
    throw Refused{in.position().byte, "=~ is outside of the subset; use STARTS WITH, ENDS WITH or CONTAINS"};
  }
};

// --- The tree -----------------------------------------------------------------------------------------------------

template <typename Rule>
using Selector = pegtl::parse_tree::selector<
    Rule,
    pegtl::parse_tree::store_content::on<
        g::plain_name, g::quoted_content, g::variable, g::label, g::relation_type, g::property_key, g::function_name,
        g::parameter_name, g::integer, g::real, g::text, g::w_true, g::w_false, g::w_null, g::case_of, g::case_subject,
        g::case_when, g::case_else, g::exists, g::where, g::comprehension, g::comprehension_result, g::list, g::call,
        g::w_distinct, g::star_argument, g::property_access, g::label_test, g::element, g::op_power, g::op_times,
        g::op_plus, g::op_compare, g::sign, g::w_not, g::test_in, g::test_starts, g::test_ends, g::test_contains,
        g::test_null, g::property, g::node, g::to_left, g::to_right, g::range, g::range_dots, g::edge, g::path_name,
        g::path, g::match_clause, g::w_optional, g::unwind_clause, g::item, g::item_text, g::star_item, g::order,
        g::order_item, g::w_descending, g::skip_rows, g::limit_rows, g::with_clause, g::return_clause>,
    pegtl::parse_tree::fold_one::on<g::postfix, g::power, g::unary, g::product, g::sum, g::predicate, g::comparison,
                                    g::negation, g::all_of, g::one_of, g::any_of>>;

/// The word or character at a place, as messages name it.
std::string found_at(std::string_view text, std::size_t byte) {
  if (byte >= text.size()) return "the end";
  const auto belongs = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c < 0; };
  std::size_t end = byte;
  while (end < text.size() && end - byte < 40 && belongs(text[end])) ++end;
  while (end < text.size() && (text[end] & 0xc0) == 0x80) ++end;  // a whole character
  return fmt::format("'{}'", text.substr(byte, std::max<std::size_t>(end - byte, 1)));
}

/// The clauses that a mistyped word may have meant.
std::string meant(const std::string& found) {
  static const std::array<std::string, 9> kWords{"MATCH",  "OPTIONAL MATCH", "WHERE", "WITH", "UNWIND",
                                                 "RETURN", "ORDER BY",       "SKIP",  "LIMIT"};
  if (found.size() < 5 || found.front() != '\'') return {};
  return base::did_you_mean(base::nearest_names(found.substr(1, found.size() - 2), kWords, 1));
}

/// A pattern where only values can stand reads as a subtraction until its arrow or colon.
std::string pattern_hint(std::string_view text, std::size_t byte) {
  const std::string_view before = text.substr(0, byte);
  const std::size_t last = before.find_last_not_of("-<[: ");
  const bool is_edge = last != std::string_view::npos && before.substr(last).find("-[") != std::string_view::npos;
  const bool is_arrow = text.substr(byte).starts_with('>') && (before.ends_with("--") || before.ends_with("]-"));
  const bool is_pattern = is_arrow || (is_edge && text.substr(byte).starts_with(':'));
  return is_pattern ? "; a pattern stands in a condition as EXISTS { (a)-->(b) }" : "";
}

}  // namespace

Place place_of(std::string_view text, std::size_t byte) {
  Place place;
  for (std::size_t i = 0; i < std::min(byte, text.size()); ++i) {
    if (text[i] == '\n') {
      ++place.line;
      place.column = 1;
    } else if ((text[i] & 0xc0) != 0x80) {
      ++place.column;
    }
  }
  return place;
}

bool is_pattern(std::string_view text) {
  pegtl::memory_input<pegtl::tracking_mode::lazy> input(text.data(), text.size(), "");
  return pegtl::parse<g::begins_as_pattern>(input);
}

std::unique_ptr<Tree> read_tree(std::string_view text) {
  pegtl::memory_input<> input(text.data(), text.size(), "");
  try {
    return pegtl::parse_tree::parse<g::whole, Tree, Selector, Action, Control>(input);
  } catch (const Refused& refused) {
    refuse(place_of(text, refused.byte), refused.message);
  } catch (const pegtl::parse_error& error) {
    const std::size_t byte = error.positions().front().byte;
    const std::string found = found_at(text, byte);
    if (error.message().starts_with("maximum"))
      refuse(place_of(text, byte), fmt::format("expressions are nested more than {} deep", kDeepestNesting));
    const std::string hint = error.message().starts_with("a clause") ? meant(found) : pattern_hint(text, byte);
    refuse(place_of(text, byte), fmt::format("expected {}, found {}{}", error.message(), found, hint));
  }
}

}  // namespace noema::app::patterns
