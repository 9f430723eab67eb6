#include <catch2/catch.hpp>

#include "tests/app/knowing_life.h"

using namespace noema::tests;

namespace {

constexpr const char* kMentions =
    "{\"id\":\"a\",\"text\":\"the wild crane nests\",\"start\":9,\"end\":14}\n"
    "{\"id\":7,\"text\":\"the rusty steel crane lifts\",\"start\":16,\"end\":21}\n"
    "{\"text\":\"zyzzyva\",\"start\":0,\"end\":7}\n";

}  // namespace

TEST_CASE("induce gives each mention the sense of its line, in order, and null where it knows none") {
  const Workplace work;
  const std::string mentions = work.write("m.jsonl", kMentions);
  const auto rows = run_noema({"induce", knowing_life(), "--mentions", mentions, "--json"}).json();
  REQUIRE(rows.size() == 3);
  CHECK(rows[0]["id"] == "a");
  CHECK(rows[1]["id"] == 7);
  const std::string wild = rows[0]["sense"], steel = rows[1]["sense"];
  CHECK(wild.substr(0, wild.find('.')) != steel.substr(0, steel.find('.')));
  CHECK(rows[2].dump() == R"({"id":null,"sense":null})");
  const auto shown = run_noema({"induce", knowing_life(), "--mentions", mentions});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains(wild + "  the wild crane nests\n") &&
                            Catch::Contains(steel + "  the rusty steel crane lifts\n") &&
                            Catch::EndsWith("    -  zyzzyva\n"));
  CHECK(run_noema({"induce", knowing_life(), "--mentions", mentions}).out == shown.out);
}

TEST_CASE("a wrong line of mentions is refused with its place before any sense is given") {
  const Workplace work;
  const auto induce = [&](const std::string& file) {
    return run_noema({"induce", knowing_life(), "--mentions", file, "--json"});
  };
  const std::string good = kMentions;
  check_complaint(induce(work.write("m1", good + "{\"text\":\"ab\",\"start\":1,\"end\":3}\n")), 1,
                  "m1:4: bytes 1 to 3 are no place in a text of 2 bytes");
  check_complaint(induce(work.write("m2", good + "\n" + good)), 1, "m2:4: expected {");
  check_complaint(induce(work.write("m3", good + "the wild crane\n")), 1, "m3:4: expected {");
  check_complaint(induce(work.write("m4", "caf\xe9\n")), 1, "m4:1: byte 3 is not UTF-8");
  check_complaint(induce(work.write("m5", "")), 1, "m5: the text to tell apart has no line");
  check_complaint(induce(work.file("none")), 1, "none: no such file");
  check_complaint(run_noema({"induce", knowing_life()}), 2, "--mentions is required");
  check_complaint(run_noema({"induce", work.life(), "--mentions", work.write("m6", good)}), 1, "`noema think` does it");
}
