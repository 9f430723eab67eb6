#pragma once
// The one table of what patterns can speak of: labels of nodes and types of relations, and the views of the life that
// they stand for. docs/patterns.md shows it.

#include <optional>
#include <string>
#include <vector>

#include "app/patterns/syntax.h"
#include "app/patterns/value.h"

namespace noema::app::patterns {

struct Column {
  const char* name;
  Base base;
  bool is_shown = true;  ///< where a whole node is returned; what is long or costs much is not
};

/// What rows of one view have in common.
struct NodeKind {
  const char* label;
  const char* source;  ///< a view, or a SELECT in brackets
  const char* key;     ///< the column that tells one from another
  std::vector<Column> columns;
  const char* help;
  /// Nothing but its key: a relation that has it needs no look at the source.
  bool is_value() const { return columns.size() == 1; }
};

/// A label that narrows a kind: all its nodes, or those for which `column` is `value`.
struct Label {
  const char* name;
  const NodeKind* kind;
  const char* column = nullptr;
  const char* value = nullptr;
  const char* help = "";
};

/// A view whose rows are relations between nodes of two kinds.
struct RelationKind {
  const char* source;
  const NodeKind *from, *to;
  const char *from_column, *to_column;
  const char* type_column;        ///< tells its types apart; nullptr: it has one
  std::vector<const char*> keys;  ///< these columns tell one relation from another
  std::vector<Column> columns;    ///< properties
  bool from_exists, to_exists;    ///< whether each row's ends are surely nodes
  const char* condition;          ///< of its rows, after the alias and a point; nullptr: none
};

struct RelationType {
  const char* name;
  const RelationKind* kind;
  const char* value;  ///< in the kind's type_column
  const char* help;
  bool is_inverse = false;  ///< of another type: only what names it means it
};

const std::vector<const NodeKind*>& node_kinds();
const std::vector<Label>& labels();
const std::vector<RelationType>& relation_types();

/// Throws base::Error with the nearest names, and all of them, if there is none.
const Label& label_named(const Word& name);
const RelationType& relation_type_named(const Word& name);
const Column* column_named(const std::vector<Column>& columns, const std::string& name);
/// "Concept has no property 'x' among id, label ...": for nodes and relations that could have it.
[[noreturn]] void refuse_property(Place at, const std::string& owner, const std::string& name,
                                  const std::vector<const std::vector<Column>*>& columns);

/// The labels and relation types as a table of Markdown, for docs/patterns.md.
std::string vocabulary_table();

}  // namespace noema::app::patterns
