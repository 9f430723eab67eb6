#pragma once
// The grammar of patterns in PEGTL. Each rule ends behind the blanks that follow it, but for the names and literals
// that the tree keeps. After `if_must` nothing is tried a second way, so that reading takes time in proportion to the
// text. Only reader.cpp, parse.cpp and tests include this.

#include <tao/pegtl.hpp>

namespace noema::app::patterns::grammar {

using namespace tao::pegtl;  // NOLINT: the grammar is written in its words

// --- Words --------------------------------------------------------------------------------------------------------

struct line_comment : seq<two<'/'>, until<eolf>> {};
struct block_comment : seq<string<'/', '*'>, until<string<'*', '/'>>> {};
struct blanks : star<sor<space, line_comment, block_comment>> {};

template <char C>
struct mark : seq<one<C>, blanks> {};

struct name_first : sor<identifier_first, utf8::range<0x80, 0x10FFFF>> {};
struct name_other : sor<identifier_other, utf8::range<0x80, 0x10FFFF>> {};
struct plain_name : seq<name_first, star<name_other>> {};
struct quoted_content : plus<seq<not_at<one<'`'>>, utf8::any>> {};
struct quoted_end : one<'`'> {};
struct quoted_name : if_must<one<'`'>, quoted_content, quoted_end> {};
struct any_name : sor<plain_name, quoted_name> {};

template <typename... Texts>
struct word : seq<sor<Texts...>, not_at<name_other>, blanks> {};
struct w_match : word<TAO_PEGTL_ISTRING("match")> {};
struct w_optional : word<TAO_PEGTL_ISTRING("optional")> {};
struct w_where : word<TAO_PEGTL_ISTRING("where")> {};
struct w_with : word<TAO_PEGTL_ISTRING("with")> {};
struct w_return : word<TAO_PEGTL_ISTRING("return")> {};
struct w_distinct : word<TAO_PEGTL_ISTRING("distinct")> {};
struct w_order : word<TAO_PEGTL_ISTRING("order")> {};
struct w_by : word<TAO_PEGTL_ISTRING("by")> {};
struct w_skip : word<TAO_PEGTL_ISTRING("skip"), TAO_PEGTL_ISTRING("offset")> {};
struct w_limit : word<TAO_PEGTL_ISTRING("limit")> {};
struct w_unwind : word<TAO_PEGTL_ISTRING("unwind")> {};
struct w_as : word<TAO_PEGTL_ISTRING("as")> {};
struct w_and : word<TAO_PEGTL_ISTRING("and")> {};
struct w_or : word<TAO_PEGTL_ISTRING("or")> {};
struct w_xor : word<TAO_PEGTL_ISTRING("xor")> {};
struct w_not : word<TAO_PEGTL_ISTRING("not")> {};
struct w_in : word<TAO_PEGTL_ISTRING("in")> {};
struct w_starts : word<TAO_PEGTL_ISTRING("starts")> {};
struct w_ends : word<TAO_PEGTL_ISTRING("ends")> {};
struct w_contains : word<TAO_PEGTL_ISTRING("contains")> {};
struct w_is : word<TAO_PEGTL_ISTRING("is")> {};
struct w_null : word<TAO_PEGTL_ISTRING("null")> {};
struct w_true : word<TAO_PEGTL_ISTRING("true")> {};
struct w_false : word<TAO_PEGTL_ISTRING("false")> {};
struct w_case : word<TAO_PEGTL_ISTRING("case")> {};
struct w_when : word<TAO_PEGTL_ISTRING("when")> {};
struct w_then : word<TAO_PEGTL_ISTRING("then")> {};
struct w_else : word<TAO_PEGTL_ISTRING("else")> {};
struct w_end : word<TAO_PEGTL_ISTRING("end")> {};
struct w_exists : word<TAO_PEGTL_ISTRING("exists")> {};
struct w_descending : word<TAO_PEGTL_ISTRING("descending"), TAO_PEGTL_ISTRING("desc")> {};
struct w_ascending : word<TAO_PEGTL_ISTRING("ascending"), TAO_PEGTL_ISTRING("asc")> {};

/// Clauses that are known and outside of the subset.
struct refused_clause : seq<sor<TAO_PEGTL_ISTRING("create"), TAO_PEGTL_ISTRING("merge"), TAO_PEGTL_ISTRING("set"),
                                TAO_PEGTL_ISTRING("delete"), TAO_PEGTL_ISTRING("detach"), TAO_PEGTL_ISTRING("remove"),
                                TAO_PEGTL_ISTRING("call"), TAO_PEGTL_ISTRING("foreach"), TAO_PEGTL_ISTRING("load"),
                                TAO_PEGTL_ISTRING("union"), TAO_PEGTL_ISTRING("use"), TAO_PEGTL_ISTRING("explain"),
                                TAO_PEGTL_ISTRING("profile"), TAO_PEGTL_ISTRING("insert"), TAO_PEGTL_ISTRING("drop"),
                                TAO_PEGTL_ISTRING("finish"), TAO_PEGTL_ISTRING("let"), TAO_PEGTL_ISTRING("filter"),
                                TAO_PEGTL_ISTRING("for"), TAO_PEGTL_ISTRING("next")>,
                            not_at<name_other>> {};
struct reserved : sor<w_match, w_optional, w_where, w_with, w_return, w_distinct, w_order, w_skip, w_limit, w_unwind,
                      w_as, w_and, w_or, w_xor, w_not, w_in, w_starts, w_ends, w_contains, w_is, w_null, w_true,
                      w_false, w_case, w_when, w_then, w_else, w_end> {};

struct variable : seq<not_at<reserved>, any_name> {};
struct label : any_name {};
struct relation_type : any_name {};
struct property_key : any_name {};
struct function_name : seq<not_at<reserved>, plain_name> {};
struct parameter_name : identifier {};

// --- Expressions --------------------------------------------------------------------------------------------------

struct expression : seq<struct any_of> {};
struct pattern;

struct exponent : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<digit>> {};
struct integer : plus<digit> {};
struct real : seq<plus<digit>, sor<seq<one<'.'>, plus<digit>, opt<exponent>>, exponent>> {};
template <char Quote>
struct text_rest : until<one<Quote>, sor<seq<one<'\\'>, utf8::any>, utf8::any>> {};
struct text : sor<if_must<one<'\''>, text_rest<'\''>>, if_must<one<'"'>, text_rest<'"'>>> {};

struct parameter : if_must<one<'$'>, parameter_name, blanks> {};
struct case_subject : seq<not_at<w_when>, expression> {};
struct case_when : if_must<w_when, expression, w_then, expression> {};
struct case_else : if_must<w_else, expression> {};
struct case_of : if_must<w_case, opt<case_subject>, plus<case_when>, opt<case_else>, w_end> {};
struct where : if_must<w_where, expression> {};
struct exists : if_must<seq<w_exists, mark<'{'>>, opt<w_match>, pattern, opt<where>, mark<'}'>> {};
struct comprehension_result : if_must<mark<'|'>, expression> {};
struct comprehension
    : if_must<seq<mark<'['>, variable, blanks, w_in>, expression, opt<where>, opt<comprehension_result>, mark<']'>> {};
struct list : if_must<mark<'['>, opt<list_must<expression, mark<','>>>, mark<']'>> {};
struct star_argument : mark<'*'> {};
struct call : if_must<seq<function_name, blanks, mark<'('>>, opt<w_distinct>,
                      sor<star_argument, opt<list_must<expression, mark<','>>>>, mark<')'>> {};
struct parenthesised : if_must<mark<'('>, expression, mark<')'>> {};
struct atom : sor<seq<sor<real, integer, text>, blanks>, parameter, w_true, w_false, w_null, case_of, exists,
                  comprehension, list, call, seq<variable, blanks>, parenthesised> {};

struct property_access : if_must<seq<one<'.'>, not_at<one<'.'>>, blanks>, property_key, blanks> {};
struct label_test : if_must<mark<':'>, label, blanks> {};
struct element : if_must<mark<'['>, expression, mark<']'>> {};
struct postfix : seq<atom, star<sor<property_access, label_test, element>>> {};
struct op_power : one<'^'> {};
struct power : seq<postfix, star<if_must<op_power, blanks, postfix>>> {};
struct sign : one<'+', '-'> {};
struct unary : seq<star<sign, blanks>, power> {};
struct op_times : one<'*', '/', '%'> {};
struct product : seq<unary, star<if_must<op_times, blanks, unary>>> {};
struct op_plus : one<'+', '-'> {};
struct sum : seq<product, star<if_must<op_plus, blanks, product>>> {};
struct test_in : if_must<w_in, sum> {};
struct test_starts : if_must<w_starts, w_with, sum> {};
struct test_ends : if_must<w_ends, w_with, sum> {};
struct test_contains : if_must<w_contains, sum> {};
struct test_null : if_must<w_is, opt<w_not>, w_null> {};
struct predicate : seq<sum, star<sor<test_in, test_starts, test_ends, test_contains, test_null>>> {};
struct op_match : string<'=', '~'> {};
struct op_compare : sor<string<'<', '>'>, string<'<', '='>, string<'>', '='>, one<'=', '<', '>'>> {};
struct comparison : seq<predicate, star<if_must<sor<op_match, op_compare>, blanks, predicate>>> {};
struct negation : seq<star<w_not>, comparison> {};
struct all_of : seq<negation, star<if_must<w_and, negation>>> {};
struct one_of : seq<all_of, star<if_must<w_xor, all_of>>> {};
struct any_of : seq<one_of, star<if_must<w_or, one_of>>> {};

// --- Patterns -----------------------------------------------------------------------------------------------------

struct property : if_must<seq<property_key, blanks, mark<':'>>, expression> {};
struct properties : if_must<mark<'{'>, opt<list_must<property, mark<','>>>, mark<'}'>> {};
struct node_labels : star<if_must<mark<':'>, label, blanks>> {};
struct node : if_must<mark<'('>, opt<variable, blanks>, node_labels, opt<properties>, mark<')'>> {};
struct to_left : string<'<', '-'> {};
struct to_right : string<'-', '>'> {};
struct edge_begin : seq<sor<to_left, one<'-'>>, blanks> {};
struct edge_end : seq<sor<to_right, one<'-'>>, blanks> {};
struct more_types : if_must<mark<'|'>, opt<mark<':'>>, relation_type, blanks> {};
struct edge_types : if_must<mark<':'>, relation_type, blanks, star<more_types>> {};
struct range_dots : two<'.'> {};
struct range : seq<mark<'*'>, opt<integer, blanks>, opt<range_dots, blanks, opt<integer, blanks>>> {};
struct edge_details
    : if_must<mark<'['>, opt<variable, blanks>, opt<edge_types>, opt<range>, opt<properties>, mark<']'>> {};
struct edge : seq<edge_begin, opt<edge_details>, must<edge_end>> {};
struct path_name : seq<variable, blanks, mark<'='>> {};
struct refused_path
    : seq<sor<TAO_PEGTL_ISTRING("shortestPath"), TAO_PEGTL_ISTRING("allShortestPaths")>, blanks, one<'('>> {};
struct path : seq<opt<path_name>, opt<refused_path>, node, star<seq<edge, must<node>>>> {};
struct pattern : list_must<path, mark<','>> {};

// --- Clauses ------------------------------------------------------------------------------------------------------

struct match_clause : sor<if_must<w_optional, w_match, pattern, opt<where>>, if_must<w_match, pattern, opt<where>>> {};
struct unwind_clause : if_must<w_unwind, expression, w_as, variable, blanks> {};
struct item_text : expression {};
struct item : seq<item_text, opt<if_must<w_as, variable, blanks>>> {};
struct star_item : mark<'*'> {};
struct items : sor<star_item, list_must<item, mark<','>>> {};
struct order_item : seq<expression, opt<sor<w_descending, w_ascending>>> {};
struct order_items : list_must<order_item, mark<','>> {};
struct order : if_must<w_order, w_by, order_items> {};
struct skip_rows : if_must<w_skip, expression> {};
struct limit_rows : if_must<w_limit, expression> {};
struct projection : seq<opt<w_distinct>, must<items>, opt<order>, opt<skip_rows>, opt<limit_rows>> {};
struct with_clause : if_must<w_with, projection, opt<where>> {};
struct return_clause : if_must<w_return, projection> {};
struct clause : sor<match_clause, unwind_clause, with_clause, return_clause, refused_clause> {};
struct end_of_text : eof {};
struct whole : seq<blanks, must<clause>, star<clause>, opt<mark<';'>>, must<end_of_text>> {};

// --- Telling patterns from SQL ------------------------------------------------------------------------------------

/// WITH of SQL: a name, its columns, AS, and a query in brackets.
struct sql_with : seq<w_with, opt<word<TAO_PEGTL_ISTRING("recursive")>>, sor<any_name, seq<one<'"'>, until<one<'"'>>>>,
                      blanks, opt<one<'('>, until<one<')'>>, blanks>, w_as, opt<w_not>,
                      opt<word<TAO_PEGTL_ISTRING("materialized")>>, one<'('>> {};
struct pattern_only : word<TAO_PEGTL_ISTRING("merge"), TAO_PEGTL_ISTRING("set"), TAO_PEGTL_ISTRING("remove"),
                           TAO_PEGTL_ISTRING("call"), TAO_PEGTL_ISTRING("foreach"), TAO_PEGTL_ISTRING("load")> {};
struct create_node : seq<word<TAO_PEGTL_ISTRING("create")>, one<'('>> {};
struct delete_node : seq<opt<word<TAO_PEGTL_ISTRING("detach")>>, word<TAO_PEGTL_ISTRING("delete")>,
                         not_at<word<TAO_PEGTL_ISTRING("from")>>> {};
struct begins_as_pattern
    : seq<blanks, not_at<sql_with>,
          sor<w_match, w_optional, w_unwind, w_with, w_return, pattern_only, create_node, delete_node>> {};

}  // namespace noema::app::patterns::grammar
