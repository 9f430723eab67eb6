#include "experiments/provenance.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "experiments/html.h"

namespace noema::experiments {

using nlohmann::json;

namespace {

/// "stream.lines" -> value, for every leaf of the settings.
std::string settings_rows(const json& settings) {
  std::string html;
  const json flat = settings.flatten();
  for (const auto& [key, value] : flat.items()) {
    std::string name = key.empty() ? "" : key.substr(1);  // a JSON pointer: /stream/lines
    std::replace(name.begin(), name.end(), '/', '.');
    if (name.empty()) continue;
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(name),
                        escape_isolated(value.is_string() ? value.get<std::string>() : value.dump()));
  }
  return html;
}

/// One command a line.
std::string commands(const std::string& text) {
  if (text.empty()) return "";
  std::string html = "<pre>";
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) html += escape(line) + "\n";
  return html + "</pre>\n";
}

/// What a stream held, in short: of tasks, how many items they had.
json stream_facts(const json& manifest) {
  json stream = manifest.value("stream", json());
  if (!stream.is_object() || !stream.contains("tasks") || !stream["tasks"].is_array()) return stream;
  std::uint64_t learned = 0, asked = 0;
  for (const json& task : stream["tasks"]) {
    learned += task.value("learned", std::uint64_t{0});
    asked += task.value("asked", std::uint64_t{0});
  }
  return fmt::format("{} tasks: {} items learned from, {} asked about, {} of no class; {} left out",
                     stream["tasks"].size(), human_count(learned), human_count(asked),
                     human_count(stream.value("outside", std::uint64_t{0})),
                     human_count(stream.value("left_out", std::uint64_t{0})));
}

}  // namespace

std::string tuned_settings(const json& results, const json& manifest) {
  std::string rows;
  for (const json& arm : results.value("arms", json::array())) {
    const json settings = arm.value("settings", json::object());
    if (settings.empty()) continue;
    std::string text;
    for (const auto& [name, value] : settings.items())
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", escape(name), escape(value.dump()));
    rows += fmt::format("<tr><th>{}</th><td class=\"text\">{}</td></tr>\n", escape(arm.value("arm", "")), text);
  }
  if (rows.empty()) return "";
  const json experiment = manifest.value("experiment", json::object());
  const auto lines = manifest.value("stream", json::object()).value("tune_lines", std::uint64_t{0});
  const char* where = experiment.contains("tuning") ? "another stream (tuning, in the settings below)"
                                                    : "the front of the stream, which is not scored";
  return fmt::format(
      "<section><h2>Settings that arms tuned or were given</h2>\n<p class=\"note\">Tuned on {} lines of {}; all on "
      "the same lines. A setting that is written in the arm's name was given.</p><div class=\"wide\"><table>{}</table>"
      "</div></section>\n",
      human_count(lines), where, rows);
}

std::string provenance(const json& whole) {
  json manifest = whole;
  manifest["stream"] = stream_facts(whole);
  if (manifest.value("experiment", json::object()).contains("seeds")) manifest.erase("seed");
  const auto row = [&manifest](const char* label, const char* key) {
    const json value = manifest.value(key, json());
    if (value.is_null() || value == "") return std::string();
    return fmt::format("<div><dt>{}</dt><dd class=\"code\">{}</dd></div>\n", label,
                       escape(value.is_string() ? value.get<std::string>() : value.dump()));
  };
  std::string html = "<section><h2>How to do this again</h2>\n";
  html += commands(manifest.value("command", ""));
  html += "<div class=\"pair\"><div><h3>Settings</h3><dl class=\"settings\">" +
          settings_rows(manifest.value("experiment", json::object())) +
          "</dl></div>\n<div><h3>Record</h3><dl class=\"settings\">";
  html += row("experiment file", "source") + row("code version", "code_version") + row("seed", "seed") +
          row("data (SHA-256)", "data_hash") + row("model (SHA-256)", "model_hash") +
          row("settings (SHA-256)", "config_hash") + row("training the model, seconds", "model_seconds") +
          row("started", "started") + row("ended", "ended") + row("options", "options") + row("stream", "stream");
  return html + "</dl></div></div></section>\n";
}

}  // namespace noema::experiments
