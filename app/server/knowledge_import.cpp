#include "app/server/knowledge_import.h"

#include <fmt/format.h>

#include <algorithm>

#include "app/server/knowledge_tools.h"
#include "base/error.h"
#include "base/json.h"
#include "base/line_reader.h"

namespace noema::app {
namespace {

using nlohmann::json;

constexpr std::size_t kAtOnce = 1000;

/// Items of one kind, given to their tool by the thousand.
class Batch {
 public:
  Batch(LiveMind& mind, std::string key) : key_(std::move(key)) {
    for (Tool& tool : knowledge_tools(mind))
      if (tool.name == "create_" + key_) tool_ = std::move(tool);
  }
  void add(json item) {
    items_.push_back(std::move(item));
    if (items_.size() == kAtOnce) finish();
  }
  std::size_t finish() {
    if (!items_.empty()) created_ += tool_.call({{key_, items_}}, {}).at(key_).size();
    items_.clear();
    return created_;
  }

 private:
  std::string key_;
  Tool tool_;
  json items_ = json::array();
  std::size_t created_ = 0;
};

bool has_texts(const json& item, std::initializer_list<const char*> keys) {
  return std::all_of(keys.begin(), keys.end(),
                     [&](const char* key) { return item.contains(key) && item[key].is_string(); });
}

bool is_entity(const json& item) {
  const json observations = item.value("observations", json::array());
  return item.value("type", json()) == "entity" && has_texts(item, {"name", "entityType"}) && observations.is_array() &&
         std::all_of(observations.begin(), observations.end(), [](const json& one) { return one.is_string(); });
}

bool is_relation(const json& item) {
  return item.value("type", json()) == "relation" && has_texts(item, {"from", "to", "relationType"});
}

}  // namespace

Imported import_knowledge(LiveMind& mind, const std::string& file) {
  Batch entities(mind, "entities"), relations(mind, "relations");
  base::LineReader lines(file);
  while (const auto line = lines.next()) {
    if (line->empty()) continue;
    json item = base::json_from_outside(*line);
    if (item.is_object() && is_entity(item))
      entities.add(std::move(item));
    else if (item.is_object() && is_relation(item))
      relations.add(std::move(item));
    else
      throw base::Error(fmt::format(
          "{}:{}: expected {{\"type\": \"entity\", \"name\", \"entityType\", \"observations\"}} or {{\"type\": "
          "\"relation\", \"from\", \"to\", \"relationType\"}}",
          file, lines.line_number()));
  }
  return {entities.finish(), relations.finish()};
}

nlohmann::ordered_json to_json(const Imported& value) {
  return {{"entities", value.entities}, {"relations", value.relations}};
}

}  // namespace noema::app
