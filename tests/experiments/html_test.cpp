#include "experiments/html.h"

#include <catch2/catch.hpp>

using namespace noema::experiments;

TEST_CASE("text is escaped for content and attributes") {
  CHECK(escape("<a href=\"x\">'&'</a>") == "&lt;a href=&quot;x&quot;&gt;&#39;&amp;&#39;&lt;/a&gt;");
  CHECK(escape("a\nb\tc") == "a↵b c");
  CHECK(escape("道") == "道");
}

TEST_CASE("JSON in a script element cannot end it") {
  const std::string text = script_json({{"a", "</script><!--&\xe2\x80\xa8"}});
  CHECK(text.find('<') == std::string::npos);
  CHECK(text.find('&') == std::string::npos);
  CHECK(text.find("\xe2\x80\xa8") == std::string::npos);
  CHECK(nlohmann::json::parse(text)["a"] == "</script><!--&\xe2\x80\xa8");
}

TEST_CASE("numbers are written for people") {
  CHECK(human_count(7) == "7");
  CHECK(human_count(1234567) == "1,234,567");
  CHECK(human_bytes(0) == "0");
  CHECK(human_bytes(999) == "999 B");
  CHECK(human_bytes(1234567) == "1.2 MB");
  CHECK(human_bytes(45600000) == "46 MB");
  CHECK(human_seconds(0.25) == "0.25 s");
  CHECK(human_seconds(42) == "42 s");
  CHECK(human_seconds(600) == "10 min");
  CHECK(human_seconds(7320) == "2 h 02 min");
}
