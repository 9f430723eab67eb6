#include "experiments/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "base/error.h"
#include "experiments/assets.h"
#include "experiments/class_report.h"
#include "experiments/graph_picture.h"
#include "experiments/grid_report.h"
#include "experiments/html.h"
#include "experiments/metrics/registry.h"
#include "experiments/pair_report.h"
#include "experiments/provenance.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"
#include "experiments/seeds_report.h"
#include "experiments/statistics.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The arms of results.json, or none.
const json& arms_of(const json& results) {
  static const json none = json::array();
  const auto arms = results.find("arms");
  return arms == results.end() ? none : *arms;
}

const json* arm_named(const json& results, const std::string& name) {
  for (const json& arm : arms_of(results)) {
    if (arm.value("arm", "") == name) return &arm;
  }
  return nullptr;
}

/// The arm the page is about.
const json* main_arm(const json& results) { return arm_named(results, main_arm_of(results)); }

std::string signed_number(double value) {
  if (!std::isfinite(value)) return "–";
  if (std::abs(value) < 0.0005) return "0.000";
  return value < 0 ? fmt::format("−{:.3f}", -value) : fmt::format("+{:.3f}", value);
}

/// The difference of an arm to another, or nothing if they were not compared or a number is not finite.
std::optional<Difference> difference_to(const json& arm, const std::string& other) {
  const auto against = arm.find("against");
  if (against == arm.end() || !against->contains(other)) return std::nullopt;
  const json& d = against->at(other);
  const auto mean = finite_number(d, "nats_per_word"), low = finite_number(d, "low"), high = finite_number(d, "high");
  if (!mean || !low || !high) return std::nullopt;
  return Difference{*mean, *low, *high};
}

/// "−0.051 [−0.070, −0.033]", bold where the interval leaves out 0.
std::string difference_cell(const json& arm, const std::string& other) {
  const auto d = difference_to(arm, other);
  if (!d) return "<td class=\"none\">–</td>";
  const bool clear = d->low > 0 || d->high < 0;
  return fmt::format("<td class=\"{}\">{} <small>[{}, {}]{}</small></td>", clear ? "clear" : "",
                     signed_number(d->nats_per_word), signed_number(d->low), signed_number(d->high),
                     clear ? "" : " inside the noise");
}

/// " Against memory, the same life without a thought, ...: thinking helped."; "" if the arms were not compared.
std::string contrast(const json& arm, const std::string& other, const char* what, const char* subject) {
  const auto d = difference_to(arm, other);
  if (!d) return "";
  std::string text = fmt::format(" Against {}, {}, it is {} nats a word (95% interval {} to {}): ", other, what,
                                 signed_number(d->nats_per_word), signed_number(d->low), signed_number(d->high));
  if (d->low <= 0 && d->high >= 0) return text + fmt::format("the run does not show that {} helped.", subject);
  return text + fmt::format("{} {}.", subject, d->nats_per_word < 0 ? "helped" : "did harm");
}

/// What the run found, in its own numbers.
std::string verdict(const json& results) {
  const json* arm = main_arm(results);
  if (arm == nullptr) return "";
  const std::string name = arm->value("arm", "");
  const auto own = finite_number(*arm, "bits_per_char");
  if (!own) return "";
  std::string text = fmt::format("<b>{}</b> paid {:.3f} bits a character", escape(name), *own);
  const json* still = arm_named(results, "static");
  const auto base = still == nullptr || name == "static" ? std::nullopt : finite_number(*still, "bits_per_char");
  if (base)
    text += fmt::format(" where the static transformer paid {:.3f}: {:.1f}% {}", *base,
                        100 * std::abs(1 - *own / std::max(*base, 1e-12)), *own <= *base ? "less" : "more");
  text += ".";
  text += contrast(*arm, "lesion", "the same life with its concept graph kept empty", "the concepts");
  text += contrast(*arm, "memory", "the same life without a thought", "thinking");
  return "<p class=\"verdict\">" + text + "</p>\n";
}

