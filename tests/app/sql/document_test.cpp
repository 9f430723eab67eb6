// docs/queries.md shows the functions of the extension with their answers: here each is asked.

#include "app/actions/query.h"
#include "tests/app/documents.h"
#include "tests/app/sql/client.h"

namespace noema::tests {

TEST_CASE("each call of a function in docs/queries.md gives what stands there; NOEMA_WRITE_DOCS=1 writes it anew",
          "[sql]") {
  check_document(NOEMA_SOURCE_DIR "/docs/queries.md", "sqlite", 4, [](const std::string& life, const std::string& sql) {
    Client client(life);
    const auto rows = client.ask(sql);
    CHECK(client.error().empty());
    CHECK_FALSE(rows.empty());
    memory::QueryAnswer answer{client.columns(), {}, false};
    for (const auto& row : rows) answer.rows.emplace_back(row.begin(), row.end());
    return app::table_of(answer, 64);
  });
}

}  // namespace noema::tests
