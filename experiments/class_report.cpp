#include "experiments/class_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <vector>

#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"
#include "experiments/seeds_report.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

std::string points(double share) { return fmt::format("{}{:.1f}", share < 0 ? "−" : "+", std::abs(100 * share)); }

/// A cell: its HTML, and its class.
struct Cell {
  std::string html, look = {};
};
struct Column {
  std::string title;  ///< HTML
  std::function<Cell(const json& arm)> cell;
};

/// "+1.2 [+0.4, +2.0]" points of accuracy to the other arm, bold where the interval leaves out 0.
Cell difference_cell(const json& arm, const std::string& other) {
  const json against = arm.value("against", json::object()).value(other, json::object());
  const auto mean = finite_number(against, "accuracy"), low = finite_number(against, "low"),
             high = finite_number(against, "high");
  if (!mean || !low || !high) return {"–", "none"};
  const bool clear = *low > 0 || *high < 0;
  return {fmt::format("{} <small>[{}, {}]{}</small>", points(*mean), points(*low), points(*high),
                      clear ? "" : " inside the noise"),
          clear ? "clear" : ""};
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

std::string formulas(const std::vector<const MetricKind*>& metrics, bool several_seeds) {
  std::vector<Formula> others{
      {"difference with 95% interval",
       "final accuracy of the arm minus that of the other, in points; interval from a paired bootstrap over items, "
       "and over seeds where there are several, 1,000 resamples, 2.5% and 97.5% quantiles; bold where it leaves out 0, "
       "inside the noise where it does not"}};
  if (several_seeds) others.push_back({"±", "standard deviation over the seeds (of a sample, n - 1)"});
  others.push_back(
      {"seconds", "wall time of learning, thinking included; of asking, with what an arm solves or trains only then"});
  others.push_back({"state", "memory the arm holds, stored items included"});
  return formula_list(metrics, others);
}

/// On a narrow page each row is a card, whose cells say what they are.
std::string table_of(const json& arms, const std::vector<Column>& columns) {
  std::string html = "<div class=\"wide\"><table class=\"numbers cards\"><thead><tr><th>arm</th>";
  for (const Column& column : columns) html += fmt::format("<th>{}</th>", column.title);
  html += "</tr></thead><tbody>\n";
  for (const json& arm : arms) {
    html += fmt::format("<tr><th>{}</th>", arm_heading(arm.value("arm", "")));
    for (const Column& column : columns) {
      const Cell cell = column.cell(arm);
      html += fmt::format("<td class=\"{}\"><span class=\"what\">{}</span><span>{}</span></td>", cell.look,
                          column.title, cell.html);
    }
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

Column column_of(const MetricKind& kind, const json& best) {
  return {escape(kind.label), [&kind, best](const json& arm) {
            return Cell{escape(shown(kind, arm)), kind.name == "accuracy" && arm == best ? "best" : ""};
          }};
}

/// What most readers ask first.
bool comes_first(const MetricKind& kind) {
  for (const char* name : {"accuracy", "forgetting", "among_two", "calibration_error", "outside_auroc"})
    if (kind.name == name) return true;
  return false;
}

std::string arms_tables(const json& results) {
  const json arms = results.value("arms", json::array());
  const std::string main = main_arm_of(results);
  json best = json::object(), of_main = json::object();
  for (const json& arm : arms) {
    if (best.empty() || arm.value("accuracy", 0.0) > best.value("accuracy", 0.0)) best = arm;
    if (arm.value("arm", "") == main) of_main = arm;
  }
  std::vector<Column> first, further;
  for (const MetricKind* kind : metrics_in(arms)) {
    (comes_first(*kind) ? first : further).push_back(column_of(*kind, best));
    if (kind->name == "accuracy")
      first.push_back({fmt::format("{} against it, points", escape(main)),
                       [&](const json& arm) { return difference_cell(of_main, arm.value("arm", "")); }});
  }
  const auto seconds = [](const char* key) {
    return [key](const json& arm) { return Cell{human_seconds(finite_number(arm, key).value_or(NAN))}; };
  };
  further.push_back(
      {"state", [](const json& arm) { return Cell{human_bytes(arm.value("state_bytes", std::uint64_t{0}))}; }});
  further.push_back({"learning", seconds("seconds")});
  further.push_back({"asking", seconds("asking_seconds")});
  return "<section><h2>Results</h2>\n" + table_of(arms, first) +
         "</section>\n<section><h2>Further measures, and cost</h2>\n" + table_of(arms, further) +
         formulas(metrics_in(arms), results.contains("seeds")) + "</section>\n";
}

/// R of an arm: a row after each number of tasks, a column for each task.
std::string heat_map(const json& arm) {
  const json matrix = arm.value("accuracy_matrix", json::array());
  if (matrix.size() < 2) return "";
  std::string html = fmt::format(
      "<figure><figcaption><b>{}</b> accuracy on each task (columns) after each (rows), in percent</figcaption>"
      "<table class=\"heat\"><thead><tr><th></th>",
      arm_heading(arm.value("arm", "")));
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
  std::string html = head(manifest, results) + arms_tables(results) + runs_of_seeds(results) +
                     "<section><h2>What is kept</h2>\n<div class=\"pair\">\n";
  for (const json& arm : arms) html += heat_map(arm);
  return html + "</div></section>\n";
}

}  // namespace noema::experiments
