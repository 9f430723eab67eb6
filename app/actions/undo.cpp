#include "app/actions/undo.h"

#include <fmt/format.h>

#include "app/actions/names.h"

namespace noema::app {

Undone undo(reasoning::Mind& mind, const std::string& name) {
  std::optional<memory::ThoughtRow> row;
  {
    const reasoning::MindView view = mind.view();
    row = thought_named(view.life(), name);
  }
  if (!row) throw base::UsageError(fmt::format("'{}' names no thought; expected thought:N", name));
  mind.undo(row->id);
  mind.checkpoint();
  const reasoning::MindView view = mind.view();
  return {row->id, row->kind, view.graph().concepts(), view.graph().hash()};
}

nlohmann::ordered_json to_json(const Undone& value) {
  return {
      {"undone", value.thought}, {"kind", value.kind}, {"concepts", value.concepts}, {"graph_hash", value.graph_hash}};
}

Undone undone_of(const nlohmann::json& object) {
  return {object.at("undone").get<memory::ThoughtId>(), object.at("kind").get<std::string>(),
          object.at("concepts").get<std::uint64_t>(), object.at("graph_hash").get<std::string>()};
}

}  // namespace noema::app
