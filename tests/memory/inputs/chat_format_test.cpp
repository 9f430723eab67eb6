#include "memory/inputs/chat_format.h"

#include "tests/memory/inputs/support.h"

namespace noema::memory {

TEST_CASE("messages a line are one conversation") {
  FormatProbe chat("chat");
  const Input first = chat.read(R"({"role":"user","content":"hello\nthere"})").front();
  const Input second = chat.read(R"({"role":"assistant","content":"hi"})").front();
  CHECK(first.text == "hello there");
  CHECK(first.speaker == "user");
  CHECK(second.speaker == "assistant");
  CHECK(first.group == "file.x");
  CHECK(second.group == first.group);
}

TEST_CASE("an object of messages is a conversation of its own") {
  FormatProbe chat("chat");
  const auto one = chat.read(R"({"messages":[{"role":"system","content":"be"},{"role":"user","content":"a"}]})");
  const auto two = chat.read(R"({"id":"c2","messages":[{"role":"user","content":"b","time":"2024-02-29T12:00:00Z"}]})");
  REQUIRE(one.size() == 2);
  REQUIRE(two.size() == 1);
  CHECK(one[0].group == "file.x:1");
  CHECK(one[1].group == one[0].group);
  CHECK(two[0].group == "c2");
  CHECK(two[0].time == 1709208000);
  CHECK(chat.read(R"({"messages":[]})").empty());
}

TEST_CASE("a content of parts is their texts, and other parts are skipped by name") {
  FormatProbe chat("chat");
  const auto read = chat.read(
      R"({"role":"user","content":[{"type":"text","text":"look"},{"type":"image_url","image_url":{}},"here"]})");
  REQUIRE(read.size() == 1);
  CHECK(read[0].text == "look here");
  CHECK(chat.remarks == std::vector<std::string>{"parts of type \"image_url\" are skipped"});
  CHECK(chat.read(R"({"role":"assistant","content":null,"tool_calls":[]})").empty());
  CHECK(chat.remarks.back() == "messages without a text are skipped");
}

TEST_CASE("what is no chat is refused with its line") {
  FormatProbe chat("chat");
  CHECK_THAT(chat.error_of(R"({"content":"x"})"), Catch::Contains("file.x:1: a message has no \"role\""));
  CHECK_THAT(chat.error_of(R"({"role":"user","content":5})"), Catch::Contains("file.x:2: \"content\" is 5"));
  CHECK_THAT(chat.error_of(R"({"messages":5})"), Catch::Contains("expected a list"));
  CHECK_THAT(chat.error_of(R"({"messages":[5]})"), Catch::Contains("a message is no object"));
  CHECK_THAT(chat.error_of("plain"), Catch::Contains("expected a JSON object a line"));
}

}  // namespace noema::memory