std::string head(const ReportInput& input) {
  const json& m = input.manifest;
  const json& r = input.results;
  return fmt::format(
      "<header><p class=\"kicker\">noema experiment</p><h1>{}</h1>\n{}<p class=\"facts\">{} lines, {} words and line "
      "ends, {} characters "
      "scored · {} · {}</p></header>\n",
      escape_isolated(r.value("name", m.value("name", "experiment"))), verdict(r),
      human_count(r.value("lines", std::uint64_t{0})), human_count(r.value("words", std::uint64_t{0})),
      human_count(r.value("characters", std::uint64_t{0})), seeds_of(r), escape(m.value("started", "")));
}

/// Numbers that are no metrics, for they do not follow from outcomes alone.
constexpr Formula kOtherNumbers[] = {
    {"difference with 95% interval",
     "mean over words of (bits of the arm - bits of the other) ln 2, in nats a word: below 0 the arm is better; "
     "interval "
     "from a paired bootstrap over blocks of 200 words, 1,000 resamples, 2.5% and 97.5% quantiles; bold where it "
     "leaves "
     "out 0"},
    {"seconds", "wall time of scoring, learning and thinking together"},
    {"thinking seconds", "wall time of thinking alone, as the arm measures it"},
    {"state", "memory the arm holds beside the frozen model's weights"},
    {"claimed gain", "sum over thoughts of the bits each claims to save in L(life)"},
};

std::string results_table(const json& results) {
  double best = 1e300;
  const auto bits = [](const json& arm) { return finite_number(arm, "bits_per_char").value_or(1e300); };
  for (const json& arm : arms_of(results)) best = std::min(best, bits(arm));
  std::string html = "<section><h2>Results</h2>\n<div class=\"wide\"><table class=\"numbers\"><thead><tr><th>arm</th>";
  for (const MetricKind* kind : metrics_in(arms_of(results))) html += fmt::format("<th>{}</th>", escape(kind->label));
  for (const char* other : {"static", "lesion"})
    html += fmt::format("<th>against {}<br><small>nats a word [95%]</small></th>", other);
  html += "</tr></thead><tbody>\n";
  for (const json& arm : arms_of(results)) {
    html += fmt::format("<tr><th><i class=\"swatch\" data-arm=\"{0}\"></i>{0}</th>", escape(arm.value("arm", "")));
    for (const MetricKind* kind : metrics_in(arms_of(results))) {
      const bool is_best = kind->name == "bits_per_char" && bits(arm) <= best;
      html += fmt::format("<td class=\"{}\">{}</td>", is_best ? "best" : "", escape(shown(*kind, arm)));
    }
    html += difference_cell(arm, "static") + difference_cell(arm, "lesion") + "</tr>\n";
  }
  return html + "</tbody></table></div>\n" + formula_list(metrics_in(arms_of(results)), kOtherNumbers) + "</section>\n";
}

std::string chart(const std::string& id, const std::string& title, const std::string& note) {
  return fmt::format(
      "<figure><figcaption><b>{}</b> {}</figcaption><div class=\"plot\"><canvas id=\"{}\" role=\"img\" "
      "aria-label=\"{}\"></canvas></div></figure>\n",
      escape(title), escape(note), id, escape(title));
}

std::string curves() {
  return "<section><h2>Learning</h2>\n<div class=\"pair\">" +
         chart("chart_bits", "Bits per character so far", "all lines up to an experience; lower is better") +
         chart("chart_saved", "Saved against static",
               "bits per character of each experience, smoothed over five; higher is better") +
         "</div></section>\n";
}

