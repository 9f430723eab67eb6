#include "app/patterns/relations.h"

#include <algorithm>
#include <catch2/catch.hpp>

#include "app/patterns/vocabulary.h"

using namespace noema::app::patterns;
using Catch::Contains;

namespace {

EdgeReading reading_of(std::initializer_list<const char*> names) {
  EdgeReading reading;
  for (const char* name : names) {
    reading.types.push_back(&relation_type_named({{}, name}));
    reading.kind = reading.types.back()->kind;
  }
  return reading;
}

}  // namespace

TEST_CASE("the types that a relation may have are a condition of its view") {
  EdgeReading reading = reading_of({"PART_OF"});
  REQUIRE(reading.kind->type_column != nullptr);
  CHECK_THAT(relation_conditions(reading, "r").at(0), Contains("r.") && Contains(" = '"));
  const RelationType* second = nullptr;
  for (const RelationType& type : relation_types())
    if (type.kind == reading.kind && &type != reading.types[0] && !type.is_inverse) second = &type;
  REQUIRE(second != nullptr);
  reading.types.push_back(second);
  CHECK_THAT(relation_conditions(reading, "r").at(0), Contains(" IN ('"));
  reading.types.clear();
  for (const std::string& condition : relation_conditions(reading, "r")) CHECK_THAT(condition, !Contains(" IN "));
}

TEST_CASE("a relation is known by its keys, and is an object where somebody reads it") {
  const EdgeReading reading = reading_of({"PART_OF"});
  const Value unread = relation_value(reading, "r", false), read = relation_value(reading, "r", true);
  CHECK(unread.sql == "NULL");
  CHECK(unread.identity == read.identity);
  CHECK_THAT(unread.identity, Contains("json_array(r."));
  CHECK_THAT(read.sql, Contains("json_object('type'") && Contains("'from', r.") && Contains("'to', r."));
  CHECK(read.type.base == Base::kRelation);
}

TEST_CASE("two relations could be one if they are of one kind and share a type, in either order") {
  const EdgeReading part = reading_of({"PART_OF"}), follows = reading_of({"FOLLOWS"});
  EdgeReading any = part;
  any.types.clear();
  CHECK(can_be_same(part, part));
  CHECK(can_be_same(part, any));
  CHECK(can_be_same(any, part));
  CHECK_FALSE(can_be_same(part, follows));
  CHECK_FALSE(can_be_same(follows, part));
}

TEST_CASE("relations are kept apart by all their keys at once") {
  for (const RelationType& type : relation_types()) {
    const std::string sql = differ(*type.kind, "a", "b");
    CHECK_THAT(sql, Contains(" <> "));
    CHECK(std::count(sql.begin(), sql.end(), ',') == 2 * (static_cast<long>(type.kind->keys.size()) - 1));
  }
}
