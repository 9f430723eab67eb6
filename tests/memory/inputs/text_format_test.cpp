#include "memory/inputs/text_format.h"

#include "tests/memory/inputs/support.h"

namespace noema::memory {

TEST_CASE("a line of text is an input as it is") {
  FormatProbe text("text");
  CHECK_FALSE(text.format->needs_whole_lines());
  CHECK(text.read("a\tb {\"text\": 1}").front().text == "a\tb {\"text\": 1}");
  CHECK(text.read("").front().text.empty());
  CHECK(text.read("x").front().kind == "text");
}

}  // namespace noema::memory