std::string costs_table(const json& results) {
  std::string html =
      "<section><h2>Cost</h2>\n<div class=\"wide\"><table "
      "class=\"numbers\"><thead><tr><th>arm</th><th>seconds</th><th>of it thinking</th>"
      "<th>a line</th><th>state in memory</th><th>life on "
      "disk</th><th>concepts</th><th>relations</th><th>thoughts</th><th>claimed gain</th></tr></thead><tbody>\n";
  for (const json& arm : arms_of(results)) {
    const auto seconds = finite_number(arm, "seconds"), thinking = finite_number(arm, "thinking_seconds");
    const double lines = std::max(1.0, finite_number(arm, "lines").value_or(1));
    const auto count = [&arm](const char* key) {
      const auto value = arm.value(key, std::uint64_t{0});
      return value == 0 ? std::string("–") : human_count(value);
    };
    const double gain = finite_number(arm, "gain_bits").value_or(0);
    html += fmt::format(
        "<tr><th><i class=\"swatch\" data-arm=\"{0}\"></i>{0}</th><td>{1}</td><td>{2}</td><td>{3} "
        "ms</td><td>{4}</td><td>{5}</td><td>{6}</td><td>{7}</td>"
        "<td>{8}</td><td>{9}</td></tr>\n",
        escape(arm.value("arm", "")), human_seconds(seconds.value_or(NAN)), human_seconds(thinking.value_or(NAN)),
        human_decimals(seconds ? std::optional(1000 * *seconds / lines) : std::nullopt, 2),
        human_bytes(arm.value("state_bytes", std::uint64_t{0})), human_bytes(arm.value("file_bytes", std::uint64_t{0})),
        count("concepts"), count("relations"), count("thoughts"),
        gain == 0 ? "–" : human_count(static_cast<std::uint64_t>(std::max(0.0, gain))) + " bits");
  }
  return html + "</tbody></table></div>\n";
}

std::string costs(const json& results) {
  return costs_table(results) + "<div class=\"pair\">" +
         chart("chart_seconds", "Milliseconds a line",
               "scoring, learning and thinking; a flat curve means cost does not grow with the life") +
         chart("chart_bytes", "State in memory", "megabytes beside the model") + "</div></section>\n";
}

std::string growth(const ReportInput& input) {
  const json* arm = main_arm(input.results);
  if (arm == nullptr || arm->value("concepts", std::uint64_t{0}) == 0) return "";
  std::string note = fmt::format("of arm {}", arm->value("arm", ""));
  std::string html = "<section><h2>The graph</h2>\n<div class=\"pair\">" +
                     chart("chart_graph", "Concepts and relations", note) +
                     chart("chart_gain", "Thoughts and what they claim to gain", note) + "</div>\n";
  if (const auto correlation = finite_number(input.results, "gain_correlation")) {
    html += fmt::format(
        "<p class=\"note\">Over experiences, the gain claimed in one and the bits saved in the next against the memory "
        "arm "
        "correlate with r = {:.2f} (Pearson).</p>\n",
        *correlation);
  }
  const std::string picture = graph_picture(input.portrait);
  if (!picture.empty()) {
    html +=
        "<figure class=\"picture\"><figcaption><b>Part of the graph</b> what thinking made first, then what is met "
        "most; size follows "
        "how often a concept was met</figcaption>\n" +
        picture + "</figure>\n";
  }
  return html + "</section>\n";
}

std::string thoughts(const json& portrait) {
  if (!portrait.is_object() || !portrait.contains("thoughts") || portrait["thoughts"].empty()) return "";
  static constexpr std::size_t kMostRows = 24;
  struct Kind {
    std::uint64_t thoughts = 0;
    std::optional<double> gain = 0;
  };
  std::map<std::string, Kind> kinds;
  std::vector<json> best;
  for (const json& thought : portrait["thoughts"]) {
    Kind& kind = kinds[thought.value("kind", "?")];
    ++kind.thoughts;
    kind.gain = kind.gain.value_or(0) + finite_number(thought, "gain_bits").value_or(0);
    best.push_back(thought);
  }
  if (portrait.contains("by_kind")) {
    kinds.clear();
    for (const auto& [name, value] : portrait["by_kind"].items()) {
      kinds[name] = {value.value("thoughts", std::uint64_t{0}), finite_number(value, "gain_bits")};
    }
  }
  const auto gain_of = [](const json& thought) { return finite_number(thought, "gain_bits").value_or(0); };
  std::stable_sort(best.begin(), best.end(), [&](const json& a, const json& b) { return gain_of(a) > gain_of(b); });
  best.resize(std::min(best.size(), kMostRows));

  std::string html = "<section><h2>Thoughts</h2>\n<p class=\"note\">";
  for (const auto& [name, kind] : kinds) {
    html += fmt::format("<span class=\"tag {0}\">{0}</span> {1} thoughts, {2} bits claimed &nbsp; ", escape(name),
                        human_count(kind.thoughts), human_decimals(kind.gain, 0));
  }
  html +=
      "</p>\n<div class=\"wide\"><table class=\"thoughts\"><thead><tr><th>thought</th><th>kind</th><th>of</th><th "
      "class=\"right\">gain, bits</th><th>why"
      "</th></tr></thead><tbody>\n";
  for (const json& thought : best) {
    const json id = thought.value("id", json());
    html += fmt::format(
        "<tr><td>{}</td><td><span class=\"tag {}\">{}</span></td><td class=\"label\">{}</td><td "
        "class=\"right\">{}</td><td>{}</td></tr>\n",
        escape(id.is_string() ? id.get<std::string>() : id.dump()), escape(thought.value("kind", "")),
        escape(thought.value("kind", "")), escape_isolated(thought.value("label", "")),
        human_decimals(finite_number(thought, "gain_bits"), 1), escape_isolated(thought.value("reason", "")));
  }
  return html + "</tbody></table></div></section>\n";
}

