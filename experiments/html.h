#pragma once
// Making pages: everything that came from data goes through escape() or script_json().

#include <cstdint>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noema::experiments {

struct MetricKind;

/// Text for HTML content and quoted attributes: & < > " ' are named, control characters become spaces (a line feed: ↵).
std::string escape(std::string_view text);

/// escape() inside <bdi>, so that text of another direction cannot reorder the page around it.
std::string escape_isolated(std::string_view text);

/// JSON that can stand inside a <script> element: no <, >, & or line separator stands in it as such.
std::string script_json(const nlohmann::json& value);

/// HTML: an arm's name, and its options beneath in small.
std::string arm_heading(const std::string& arm);

/// A number of a page, and how it is made.
struct Formula {
  std::string_view label, formula;
};

/// HTML: how the numbers of a page are made, those of metrics first.
std::string formula_list(const std::vector<const MetricKind*>& metrics, std::span<const Formula> others);

/// "1,234", "12.3 MB", "3.2 s", "1 h 02 min".
std::string human_count(std::uint64_t count);
std::string human_bytes(std::uint64_t bytes);
std::string human_seconds(double seconds);
/// The number under a key; nothing if it is absent, no number or not finite: such numbers are shown nowhere.
std::optional<double> finite_number(const nlohmann::json& object, const char* key);
/// A number with so many decimals, or a dash if there is none.
std::string human_decimals(std::optional<double> number, int decimals);

/// The whole page: `title` is plain text, `body` is HTML; `scripts` (may be empty) goes at the end as it is. A content
/// security policy forbids the page to fetch anything.
std::string html_page(std::string_view title, std::string_view body, std::string_view scripts);

}  // namespace noema::experiments
