#include "experiments/pair_report.h"

#include <fmt/format.h>

#include <cmath>

#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"

namespace noema::experiments {
namespace {

using nlohmann::json;

std::string with_sign(double value, int decimals) {
  return fmt::format("{}{:.{}f}", value < 0 ? "−" : "+", std::abs(value), decimals);
}

/// "+2.13 [+1.2, +3.1]", bold where the interval leaves out 0.
std::string difference_cell(const json& arm, const char* key, const std::string& other, const char* value,
                            int decimals) {
  const json d = arm.value(key, json::object()).value(other, json::object());
  const auto mean = finite_number(d, value), low = finite_number(d, "low"), high = finite_number(d, "high");
  if (!mean || !low || !high) return "<td class=\"none\">–</td>";
  const bool clear = *low > 0 || *high < 0;
  return fmt::format("<td class=\"{}\">{} <small>[{}, {}]{}</small></td>", clear ? "clear" : "",
                     with_sign(*mean, decimals), with_sign(*low, decimals), with_sign(*high, decimals),
                     clear ? "" : " inside the noise");
}

std::string head(const json& manifest, const json& results) {
  const json stream = manifest.value("stream", json::object());
  return fmt::format(
      "<header><p class=\"kicker\">noema experiment</p><h1>{}</h1>\n<p class=\"facts\">{} pairs told, each translated "
      "before it was told, in the same order by every arm · {} characters of targets · {} pairs to train the model on, "
      "{} left out of them · seed {} · {}</p></header>\n",
      escape_isolated(results.value("name", "experiment")), human_count(results.value("pairs", std::uint64_t{0})),
      human_count(results.value("characters", std::uint64_t{0})),
      human_count(stream.value("trained_on", std::uint64_t{0})),
      human_count(stream.value("left_out_of_training", std::uint64_t{0})), results.value("seed", 1),
      escape(manifest.value("started", "")));
}

std::string arms_table(const json& arms, const std::vector<const MetricKind*>& metrics, const std::string& base) {
  std::string html = "<section><h2>Results</h2>\n<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>arm</th>";
  for (const MetricKind* kind : metrics) html += fmt::format("<th>{}</th>", escape(kind->label));
  html += fmt::format(
      "<th>BLEU-4, later half</th><th>against {0}<br><small>BLEU-4, later half [95%]</small></th>"
      "<th>against {0}<br><small>nats a token [95%]</small></th><th>state</th><th>seconds</th></tr></thead><tbody>\n",
      escape(base));
  for (const json& arm : arms) {
    html += fmt::format("<tr><th>{}</th>", arm_heading(arm.value("arm", "")));
    for (const MetricKind* kind : metrics) html += fmt::format("<td>{}</td>", escape(shown(*kind, arm)));
    html += fmt::format("<td>{}</td>", human_decimals(finite_number(arm, "late_bleu"), 2)) +
            difference_cell(arm, "late_against", base, "bleu", 2) +
            difference_cell(arm, "against", base, "nats_per_word", 3) +
            fmt::format("<td>{}</td><td>{}</td></tr>\n", human_bytes(arm.value("state_bytes", std::uint64_t{0})),
                        human_seconds(finite_number(arm, "seconds").value_or(NAN)));
  }
  return html + "</tbody></table></div>\n";
}

std::string formulas(const std::vector<const MetricKind*>& metrics) {
  constexpr Formula kOthers[] = {
      {"later half, with 95% interval",
       "BLEU-4 over the second half of the stream; its difference to the other arm by a paired bootstrap over blocks "
       "of "
       "10 pairs, 1,000 resamples, 2.5% and 97.5% quantiles (Koehn 2004); bold where it leaves out 0"},
      {"nats a token",
       "mean over the tokens of all targets of (bits of the arm - bits of the other) ln 2: below 0 the arm is better; "
       "paired bootstrap over blocks of 200 tokens"},
      {"state", "memory the arm holds beside the frozen model's weights"},
      {"seconds", "wall time of translating, learning and thinking together"}};
  return formula_list(metrics, kOthers) + "</section>\n";
}

/// A row an arm, a column a fifth of the stream.
std::string by_part(const json& arms, const MetricKind& kind) {
  std::string rows;
  std::size_t parts = 0;
  for (const json& arm : arms) {
    const json of_arm = arm.value("by_part", json::array());
    parts = std::max(parts, of_arm.size());
    rows += fmt::format("<tr><th>{}</th>", arm_heading(arm.value("arm", "")));
    for (const json& part : of_arm) rows += fmt::format("<td>{}</td>", escape(shown(kind, part)));
    rows += "</tr>\n";
  }
  std::string html = fmt::format(
      "<figure><figcaption><b>{}</b> by fifth of the stream</figcaption><div class=\"wide\"><table class=\"numbers\">"
      "<thead><tr><th>arm</th>",
      escape(kind.label));
  for (std::size_t part = 1; part <= parts; ++part) html += fmt::format("<th>{}</th>", part);
  return html + "</tr></thead><tbody>\n" + rows + "</tbody></table></div></figure>\n";
}

std::string chart(const char* id, const char* title, const char* note) {
  return fmt::format(
      "<figure><figcaption><b>{0}</b> {2}</figcaption><div class=\"plot\"><canvas id=\"{1}\" role=\"img\" "
      "aria-label=\"{0}\"></canvas></div></figure>\n",
      title, id, note);
}

/// How the mixture weighed its voices, where an arm has some.
std::string weights(const json& arms) {
  std::string html;
  for (const json& arm : arms) {
    const json means = arm.value("settings", json::object()).value("mean_weights", json::object());
    if (means.empty()) continue;
    html += fmt::format("<p class=\"note\"><b>{}</b> ", escape(arm.value("arm", "")));
    for (const auto& [voice, weight] : means.items())
      html += fmt::format("{} {:.3f} &nbsp; ", escape(voice), weight.is_number() ? weight.get<double>() : 0.0);
    html += "</p>\n";
  }
  return html.empty() ? "" : "<section><h2>Mean weights of the voices</h2>\n" + html + "</section>\n";
}

}  // namespace

std::string pair_report_body(const json& manifest, const json& results) {
  const json arms = results.value("arms", json::array());
  const auto metrics = metrics_in(arms);
  const std::string base = arms.empty() ? "" : arms.front().value("arm", "");
  std::string html = head(manifest, results) + arms_table(arms, metrics, base) + formulas(metrics) +
                     "<section><h2>Learning</h2>\n<div class=\"pair\">" +
                     chart("chart_bleu", "BLEU-4 so far", "all pairs up to here; higher is better") +
                     chart("chart_target_bits", "Bits per target character so far", "lower is better") + "</div>\n";
  for (const MetricKind* kind : metrics) html += by_part(arms, *kind);
  return html + "</section>\n" + weights(arms);
}

}  // namespace noema::experiments
