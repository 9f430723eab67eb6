#include "memory/format4.h"

#include "memory/concept_table.h"
#include "memory/life_impl.h"
#include "memory/schema.h"
#include "tests/memory/support.h"

namespace noema::memory {
namespace {

/// A life of format 3 with two concepts, as the program of that time wrote them.
void make_old_life(const std::filesystem::path& path, const std::string& details) {
  {
    Life life = Life::create(path, small_options());
    append_text(life, "new york");
    life.commit();
  }
  Database database(path, OpenMode::kReadWrite, 1);
  make_format3(database);
  Totals totals = Totals::from_json(read_meta(database, "totals"));
  const auto put = [&](std::int64_t id, const char* label, const char* parts, const char* forms, const char* follows,
                       const std::string& rest) {
    Checksum checksum;
    checksum.integer(id).text("sense").text(label).text(parts).integer(0).integer(5).integer(0).text(forms);
    checksum.text(follows).text(rest).text("v");
    database.use("INSERT INTO concepts VALUES(?, 'sense', ?, ?, NULL, 5, NULL, ?, ?, ?, ?, ?)")
        ->bind_all(id, label, parts, forms, follows, rest, Blob{"v"}, checksum.value())
        .run();
    ++totals.concepts;
    totals.concepts_digest += static_cast<std::uint64_t>(checksum.value());
  };
  put(1, "new", "[]", R"({" New":4,"new":1})", R"({"0":1,"2":4})", R"({"active":true})");
  put(2, "york", "[1,1]", "{}", "{}", details);
  write_meta(database, "totals", totals.to_json());
}

}  // namespace

TEST_CASE("concepts of format 3 move into tables with all that they held") {
  TempFolder folder;
  make_old_life(folder / "a.life", R"({"active":true,"associates":[[1,7]],"category":1,"origin":1,"side":2})");
  const Life life = Life::open(folder / "a.life", Access::kRead);
  CHECK(life.check().empty());
  const auto first = life.checkpoint().find(1), second = life.checkpoint().find(2);
  REQUIRE((first && second));
  CHECK(first->forms == std::vector<std::pair<std::string, std::int64_t>>{{" New", 4}, {"new", 1}});
  CHECK(first->follows == std::vector<std::pair<ConceptId, std::int64_t>>{{0, 1}, {2, 4}});
  CHECK(first->vector == "v");
  CHECK(second->parts == std::vector<ConceptId>{1, 1});
  CHECK(second->relations ==
        std::vector<ConceptRelation>{{"associates", 1, 7}, {"instance-of", 1, {}}, {"sense-of", 1, {}}});
  CHECK(second->details == R"({"active":true,"side":2})");
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  CHECK(database.integer("SELECT count(*) FROM mention WHERE concept_id = 1") == 1);
}

TEST_CASE("a concept of format 3 that was changed leaves the file as it was") {
  TempFolder folder;
  make_old_life(folder / "a.life", R"({"active":true})");
  Database(folder / "a.life", OpenMode::kReadWrite, 1).execute("UPDATE concepts SET count = 6 WHERE id = 2");
  CHECK_THAT(error_of([&] { Life::open(folder / "a.life", Access::kRead); }),
             Catch::Contains("concept 2: the row is not what was stored") && Catch::Contains("left as it was"));
  Database database(folder / "a.life", OpenMode::kReadOnly, 1);
  CHECK(format_of(database) == 3);
  CHECK(database.integer("SELECT count(*) FROM concepts WHERE parts IS NOT NULL") == 2);
}

TEST_CASE("a concept of format 3 whose columns cannot be read leaves the file as it was") {
  TempFolder folder;
  make_old_life(folder / "a.life", R"({"category":"x"})");
  CHECK_THAT(error_of([&] { Life::open(folder / "a.life", Access::kRead); }),
             Catch::Contains("concept 2: ") && Catch::Contains("left as it was"));
}

}  // namespace noema::memory
