#include "memory/inputs/jsonl_format.h"

#include "tests/memory/inputs/support.h"

namespace noema::memory {

TEST_CASE("a JSON line says what is known of an input") {
  FormatProbe jsonl("jsonl");
  const Input input =
      jsonl
          .read(R"({"text":"where?","id":7,"time":"2024-02-29T12:00:00Z","speaker":"a","label":3,"group":"g",)"
                R"("answer":"here","more":[1]})")
          .front();
  CHECK(input.text == "where?");
  CHECK(input.id == "7");
  CHECK(input.time == 1709208000);
  CHECK(input.speaker == "a");
  CHECK(input.label == "3");
  CHECK(input.group == "g");
  CHECK(input.answer == "here");
  CHECK(input.kind == "question");
  CHECK(jsonl.read(R"({"text":"x","answer":null})").front().kind == "question");
  CHECK_FALSE(jsonl.read(R"({"text":"x","answer":null})").front().answer);
  CHECK(jsonl.read(R"({"text":"x"})").front().kind == "text");
}

TEST_CASE("every form of a time is read, and that one without an offset is UTC is said") {
  FormatProbe jsonl("jsonl");
  CHECK(jsonl.read(R"({"text":"x","time":"2024-05-06T07:08:09.123Z"})").front().time == Approx(1714979289.123));
  CHECK(jsonl.read(R"({"text":"x","time":1714979289123})").front().time == Approx(1714979289.123));
  CHECK(jsonl.read(R"({"text":"x","time":"1714979289"})").front().time == 1714979289);
  CHECK(jsonl.remarks.empty());
  CHECK(jsonl.read(R"({"text":"x","time":"2023-05-08T13:56:00"})").front().time == 1683554160);
  CHECK(jsonl.read(R"({"text":"x","time":"2023-05-08"})").front().time == 1683504000);
  REQUIRE(jsonl.remarks.size() == 2);
  CHECK(jsonl.remarks[0] == "times without an offset are read as UTC");
}

TEST_CASE("a JSON line without a text, or with a number for one, is refused with its line") {
  FormatProbe jsonl("jsonl");
  CHECK_THAT(jsonl.error_of(R"({"id":1})"), Catch::Contains("file.x:1: the object has no \"text\""));
  CHECK_THAT(jsonl.error_of(R"({"text":5})"), Catch::Contains("file.x:2: \"text\" is 5 (number), expected a string"));
  CHECK_THAT(jsonl.error_of(R"({"text":"x","answer":5})"), Catch::Contains("\"answer\" is 5"));
}

}  // namespace noema::memory
