#include "experiments/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/assets.h"
#include "experiments/metrics/registry.h"
#include "experiments/run_folder.h"

namespace noema::experiments {

std::string escape(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '"': result += "&quot;"; break;
      case '\'': result += "&#39;"; break;
      case '\n': result += "↵"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) {
          result += ' ';
        } else {
          result += c;
        }
    }
  }
  return result;
}

std::string escape_isolated(std::string_view text) { return "<bdi>" + escape(text) + "</bdi>"; }

std::string script_json(const nlohmann::json& value) {
  const std::string text = json_text(value);
  std::string result;
  result.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view three = std::string_view(text).substr(i, 3);
    if (text[i] == '<' || text[i] == '>' || text[i] == '&') {
      result += fmt::format("\\u{:04x}", static_cast<unsigned>(text[i]));
    } else if (three == "\xe2\x80\xa8" || three == "\xe2\x80\xa9") {
      result += three == "\xe2\x80\xa8" ? "\\u2028" : "\\u2029";
      i += 2;
    } else {
      result += text[i];
    }
  }
  return result;
}

std::string formula_list(const std::vector<const MetricKind*>& metrics, std::span<const Formula> others) {
  std::string html = "<details open class=\"formulas\"><summary>How the numbers are made</summary><dl>\n";
  const auto row = [&](std::string_view label, std::string_view formula) {
    html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", escape(label), escape(formula));
  };
  for (const MetricKind* kind : metrics) row(kind->label, kind->formula);
  for (const Formula& other : others) row(other.label, other.formula);
  return html + "</dl></details>\n";
}

std::string arm_heading(const std::string& arm) {
  const std::size_t brace = arm.find('{');
  if (brace == std::string::npos || arm.back() != '}') return escape(arm);
  std::string options = arm.substr(brace + 1, arm.size() - brace - 2);
  std::replace(options.begin(), options.end(), ';', ' ');
  return fmt::format("{}<small class=\"options\">{}</small>", escape(arm.substr(0, brace)), escape(options));
}

std::string human_count(std::uint64_t count) {
  std::string digits = std::to_string(count);
  for (auto i = static_cast<std::ptrdiff_t>(digits.size()) - 3; i > 0; i -= 3)
    digits.insert(static_cast<std::size_t>(i), 1, ',');
  return digits;
}

std::string human_bytes(std::uint64_t bytes) {
  if (bytes == 0) return "0";
  static constexpr const char* kUnits[] = {"B", "kB", "MB", "GB", "TB"};
  auto value = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (value >= 999.5 && unit + 1 < std::size(kUnits)) {
    value /= 1000;
    ++unit;
  }
  return value < 9.95 && unit > 0 ? fmt::format("{:.1f} {}", value, kUnits[unit])
                                  : fmt::format("{:.0f} {}", value, kUnits[unit]);
}

std::optional<double> finite_number(const nlohmann::json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number()) return std::nullopt;
  const double number = found->get<double>();
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::string human_decimals(std::optional<double> number, int decimals) {
  return number ? fmt::format("{:.{}f}", *number, decimals) : "–";
}

std::string human_seconds(double seconds) {
  if (!std::isfinite(seconds)) return "–";
  if (seconds < 0.0005) return "0";
  if (seconds < 9.95) return fmt::format("{:.2g} s", seconds);
  if (seconds < 119.5) return fmt::format("{:.0f} s", seconds);
  const auto minutes = static_cast<long>(std::lround(seconds / 60));
  return minutes < 120 ? fmt::format("{} min", minutes) : fmt::format("{} h {:02} min", minutes / 60, minutes % 60);
}

std::string html_page(std::string_view title, std::string_view body, std::string_view scripts) {
  return fmt::format(R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{}</title>
<style>
{}</style>
</head>
<body>
<main>
{}</main>
{}</body>
</html>
)",
                     escape(title), k_report_css, body, scripts);
}

}  // namespace noema::experiments
