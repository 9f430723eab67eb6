#include "memory/inputs/source.h"

#include <fstream>

#include "tests/memory/support.h"

namespace noema::memory {

TEST_CASE("lines come whole, or in parts where they are long, and again after a restart") {
  TempFolder folder;
  const auto path = folder / "a.txt";
  std::ofstream(path) << "one\n" << std::string(20000, 'x') << "\n";
  const auto whole = open_lines(path, true, {}), parts = open_lines(path, false, {});
  CHECK(whole->next()->text == "one");
  CHECK(whole->next()->text.size() == 20000);
  CHECK(whole->line_number() == 2);
  CHECK_FALSE(whole->next());
  CHECK(whole->bytes_of_file() == 20005);
  CHECK(parts->next()->text == "one");
  CHECK_FALSE(parts->next()->ends_line);
  REQUIRE(parts->rereadable());
  parts->restart();
  CHECK(parts->next()->text == "one");
  CHECK_THAT(error_of([&] { open_lines(folder / "none", true, {}); }), Catch::Contains("none"));
}

}  // namespace noema::memory
