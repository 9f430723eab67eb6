#include "app/patterns/projection.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/patterns/expressions.h"
#include "app/patterns/functions.h"
#include "app/patterns/operators.h"

namespace noema::app::patterns {
namespace {

struct Projected {
  std::string name;
  Value value;
  const Expression* expression = nullptr;  ///< absent of what * stands for
  bool is_aggregate = false;
};

/// One WITH or RETURN.
class Projecting {
 public:
  Projecting(Context& context, const Select& input, Place at, const Projection& projection)
      : context_(context), input_(input), projection_(projection) {
    if (projection.is_star)
      add_all(at);
    else
      for (const Item& item : projection.items) add(item);
    is_grouped_ = std::any_of(items_.begin(), items_.end(), [](const Projected& one) { return one.is_aggregate; });
    if (is_grouped_)
      for (const Projected& one : items_)
        if (one.is_aggregate) require_grouped(*one.expression, input_.scope, false);
  }

  Compiled give() {
    std::vector<std::string> columns, groups;
    Compiled compiled;
    for (const Projected& item : items_) {
      const Value visible = shown(item.value);
      columns.push_back(fmt::format("{} AS {}", visible.sql, identifier(item.name)));
      compiled.shapes.push_back(shape_of(visible.type));
      if (item.is_aggregate) continue;
      // A node is grouped by its key, whatever is shown of it.
      groups.push_back(visible.sql == item.value.sql ? std::to_string(columns.size()) : item.value.sql);
      if (!item.value.kind.empty()) groups.push_back(item.value.kind);
    }
    compiled.sql = context_.statement(select(columns, groups));
    return compiled;
  }

  Select step() {
    const std::string name = context_.table("step");
    Select next;
    next.from.push_back(name);
    ColumnNames names;
    std::vector<std::string> columns, groups;
    for (const Projected& item : items_) {
      const std::size_t first = columns.size();
      next.scope.set(item.name, column_of({item.name, item.value}, name, names, columns));
      for (std::size_t i = first; i < columns.size() && !item.is_aggregate; ++i)
        groups.push_back(std::to_string(i + 1));
    }
    context_.add_step(name, select(columns, groups));
    if (!projection_.condition.empty())
      next.where.push_back(operand(Translator(context_, next.scope).condition(projection_.condition[0])));
    return next;
  }

 private:
  void add_all(Place at) {
    for (const Named& named : input_.scope.variables()) items_.push_back({named.name, named.value});
    if (items_.empty()) refuse(at, "* stands for all variables, and there are none");
  }

  void add(const Item& item) {
    const Place at = item.expression.at;
    const bool is_variable = std::holds_alternative<Variable>(item.expression.node);
    if (!projection_.is_return && !item.is_named && !is_variable)
      refuse(at, fmt::format("WITH needs a name for '{}': add AS and one", item.name));
    if (std::any_of(items_.begin(), items_.end(), [&](const Projected& one) { return one.name == item.name; }))
      refuse(at, fmt::format("there are two columns '{}'; give one another name by AS", item.name));
    items_.push_back({item.name, Translator(context_, input_.scope, true).value(item.expression), &item.expression,
                      has_aggregate(item.expression)});
  }

  static Shape shape_of(const Type& type) {
    if (type.base == Base::kBoolean) return Shape::kTruth;
    const bool is_json = type.base == Base::kList || type.base == Base::kNode || type.base == Base::kRelation ||
                         type.base == Base::kPath;
    return is_json ? Shape::kJson : Shape::kPlain;
  }

  /// Beside aggregates only what is grouped by has one value a row. `may_be_item`: aggregates that are items count too.
  void require_grouped(const Expression& expression, const Scope& scope, bool may_be_item) const {
    if (const auto* call = std::get_if<Call>(&expression.node); call != nullptr && is_aggregate(call->name)) return;
    if (variables_in(expression).empty()) return;
    const std::string sql = Translator(context_, scope, true).value(expression).sql;
    for (const Projected& one : items_)
      if ((may_be_item || !one.is_aggregate) && one.value.sql == sql) return;
    const bool is_closed = std::holds_alternative<Variable>(expression.node) ||
                           std::holds_alternative<Comprehension>(expression.node) ||
                           std::holds_alternative<Exists>(expression.node);
    if (is_closed)
      refuse(expression.at,
             fmt::format("this has many values a row: {} it by an item of its own, or count, sum, collect ... it",
                         projection_.is_return ? "return" : "name"));
    for (const Expression* child : children(expression)) require_grouped(*child, scope, may_be_item);
  }

