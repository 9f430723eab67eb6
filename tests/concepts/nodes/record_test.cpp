#include "concepts/nodes/record.h"

#include <catch2/catch.hpp>

#include "concepts/node.h"

using namespace noema::concepts;

TEST_CASE("an empty record has no details, no redirect and no parts, and describes no node") {
  const NodeRecord record;
  CHECK(record.details.is_object());
  CHECK(record.details.empty());
  CHECK(record.redirect == 0);
  CHECK(record.parts.empty());
  CHECK_THROWS(node_of(record));
}

TEST_CASE("a record is described by one kind only") {
  NodeRecord record;
  for (const char* kind : {"sense", "composite", "schema", "category"})
    for (const unsigned origin : {0U, 3U}) {
      record.kind = kind;
      record.details["origin"] = origin;
      CHECK(Unit::describes(record) + Sense::describes(record) + Composite::describes(record) +
                Schema::describes(record) + Category::describes(record) ==
            1);
    }
}
