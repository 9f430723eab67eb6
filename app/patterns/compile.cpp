// A pattern, clause by clause.

#include <fmt/format.h>

#include "app/patterns/expressions.h"
#include "app/patterns/matching.h"
#include "app/patterns/parse.h"
#include "app/patterns/pattern.h"
#include "app/patterns/projection.h"

namespace noema::app::patterns {
namespace {

constexpr std::size_t kLongestStatement = 1024 * 1024;  // bytes of SQL

/// The variables that some expression reads; "*" if all are.
class Reads {
 public:
  explicit Reads(std::set<std::string>& names) : names_(names) {}
  void operator()(const Match& match) {
    for (const PathPattern& path : match.paths) {
      for (const NodePattern& node : path.nodes) add(node.properties);
      for (const EdgePattern& edge : path.edges) add(edge.properties);
    }
    add(match.condition);
  }
  void operator()(const Unwind& unwind) { add(unwind.list); }
  void operator()(const Projection& projection) {
    if (projection.is_star) names_.insert("*");
    for (const Item& item : projection.items) add(item.expression);
    for (const OrderItem& item : projection.order) add(item.expression);
    add(projection.condition);
  }

 private:
  void add(const Expression& expression) {
    for (const std::string& name : variables_in(expression)) names_.insert(name);
  }
  void add(const Expressions& expressions) {
    for (const Expression& one : expressions) add(one);
  }
  void add(const std::vector<PropertyValue>& properties) {
    for (const PropertyValue& one : properties) add(one.value);
  }

  std::set<std::string>& names_;
};

/// A row for each element. A list that is NULL has none.
void unwind(Context& context, Select& select, const Unwind& unwind) {
  const Value list = Translator(context, select.scope).value(unwind.list);
  if (list.type.is_known() && list.type.base != Base::kList)
    refuse(unwind.list.at, fmt::format("UNWIND takes a list, found {}", name_of(list.type)));
  if (select.scope.find(unwind.variable.text) != nullptr)
    refuse(unwind.variable.at,
           fmt::format("'{}' stands for something already; choose another name", unwind.variable.text));
  const std::string table = context.table(unwind.variable.text);
  select.from.push_back(fmt::format("json_each({}) {}", list.sql, table));
  select.scope.set(unwind.variable.text, {table + ".value", element_of(list.type)});
}

void require_return_at_end(const Query& query) {
  for (const Clause& clause : query) {
    const auto* projection = std::get_if<Projection>(&clause.node);
    const bool is_return = projection != nullptr && projection->is_return, is_last = &clause == &query.back();
    if (is_return && !is_last) refuse(clause.at, "RETURN is the last clause; WITH hands values on to the next one");
    if (is_last && !is_return) refuse(clause.at, "the pattern gives nothing; expected RETURN as its last clause");
  }
}

}  // namespace

Compiled compile(const std::string& text, const Parameters& parameters) {
  const Query query = parse(text);
  require_return_at_end(query);
  Context context(parameters);
  Reads reads(context.read);
  for (const Clause& clause : query) std::visit(reads, clause.node);
  Select select;
  for (const Clause& clause : query) {
    if (const auto* one = std::get_if<Match>(&clause.node)) select = match(context, select, *one);
    if (const auto* one = std::get_if<Unwind>(&clause.node)) unwind(context, select, *one);
    const auto* projection = std::get_if<Projection>(&clause.node);
    if (projection != nullptr && !projection->is_return) select = project(context, select, clause.at, *projection);
  }
  Compiled compiled = give(context, select, query.back().at, std::get<Projection>(query.back().node));
  if (compiled.sql.size() > kLongestStatement) refuse(query.back().at, "the pattern is too large");
  return compiled;
}

}  // namespace noema::app::patterns