/// Columns for the charts, by arm.
json chart_data(const ReportInput& input) {
  static constexpr const char* kColumns[] = {"experience", "bits_per_char", "bits_per_char_so_far",
                                             "seconds",    "state_bytes",   "concepts",
                                             "relations",  "thoughts",      "gain_bits",
                                             "lines",      "bleu_so_far",   "target_bits_per_char_so_far"};
  json arms = json::object();
  for (const json& event : input.events) {
    json& arm = arms[event.value("arm", "")];
    for (const char* column : kColumns) {
      const auto number = finite_number(event, column);
      arm[column].push_back(event.contains(column) && !number ? json() : json(number.value_or(0)));  // null: a gap
    }
  }
  json order = json::array();
  for (const json& arm : arms_of(input.results)) order.push_back(arm.value("arm", ""));
  const json* main = main_arm(input.results);
  return {{"order", order}, {"main", main == nullptr ? "" : main->value("arm", "")}, {"arms", arms}};
}

}  // namespace

std::string render_report(const ReportInput& input) {
  const std::string name = input.results.value("name", input.manifest.value("name", "experiment"));
  if (input.results.contains("grid"))
    return html_page(name, grid_report_body(input.manifest, input.results) + provenance(input.manifest), "");
  if (input.results.contains("tasks"))
    return html_page(name, class_report_body(input.manifest, input.results) + provenance(input.manifest), "");
  if (input.results.contains("seeds"))
    return html_page(name,
                     head(input) + results_table(input.results) + runs_of_seeds(input.results) +
                         costs_table(input.results) + "</section>\n" + provenance(input.manifest),
                     "");
  const std::string scripts = fmt::format(
      "<script type=\"application/json\" id=\"data\">{}</script>\n<script>{}</script>\n<script>{}</script>\n",
      script_json(chart_data(input)), k_chart_min_js, k_report_js);
  if (input.results.contains("pairs"))
    return html_page(name, pair_report_body(input.manifest, input.results) + provenance(input.manifest), scripts);
  const std::string body = head(input) + results_table(input.results) + curves() + growth(input) +
                           thoughts(input.portrait) + costs(input.results) +
                           tuned_settings(input.results, input.manifest) + provenance(input.manifest);
  return html_page(name, body, scripts);
}

std::string render_report(const fs::path& run) {
  if (!fs::exists(run / "results.json") || !fs::exists(run / "manifest.json")) {
    throw base::Error(
        fmt::format("{} holds no finished run (manifest.json and results.json expected); make one with: noema run "
                    "EXPERIMENT.toml --out {}",
                    run.string(), run.string()));
  }
  ReportInput input;
  input.manifest = read_json(run / "manifest.json");
  input.results = read_results(run);
  if (fs::exists(run / "events.jsonl")) input.events = read_json_lines(run / "events.jsonl");
  if (fs::exists(run / "portrait.json")) input.portrait = read_json(run / "portrait.json");
  return render_report(input);
}

}  // namespace noema::experiments
