#include "app/actions/escape.h"

#include <unicode/utf8.h>

#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema;
using noema::tests::Workplace;

namespace {

constexpr std::int32_t kBlock = 256;
constexpr std::int32_t kCodePoints = 0x110000;

/// The UTF-8 text of the code points [begin, begin + kBlock), surrogates left out.
std::string block_of_characters(std::int32_t begin) {
  std::string text;
  for (std::int32_t c = begin; c < begin + kBlock; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    char bytes[4];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(bytes, length, c);
    text.append(bytes, static_cast<std::size_t>(length));
  }
  return text;
}

/// Runs a program of Python, which must not complain. False, and said, if there is no Python.
bool python_agrees(const Workplace& work, const std::string& program, const std::string& file) {
  if (std::system("python3 --version >/dev/null 2>&1") != 0) {
    WARN("skipped: python3 is not installed");
    return true;
  }
  return std::system(("python3 " + work.write("check.py", program) + " " + file).c_str()) == 0;
}

}  // namespace

TEST_CASE("XML with every character is read back by Python's parser, in elements and in attributes") {
  const Workplace work;
  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<all>\n";
  for (std::int32_t begin = 0; begin < kCodePoints; begin += kBlock) {
    const std::string text = app::xml_text(block_of_characters(begin));
    xml += "<block begin=\"" + std::to_string(begin) + "\" text=\"" + text + "\">" + text + "</block>\n";
  }
  CHECK(python_agrees(work, R"(
import sys, xml.etree.ElementTree as tree
def held(c):
    return c in (9, 10, 13) or 0x20 <= c < 0xFFFE or c >= 0x10000
blocks = list(tree.parse(sys.argv[1]).getroot())
assert len(blocks) == 4352
for block in blocks:
    begin = int(block.get("begin"))
    characters = [c for c in range(begin, begin + 256) if not 0xD800 <= c < 0xE000]
    expected = "".join(chr(c) if held(c) else "\uFFFD" for c in characters)
    assert (block.text or "") == expected, begin
    assert block.get("text") == expected, begin
)",
                      work.write("all.xml", xml + "</all>\n")));
}

TEST_CASE("text that is not UTF-8 becomes replacement characters in XML and DOT") {
  CHECK(app::xml_text("a\xff<") == "a\xEF\xBF\xBD&lt;");
  CHECK(app::dot_text("a\xff\"\\") == "\"a\xEF\xBF\xBD\\\"\\\\\"");
}

TEST_CASE("DOT with every character is taken by Graphviz, and a label is drawn as it was written") {
  const Workplace work;
  if (std::system("dot -V >/dev/null 2>&1") != 0) {
    WARN("skipped: dot (the package graphviz) is not installed");
    return;
  }
  std::string dot = "digraph G {\n";
  for (std::int32_t begin = 0; begin < kCodePoints; begin += kBlock)
    dot += "  n" + std::to_string(begin) + " [label=" + app::dot_text(block_of_characters(begin)) + "];\n";
  CHECK(std::system(
            ("dot -Tcanon " + work.write("all.dot", dot + "}\n") + " >/dev/null 2>" + work.file("err")).c_str()) == 0);
  CHECK(base::read_file(work.file("err")).empty());
  const std::string label = R"(a\nb \N "q" &amp; c\)";
  const std::string one = work.write("one.dot", "digraph G { n [label=" + app::dot_text(label) + "]; }\n");
  REQUIRE(std::system(("dot -Tsvg " + one + " >" + work.file("one.svg")).c_str()) == 0);
  CHECK(python_agrees(work, R"(
import sys, xml.etree.ElementTree as tree
texts = [t.text for t in tree.parse(sys.argv[1]).iter("{http://www.w3.org/2000/svg}text")]
assert [t.replace("\u00a0", " ") for t in texts] == ['a\\nb \\N "q" &amp; c\\'], texts
)",
                      work.file("one.svg")));
}

TEST_CASE("a life with control characters is exported so that other programs read it") {
  const Workplace work;
  const std::string life = work.life();
  const std::string text = work.write("odd.txt", "a\x07 bell \x1b[1m esc \x01 and \xEF\xBF\xBF <end> & \"q\"\n");
  REQUIRE(tests::run_noema({"feed", life, text, "--think", "off", "--quiet"}).status == 0);
  const auto exported = [&](const std::string& format) {
    const auto outcome = tests::run_noema({"export", life, "--format", format});
    CHECK(outcome.status == 0);
    return work.write("graph." + format, outcome.out);
  };
  CHECK(python_agrees(work, R"(
import sys, xml.etree.ElementTree as tree
ns = "{http://graphml.graphdrawing.org/xmlns}"
graph = tree.parse(sys.argv[1]).getroot().find(ns + "graph")
nodes = {node.get("id") for node in graph.iter(ns + "node")}
assert len(nodes) > 8
for edge in graph.iter(ns + "edge"):
    assert edge.get("source") in nodes and edge.get("target") in nodes
)",
                      exported("graphml")));
  CHECK(python_agrees(work, R"(
import sys, json
rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
assert sum("node" in row for row in rows) > 8
)",
                      exported("json")));
}
