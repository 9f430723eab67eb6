#include "app/actions/keep.h"

#include "app/actions/names.h"

namespace noema::app {

Kept keep(reasoning::Mind& mind, const std::string& name) {
  Kept kept;
  {
    const reasoning::MindView view = mind.view();
    kept.itself = named_concept(view.graph(), node_named(view.graph(), name));
  }
  kept.thought = mind.keep(kept.itself.id);
  return kept;
}

nlohmann::ordered_json to_json(const Kept& value) {
  nlohmann::ordered_json object = to_json(value.itself);
  object["thought"] = value.thought;
  return object;
}

Kept kept_of(const nlohmann::json& object) {
  return {named_concept_of(object), object.at("thought").get<memory::ThoughtId>()};
}

}  // namespace noema::app
