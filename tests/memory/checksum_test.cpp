#include "memory/checksum.h"

#include <catch2/catch.hpp>
#include <set>

namespace noema::memory {

TEST_CASE("rows that differ in one value or in where it stands have different checksums") {
  const std::set<std::int64_t> different = {
      Checksum().value(),
      Checksum().text("ab").text("c").value(),
      Checksum().text("a").text("bc").value(),
      Checksum().optional_text("").value(),
      Checksum().optional_text(std::nullopt).value(),
      Checksum().real(1).value(),
      Checksum().integer(1).value(),
  };
  CHECK(different.size() == 7);
}

TEST_CASE("a negative zero has the checksum of zero, because SQLite stores it so") {
  CHECK(Checksum().real(-0.0).value() == Checksum().real(0.0).value());
}

TEST_CASE("a checksum is the head of SHA-256") {
  // SHA-256 of nothing begins e3b0c44298fc1c14.
  CHECK(static_cast<std::uint64_t>(Checksum().value()) == 0xe3b0c44298fc1c14ULL);
}

}  // namespace noema::memory
