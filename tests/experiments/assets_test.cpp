#include "experiments/assets.h"

#include <catch2/catch.hpp>
#include <string>

#include "base/files.h"
#include "base/text.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

std::string source_of(const std::string& name) {
  std::string text = base::read_file(NOEMA_SOURCE_DIR "/experiments/web/" + name);
  for (std::size_t at = text.find("https://"); at != std::string::npos; at = text.find("https://")) text.erase(at, 8);
  return text;
}

}  // namespace

TEST_CASE("the report's style and script are embedded byte for byte, but for addresses") {
  CHECK(k_report_css == source_of("report.css"));
  CHECK(k_report_js == source_of("report.js"));
}

TEST_CASE("the chart library is there, as text, and is the one the report calls") {
  CHECK(k_chart_min_js.size() > 50000);
  CHECK_FALSE(base::first_invalid_utf8(k_chart_min_js));
  CHECK(k_chart_min_js.find("Chart") != std::string_view::npos);
  CHECK(k_report_js.find("Chart(") != std::string_view::npos);
}

TEST_CASE("nothing that is embedded can end the element it stands in, or names an address to fetch") {
  for (const std::string_view asset : {k_chart_min_js, k_report_css, k_report_js}) {
    CHECK(asset.find("</script") == std::string_view::npos);
    CHECK(asset.find("</style") == std::string_view::npos);
    CHECK(asset.find("https://") == std::string_view::npos);
    CHECK(asset.find("@import") == std::string_view::npos);
  }
}
