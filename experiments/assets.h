#pragma once
// Files of the report that CMake embeds (embed.cmake): their names are the file names with underscores.

#include <string_view>

namespace noema::experiments {

extern const std::string_view k_chart_min_js;
extern const std::string_view k_report_css;
extern const std::string_view k_report_js;

}  // namespace noema::experiments
