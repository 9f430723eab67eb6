#pragma once
// Expressions in SQL.

#include <string>
#include <vector>

#include "app/patterns/context.h"

namespace noema::app::patterns {

/// Turns expressions over the variables of a scope into SQL. Throws base::Error where one has no meaning: a variable
/// that there is not, an operator on what it is not for.
class Translator {
 public:
  /// Both must outlive it. `takes_aggregates`: count(*) and the like have a meaning here.
  Translator(Context& context, const Scope& scope, bool takes_aggregates = false)
      : context_(context), scope_(scope), takes_aggregates_(takes_aggregates) {}

  Value value(const Expression& expression);
  /// Of an expression that says yes or no.
  Value condition(const Expression& expression);

 private:
  Value translate(Place at, const Literal& literal);
  Value translate(Place at, const Parameter& parameter);
  Value translate(Place at, const Variable& variable);
  Value translate(Place at, const Property& property);
  Value translate(Place at, const LabelTest& test);
  Value translate(Place at, const ListLiteral& list);
  Value translate(Place at, const Comprehension& comprehension);
  Value translate(Place at, const Element& element);
  Value translate(Place at, const Call& call);
  Value translate(Place at, const Case& one);
  Value translate(Place at, const Junction& junction);
  Value translate(Place at, const Negation& negation);
  Value translate(Place at, const Comparison& comparison);
  Value translate(Place at, const Test& test);
  Value translate(Place at, const Arithmetic& arithmetic);
  Value translate(Place at, const Minus& minus);
  Value translate(Place at, const Exists& exists);

  std::vector<Value> values(const Expressions& expressions);
  Value test_in(const Test& test);

  Context& context_;
  const Scope& scope_;
  bool takes_aggregates_;
};

}  // namespace noema::app::patterns
