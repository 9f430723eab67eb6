#include "experiments/grid_report.h"

#include <fmt/format.h>

#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/seeds_report.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

std::string head(const json& manifest, const json& results) {
  std::string varied;
  for (const json& one : results.at("grid")) {
    std::string values;
    for (const json& value : one.at("values")) values += (values.empty() ? "" : ", ") + plain_value(value);
    varied += fmt::format(" · {}: {}", escape(one.value("key", "")), escape_isolated(values));
  }
  return fmt::format(
      "<header><p class=\"kicker\">noema experiment</p><h1>{}</h1>\n<p class=\"facts\">{}{} · {}</p></header>\n",
      escape_isolated(results.value("name", "experiment")), seeds_of(results), varied,
      escape(manifest.value("started", "")));
}

std::string table(const json& results, const std::vector<const MetricKind*>& metrics) {
  std::string html = "<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>arm</th>";
  for (const json& one : results.at("grid")) html += fmt::format("<th>{}</th>", escape(one.value("key", "")));
  for (const MetricKind* kind : metrics) html += fmt::format("<th>{}</th>", escape(kind->label));
  html += "<th>state</th><th>seconds</th><th></th></tr></thead><tbody>\n";
  for (const json& arm : results.at("arms")) {
    html += fmt::format("<tr><th>{}</th>", arm_heading(arm.value("arm", "")));
    for (const json& one : results.at("grid"))
      html += fmt::format("<td>{}</td>",
                          escape_isolated(plain_value(arm.at("chosen").value(one.value("key", ""), json()))));
    for (const MetricKind* kind : metrics) html += fmt::format("<td>{}</td>", escape(shown_with_interval(*kind, arm)));
    html += fmt::format("<td>{}</td><td>{}</td><td><a href=\"{}/report.html\">report</a></td></tr>\n",
                        human_bytes(arm.value("state_bytes", std::uint64_t{0})),
                        human_seconds(finite_number(arm, "seconds").value_or(0)), escape(arm.value("setting", "")));
  }
  return html + "</tbody></table></div>\n";
}

std::string formulas(const std::vector<const MetricKind*>& metrics, bool several_seeds) {
  std::vector<Formula> others;
  if (several_seeds)
    others.push_back({"± and [low, high]",
                      "standard deviation over the seeds (of a sample, n - 1), and the 95% interval of the mean by "
                      "Student's t: mean "
                      "∓ t(0.975, n - 1) times the deviation over the root of n"});
  return formula_list(metrics, others);
}

}  // namespace

std::string plain_value(const json& value) {
  return value.is_null() ? "–" : value.is_string() ? value.get<std::string>() : value.dump();
}

std::string grid_report_body(const json& manifest, const json& results) {
  const auto metrics = metrics_in(results.at("arms"));
  std::string html = head(manifest, results) + "<section><h2>Settings</h2>\n" + table(results, metrics);
  if (!results.value("same_data", true))
    html +=
        "<p class=\"verdict\">The settings show the learners different data: their numbers can be compared only with "
        "care.</p>\n";
  return html + formulas(metrics, results.contains("seeds")) + "</section>\n";
}

}  // namespace noema::experiments
