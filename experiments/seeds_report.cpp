#include "experiments/seeds_report.h"

#include <fmt/format.h>

#include "experiments/html.h"
#include "experiments/metrics/registry.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

/// The metric that the table is of: null if no arm has it.
const MetricKind* shown_metric(const json& arms) {
  for (const char* name : {"accuracy", "bits_per_char"})
    for (const MetricKind& kind : metric_kinds())
      for (const json& arm : arms)
        if (kind.name == name && arm.value("by_seed", json::object()).contains(name)) return &kind;
  return nullptr;
}

}  // namespace

std::string seeds_of(const json& results) {
  const json seeds = results.value("seeds", json::array());
  if (seeds.empty()) return fmt::format("seed {}", results.value("seed", std::uint64_t{0}));
  std::string text = "seeds ";
  for (std::size_t i = 0; i < seeds.size(); ++i) text += (i == 0 ? "" : ", ") + escape(seeds[i].dump());
  return text;
}

std::string runs_of_seeds(const json& results) {
  const json seeds = results.value("seeds", json::array()), arms = results.value("arms", json::array());
  const MetricKind* metric = shown_metric(arms);
  if (seeds.empty() || metric == nullptr) return "";
  std::string html = fmt::format(
      "<section><h2>Seed by seed</h2>\n<p class=\"note\">{}; what stands after ± elsewhere is the standard deviation "
      "of these. Each seed has a report of its own.</p>\n<div class=\"wide\"><table "
      "class=\"numbers\"><thead><tr><th>arm</th>",
      escape(metric->label));
  for (const json& seed : seeds)
    html += fmt::format("<th><a href=\"seed-{0}/report.html\">seed {0}</a></th>", escape(seed.dump()));
  html += "</tr></thead><tbody>\n";
  for (const json& arm : arms) {
    html += fmt::format("<tr><th>{}</th>", arm_heading(arm.value("arm", "")));
    for (const json& value : arm.value("by_seed", json::object()).value(metric->name, json::array()))
      html += fmt::format("<td>{}</td>", escape(shown(*metric, {{metric->name, value}})));
    html += "</tr>\n";
  }
  return html + "</tbody></table></div></section>\n";
}

}  // namespace noema::experiments
