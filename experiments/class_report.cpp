#include "experiments/class_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"
#include "experiments/seeds_report.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

std::vector<const MetricKind*> metrics_in(const json& arms) {
  std::vector<const MetricKind*> found;
  for (const MetricKind& kind : metric_kinds())
    if (std::any_of(arms.begin(), arms.end(), [&](const json& arm) { return arm.contains(kind.name); }))
      found.push_back(&kind);
  return found;
}

std::string points(double share) { return fmt::format("{}{:.1f}", share < 0 ? "−" : "+", std::abs(100 * share)); }

/// "+1.2 [+0.4, +2.0]" points of accuracy to the other arm, bold where the interval leaves out 0.
std::string difference_cell(const json& arm, const std::string& other) {
  const json against = arm.value("against", json::object()).value(other, json::object());
  const auto mean = finite_number(against, "accuracy"), low = finite_number(against, "low"),
             high = finite_number(against, "high");
  if (!mean || !low || !high) return "<td class=\"none\">–</td>";
  const bool clear = *low > 0 || *high < 0;
  return fmt::format("<td class=\"{}\">{} <small>[{}, {}]{}</small></td>", clear ? "clear" : "", points(*mean),
                     points(*low), points(*high), clear ? "" : " inside the noise");
}

std::string head(const json& manifest, const json& results) {
  const json stream = manifest.value("stream", json::object());
  return fmt::format(
      "<header><p class=\"kicker\">noema experiment</p><h1>{}</h1>\n<p class=\"facts\">{} tasks, {} items learned "
      "from, "
      "each once, in the same order by every arm · {} · {}{}</p></header>\n",
      escape_isolated(results.value("name", "experiment")), results.value("tasks", 0),
      human_count(results.value("lines", std::uint64_t{0})), seeds_of(results), escape(manifest.value("started", "")),
      stream.value("left_out", 0) > 0
          ? fmt::format(" · {} items left out, which were learned from and asked about", stream.value("left_out", 0))
          : std::string());
}

std::string formulas(const std::vector<const MetricKind*>& metrics) {
  std::string html = "<details open class=\"formulas\"><summary>How the numbers are made</summary><dl>\n";
  const auto row = [&](std::string_view label, std::string_view formula) {
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(label), escape(formula));
  };
  for (const MetricKind* kind : metrics) row(kind->label, kind->formula);
  row("difference with 95% interval",
      "final accuracy of the arm minus that of the other, in points; interval from a paired bootstrap over items, "
      "1,000 "
      "resamples, 2.5% and 97.5% quantiles; bold where it leaves out 0");
  row("seconds", "wall time of learning, thinking included; of asking, solving included");
  row("state", "memory the arm holds, stored items included");
  return html + "</dl></details>\n";
}

std::string arms_table(const json& results) {
  const json arms = results.value("arms", json::array());
  const auto metrics = metrics_in(arms);
  const std::string main = main_arm_of(results);
  std::string html = "<section><h2>Results</h2>\n<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>arm</th>";
  for (const MetricKind* kind : metrics) html += fmt::format("<th>{}</th>", escape(kind->label));
  html += fmt::format("<th>{} against it<br><small>points [95%]</small></th>", escape(main));
  html += "<th>state</th><th>learning</th><th>asking</th></tr></thead><tbody>\n";
  const json* best = nullptr;
  for (const json& arm : arms)
    if (best == nullptr || arm.value("accuracy", 0.0) > best->value("accuracy", 0.0)) best = &arm;
  json of_main = json::object();
  for (const json& arm : arms)
    if (arm.value("arm", "") == main) of_main = arm;
  for (const json& arm : arms) {
    const std::string name = arm.value("arm", "");
    html += fmt::format("<tr><th>{}</th>", escape(name));
    for (const MetricKind* kind : metrics)
      html += fmt::format("<td class=\"{}\">{}</td>", &arm == best && kind->name == "accuracy" ? "best" : "",
                          escape(shown(*kind, arm)));
    html += difference_cell(of_main, name);
    html +=
        fmt::format("<td>{}</td><td>{}</td><td>{}</td></tr>\n", human_bytes(arm.value("state_bytes", std::uint64_t{0})),
                    human_seconds(finite_number(arm, "seconds").value_or(NAN)),
                    human_seconds(finite_number(arm, "asking_seconds").value_or(NAN)));
  }
  return html + "</tbody></table></div>\n" + formulas(metrics) + "</section>\n";
}

/// R of an arm: a row after each number of tasks, a column for each task.
std::string heat_map(const json& arm) {
  const json matrix = arm.value("accuracy_matrix", json::array());
  if (matrix.size() < 2) return "";
  std::string html = fmt::format(
      "<figure><figcaption><b>{}</b> accuracy on each task (columns) after each (rows), in percent</figcaption>"
      "<table class=\"heat\"><thead><tr><th></th>",
      escape(arm.value("arm", "")));
  for (std::size_t task = 1; task <= matrix[0].size(); ++task) html += fmt::format("<th>{}</th>", task);
  html += "</tr></thead><tbody>\n";
  for (std::size_t after = 1; after < matrix.size(); ++after) {
    html += fmt::format("<tr><th>{}</th>", after);
    for (const json& value : matrix[after])
      html += value.is_number()
                  ? fmt::format("<td style=\"--v:{:.3f}\">{:.0f}</td>", value.get<double>(), 100 * value.get<double>())
                  : std::string("<td>–</td>");
    html += "</tr>\n";
  }
  return html + "</tbody></table></figure>\n";
}

}  // namespace

std::string class_report_body(const json& manifest, const json& results) {
  const json arms = results.value("arms", json::array());
  std::string html = head(manifest, results) + arms_table(results) + runs_of_seeds(results) +
                     "<section><h2>What is kept</h2>\n<div class=\"pair\">\n";
  for (const json& arm : arms) html += heat_map(arm);
  return html + "</div></section>\n";
}

}  // namespace noema::experiments
