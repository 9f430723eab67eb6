#include "memory/inputs/format.h"

#include <set>

#include "tests/memory/inputs/support.h"

namespace noema::memory {

TEST_CASE("each format is in the list once, with help, and can be made") {
  std::set<std::string> names;
  for (const InputFormatEntry& entry : input_formats()) {
    CHECK(names.insert(entry.name).second);
    CHECK_FALSE(std::string(entry.help).empty());
    CHECK(make_input_format(entry.name) != nullptr);
  }
  CHECK(names == std::set<std::string>{"text", "labelled", "jsonl", "chat", "images"});
}

TEST_CASE("an unknown format is refused with the names of those there are") {
  CHECK_THROWS_AS(make_input_format("xml"), base::UsageError);
  try {
    make_input_format("xml");
  } catch (const base::Error& error) {
    CHECK_THAT(error.what(), Catch::Contains("text, labelled, jsonl, chat"));
  }
}

}  // namespace noema::memory
