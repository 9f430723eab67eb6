#include "app/remote/address.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema;

TEST_CASE("an address has a host, a port and perhaps the name of a life") {
  const auto check = [](const char* text, const char* host, int port, const char* name) {
    const app::Address address = app::address_of(text);
    INFO(text);
    CHECK(address.host == host);
    CHECK(address.port == port);
    CHECK(address.name == name);
  };
  check("http://localhost:7777", "localhost", 7777, "");
  check("http://localhost:7777/", "localhost", 7777, "");
  check("http://10.0.0.2/ann.life", "10.0.0.2", 80, "ann.life");
  check("http://[::1]:7777/ann.life/", "::1", 7777, "ann.life");
  check("http://[fe80::1]", "fe80::1", 80, "");
  CHECK(app::is_address("http://a"));
  CHECK(app::is_address("https://a"));
  CHECK_FALSE(app::is_address("a.life"));
  CHECK_FALSE(app::is_address("./http:/a"));
}

TEST_CASE("what is no address is refused with what was expected, and https with what to do") {
  for (const char* text : {"http://", "http://:7777", "http://a:0", "http://a:65536", "http://a:7x", "http://a:1/b/c",
                           "http://user@a:1", "http://a:1/b?c", "http://a:1/b#c", "http://a b:1", "http://a:1/b\nc"})
    CHECK_THROWS_AS(app::address_of(text), base::UsageError);
  CHECK_THROWS_WITH(app::address_of("http://a:1/b/c"), Catch::Contains("expected http://HOST:PORT"));
  CHECK_THROWS_WITH(app::address_of("https://a"), Catch::Contains("https is not spoken here"));
}

TEST_CASE("a name is one part of a path, whatever is in it") {
  CHECK(app::percent_encoded("ann.life-1_~") == "ann.life-1_~");
  CHECK(app::percent_encoded("a/b c%?&道") == "a%2Fb%20c%25%3F%26%E9%81%93");
}
