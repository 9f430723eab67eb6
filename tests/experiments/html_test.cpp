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

TEST_CASE("text of another direction is isolated, and what is escaped twice is read as it was written") {
  CHECK(escape_isolated("\xE2\x80\xAE<b>") == "<bdi>\xE2\x80\xAE&lt;b&gt;</bdi>");
  CHECK(escape(escape("&")) == "&amp;amp;");
  CHECK(escape("").empty());
  CHECK(escape(std::string("a\0\x1b\x7f"
                           "b",
                           5)) == "a   b");
}

TEST_CASE("numbers for people round at the ends of their units") {
  CHECK(human_count(0) == "0");
  CHECK(human_count(999) == "999");
  CHECK(human_count(1000) == "1,000");
  CHECK(human_count(~std::uint64_t{0}) == "18,446,744,073,709,551,615");
  CHECK(human_bytes(1) == "1 B");
  CHECK(human_bytes(1000) == "1.0 kB");
  CHECK(human_bytes(999499) == "999 kB");
  CHECK(human_bytes(999500) == "1.0 MB");
  CHECK(human_bytes(9960000) == "10 MB");
  CHECK(human_bytes(1500000000000000) == "1500 TB");
  CHECK(human_seconds(0) == "0");
  CHECK(human_seconds(-1) == "0");
  CHECK(human_seconds(119) == "119 s");
  CHECK(human_seconds(120) == "2 min");
  CHECK(human_seconds(7199) == "2 h 00 min");
}

TEST_CASE("a page forbids itself to fetch anything, and its title cannot break out") {
  const std::string page = html_page("</title><script>alert(1)</script>", "<p>body</p>", "");
  CHECK_THAT(page, Catch::Contains("default-src 'none'") && Catch::Contains("<p>body</p>") &&
                       Catch::Contains("&lt;/title&gt;") && !Catch::Contains("<script>alert"));
}

TEST_CASE("any JSON in a script element comes back as it was") {
  const nlohmann::json value = {{"<key>", {1, 2.5, nullptr, true, "a\"b\\c\n道\u2029"}}, {"&", "<!--</script>"}};
  const std::string text = script_json(value);
  CHECK(nlohmann::json::parse(text) == value);
  CHECK(text.find("</") == std::string::npos);
}

TEST_CASE("an arm is shown by its name, its options beneath, and nothing of it becomes HTML") {
  CHECK(arm_heading("names") == "names");
  CHECK(arm_heading("replay{kept=40;rate=3e-3}") == "replay<small class=\"options\">kept=40 rate=3e-3</small>");
  CHECK(arm_heading("a{<b>}") == "a<small class=\"options\">&lt;b&gt;</small>");
  CHECK(arm_heading("a{b") == "a{b");
}
