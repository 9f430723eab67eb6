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

TEST_CASE("SHA-256 of messages around a block's end, and of a long one, are as published") {
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  Sha256 pieces;
  for (int i = 0; i < 1000; ++i) pieces.bytes(std::string(1000, 'a'));
  CHECK(pieces.hex() == sha256_hex(std::string(1000000, 'a')));
}

TEST_CASE("an integer is hashed as eight bytes, the lowest first, and a text behind its length") {
  Sha256 number, text;
  number.integer(-2);
  CHECK(number.hex() == sha256_hex(std::string("\xFE\xFF\xFF\xFF\xFF\xFF\xFF\xFF", 8)));
  text.text("ab");
  CHECK(text.hex() == sha256_hex(std::string("\x02\0\0\0\0\0\0\0ab", 10)));
  Sha256 empty, none;
  empty.text("");
  CHECK(empty.hex() != none.hex());
}

TEST_CASE("a moved hash goes on") {
  Sha256 first;
  first.bytes("a");
  Sha256 second = std::move(first);
  second.bytes("bc");
  CHECK(second.hex() == sha256_hex("abc"));
}
