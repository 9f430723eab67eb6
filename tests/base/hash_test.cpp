#include "base/hash.h"

#include <catch2/catch.hpp>

using namespace noema::base;

TEST_CASE("SHA-256 gives the digests of FIPS 180-4") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("bytes may come in pieces, and values in another order give another hash") {
  Sha256 pieces;
  pieces.bytes("a");
  pieces.bytes("bc");
  CHECK(pieces.hex() == sha256_hex("abc"));
  Sha256 one, other;
  one.text("a");
  one.text("bc");
  other.text("ab");
  other.text("c");
  CHECK(one.hex() != other.hex());
  Sha256 number, text;
  number.integer(1);
  text.text("1");
  CHECK(number.hex() != text.hex());
}
