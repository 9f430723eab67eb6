// docs/patterns.md shows patterns with their answers, and the table of labels and types: here they are held true.

#include "app/patterns/functions.h"
#include "app/patterns/vocabulary.h"
#include "tests/app/documents.h"

namespace noema::tests {
namespace {

constexpr const char* kDocument = NOEMA_SOURCE_DIR "/docs/patterns.md";

/// The text with what stands between two marks replaced.
std::string with_part(std::string text, const std::string& name, const std::string& part) {
  const std::string begin = "<!-- " + name + " -->\n", end = "<!-- end of " + name + " -->";
  const std::size_t from = text.find(begin), to = text.find(end);
  REQUIRE(from != std::string::npos);
  REQUIRE(to != std::string::npos);
  return text.replace(from + begin.size(), to - from - begin.size(), part);
}

}  // namespace

TEST_CASE("docs/patterns.md lists the labels, relation types and functions that there are") {
  const std::string document = base::read_file(kDocument);
  std::string expected = with_part(document, "labels and types", app::patterns::vocabulary_table());
  expected = with_part(expected, "functions", app::patterns::function_names() + "\n");
  if (std::getenv("NOEMA_WRITE_DOCS") != nullptr && expected != document) base::write_file(kDocument, expected);
  CHECK(base::read_file(kDocument) == expected);
}

TEST_CASE("each pattern of docs/patterns.md gives the answer that stands there; NOEMA_WRITE_DOCS=1 writes them anew") {
  check_document(kDocument, "cypher", 20);
}

}  // namespace noema::tests