  std::string select(const std::vector<std::string>& columns, const std::vector<std::string>& groups) const {
    std::string sql = fmt::format("SELECT {}{}{}", projection_.is_distinct ? "DISTINCT " : "", fmt::join(columns, ", "),
                                  from_and_where(input_));
    if (is_grouped_ && !groups.empty()) sql += fmt::format("\nGROUP BY {}", fmt::join(groups, ", "));
    if (const auto order = order_terms(); !order.empty()) sql += fmt::format("\nORDER BY {}", fmt::join(order, ", "));
    if (!projection_.limit.empty() || !projection_.skip.empty())
      sql += fmt::format("\nLIMIT {}", projection_.limit.empty() ? "-1" : number_of_rows(projection_.limit[0]));
    if (!projection_.skip.empty()) sql += fmt::format(" OFFSET {}", number_of_rows(projection_.skip[0]));
    return sql;
  }

  // --- Order and number of rows -----------------------------------------------------------------------------------

  std::vector<std::string> order_terms() const {
    Scope scope = input_.scope;
    for (const Projected& item : items_) scope.set(item.name, item.value);
    std::vector<std::string> terms;
    for (const OrderItem& item : projection_.order) {
      terms.push_back(order_term(item.expression, scope) + (item.is_descending ? " DESC NULLS FIRST" : " NULLS LAST"));
    }
    return terms;
  }

  /// A column's number, where the term is one.
  std::string order_term(const Expression& expression, const Scope& scope) const {
    if (const auto* literal = std::get_if<Literal>(&expression.node))
      if (const auto* number = std::get_if<std::int64_t>(&literal->value)) return column_number(expression.at, *number);
    const Value value = Translator(context_, scope, is_grouped_).value(expression);
    if (is_grouped_ || projection_.is_distinct) require_grouped(expression, scope, true);
    if (variables_in(expression).empty() && !has_aggregate(expression)) return "(SELECT " + value.sql + ")";
    if (projection_.is_return)
      for (std::size_t i = 0; i < items_.size(); ++i)
        if (items_[i].value.sql == value.sql && shown(items_[i].value).sql == value.sql) return std::to_string(i + 1);
    return operand(value);
  }

  std::string column_number(Place at, std::int64_t number) const {
    if (number < 1 || number > static_cast<std::int64_t>(items_.size()))
      refuse(at, fmt::format("there is no column {} to order by; there are {}", number, items_.size()));
    const Projected& item = items_[static_cast<std::size_t>(number) - 1];
    return projection_.is_return && shown(item.value).sql == item.value.sql ? std::to_string(number)
                                                                            : operand(item.value);
  }

  std::string number_of_rows(const Expression& expression) const {
    const auto* literal = std::get_if<Literal>(&expression.node);
    if (literal != nullptr && std::holds_alternative<std::int64_t>(literal->value))
      return std::to_string(std::get<std::int64_t>(literal->value));
    if (const auto* parameter = std::get_if<Parameter>(&expression.node)) {
      const Value value = Translator(context_, {}).value(expression);
      if (value.type.base == Base::kInteger && context_.parameters().at(parameter->name) >= 0) return value.sql;
    }
    refuse(expression.at, "SKIP and LIMIT take a number, or a parameter that is one: 0, 1, 2 ...");
  }

  Context& context_;
  const Select& input_;
  const Projection& projection_;
  std::vector<Projected> items_;
  bool is_grouped_ = false;
};

}  // namespace

Select project(Context& context, const Select& input, Place at, const Projection& projection) {
  return Projecting(context, input, at, projection).step();
}

Compiled give(Context& context, const Select& input, Place at, const Projection& projection) {
  return Projecting(context, input, at, projection).give();
}

}  // namespace noema::app::patterns
