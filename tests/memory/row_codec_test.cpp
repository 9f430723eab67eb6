#include "memory/row_codec.h"

#include <catch2/catch.hpp>

namespace noema::memory {

TEST_CASE("JSON columns come back as they were") {
  const std::vector<std::int64_t> ids = {5, 1, 900000000000};
  CHECK(encode_ids(ids) == "[5,1,900000000000]");
  CHECK(decode_ids(encode_ids(ids)) == ids);
  CHECK(decode_ids("[]").empty());
  const std::vector<std::pair<std::int64_t, std::int64_t>> counts = {{2, 7}, {10, 1}, {300, 4}};
  CHECK(encode_counts(counts) == R"({"2":7,"10":1,"300":4})");
  CHECK(decode_counts(encode_counts(counts)) == counts);
  const std::vector<std::pair<std::string, std::int64_t>> forms = {{" \"a\"\n", 3}, {"道", 1}};
  CHECK(decode_forms(encode_forms(forms)) == forms);
}

TEST_CASE("columns that hold something else are refused") {
  CHECK_THROWS_AS(decode_ids("[1,"), base::Error);
  CHECK_THROWS_AS(decode_ids("{\"1\":1}"), base::Error);
  CHECK_THROWS_AS(decode_ids("[\"a\"]"), base::Error);
  CHECK_THROWS_AS(decode_counts("{\"a\":1}"), base::Error);
  CHECK_THROWS_AS(decode_counts("[1]"), base::Error);
  CHECK_THROWS_AS(decode_forms("{\"a\":\"b\"}"), base::Error);
  CHECK_THROWS_AS(require_object("[]", "it"), base::Error);
}

TEST_CASE("each kind of log entry has its own name") {
  for (const LogKind kind : {LogKind::kEpisode, LogKind::kThought, LogKind::kUndo, LogKind::kModel}) {
    CHECK(log_kind(name_of(kind)) == kind);
  }
  CHECK_THROWS_AS(log_kind("dream"), base::Error);
}

}  // namespace noema::memory
