// docs/queries.md shows queries with their answers: here each is run, on a life that is made anew.

#include "tests/app/documents.h"

namespace noema::tests {

TEST_CASE("each query of docs/queries.md gives the answer that stands there; NOEMA_WRITE_DOCS=1 writes them anew") {
  check_document(NOEMA_SOURCE_DIR "/docs/queries.md", "sql", 20);
}

}  // namespace noema::tests
