#include "app/actions/list_kinds.h"

#include "experiments/metrics/registry.h"
#include "experiments/streams/registry.h"
#include "reasoning/arms/registry.h"

namespace noema::app {
namespace {

KindValue kind_value(const std::string& name, const std::string& help, const std::vector<base::Key>& keys) {
  KindValue value{name, help, {}};
  for (const base::Key& key : keys) value.options.push_back(key.described());
  return value;
}

}  // namespace

std::vector<KindValue> list_arms() {
  std::vector<KindValue> kinds;
  for (const auto& kind : reasoning::arm_kinds()) kinds.push_back(kind_value(kind.name, kind.help, kind.options));
  return kinds;
}

std::vector<KindValue> list_streams() {
  std::vector<KindValue> kinds;
  for (const auto& kind : experiments::stream_kinds()) kinds.push_back(kind_value(kind.name, kind.help, kind.keys));
  return kinds;
}

std::vector<KindValue> list_metrics() {
  std::vector<KindValue> kinds;
  for (const auto& kind : experiments::metric_kinds()) kinds.push_back(kind_value(kind.name, kind.formula, {}));
  return kinds;
}

nlohmann::ordered_json to_json(const KindValue& value) {
  return {{"name", value.name}, {"help", value.help}, {"options", value.options}};
}

}  // namespace noema::app
