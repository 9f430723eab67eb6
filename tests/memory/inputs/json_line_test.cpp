#include "memory/inputs/json_line.h"

#include "tests/memory/inputs/support.h"

namespace noema::memory {
namespace {

JsonLine line_of(const std::string& text) { return JsonLine({text, 7, 0, true}, {"a.jsonl", "", {}}, "{...}"); }

std::string error_of_text(const std::string& text) {
  try {
    const JsonLine line = line_of(text);
    line.text(line.object(), "text");
    line.name("id");
    line.time(line.object(), "time", {});
  } catch (const base::Error& error) {
    return error.what();
  }
  return "";
}

}  // namespace

TEST_CASE("names keep numbers as they are written") {
  for (const char* id :
       {"42", "-0", "0", "4.20", "1e5", "-7", "18446744073709551615", "123456789012345678901234567890"})
    CHECK(line_of(std::string("{\"x\": [1, {\"id\": 9}], \"id\": ") + id + ", \"y\": 3}").name("id") == id);
  CHECK(line_of(R"({"id": "007"})").name("id") == "007");
  CHECK_FALSE(line_of(R"({"id": null})").name("id"));
  CHECK_FALSE(line_of("{}").name("id"));
}

TEST_CASE("texts are strings, and everything else is refused with file and line") {
  for (const char* value : {"5", "-0", "4.2", "true", "[\"a\"]", "{}"}) {
    INFO(value);
    CHECK_THAT(error_of_text(std::string("{\"text\": ") + value + "}"), Catch::Contains("a.jsonl:7: \"text\" is "));
  }
  CHECK_THAT(error_of_text(R"({"id": true})"), Catch::Contains("expected a string or a number"));
  CHECK_THAT(error_of_text(R"({"id": [1]})"), Catch::Contains("expected a string or a number"));
  CHECK_THAT(error_of_text(R"({"text": "a\u0000b"})"), Catch::Contains("NUL at byte 1"));
  CHECK_THAT(error_of_text(R"({"id": "a\u0000b"})"), Catch::Contains("NUL"));
  const JsonLine line = line_of(R"({"text": "a\nb"})");
  CHECK(line.text(line.object(), "text") == "a b");
}

TEST_CASE("what is no object is refused with what was expected") {
  for (const char* text : {"", "[1]", "5", "{\"a\":", "{\"a\": \"\xff\"}", "{\"a\": \"\\ud800\"}"})
    CHECK_THAT(error_of_text(text), Catch::Contains("a.jsonl:7: expected a JSON object a line"));
}

TEST_CASE("times are refused with file and line") {
  CHECK_THAT(error_of_text(R"({"time": "2023-02-30"})"), Catch::Contains("a.jsonl:7: \"time\": \"2023-02-30\" is no"));
  CHECK_THAT(error_of_text(R"({"time": true})"), Catch::Contains("a.jsonl:7: \"time\" is boolean"));
  CHECK_THAT(error_of_text(R"({"time": 1e300})"), Catch::Contains("years 1 to 9999"));
}

}  // namespace noema::memory
