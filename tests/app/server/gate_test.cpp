#include "app/server/gate.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/program.h"

namespace noema::tests {
namespace {

app::Caller caller(const std::string& host, const std::string& origin = {}) { return {"GET", host, origin, "", ""}; }

int status(const app::Gate& gate, const app::Caller& caller) {
  const auto refusal = gate.refuse(caller);
  return refusal ? refusal->status : 200;
}

}  // namespace

TEST_CASE("without a token only the server's own names are answered, against names that are bound to it") {
  const app::Gate gate("127.0.0.1", 7777, "");
  for (const char* host : {"127.0.0.1:7777", "localhost:7777", "LOCALHOST:7777", "[::1]:7777"})
    CHECK(status(gate, caller(host)) == 200);
  for (const char* host :
       {"", "127.0.0.1", "127.0.0.1:7778", "evil.example:7777", "evil.example", "localhost.evil:7777"})
    CHECK(status(gate, caller(host)) == 403);
}

TEST_CASE("a page of another origin is refused, and a body that is no JSON") {
  const app::Gate gate("127.0.0.1", 7777, "");
  CHECK(status(gate, caller("localhost:7777", "http://localhost:7777")) == 200);
  CHECK(status(gate, caller("localhost:7777", "http://evil.example")) == 403);
  CHECK(status(gate, caller("localhost:7777", "null")) == 403);
  app::Caller post{"POST", "localhost:7777", "", "", "text/plain"};
  CHECK(status(gate, post) == 415);
  post.content_type = "application/json; charset=utf-8";
  CHECK(status(gate, post) == 200);
}

TEST_CASE("with a token every request must show it, under any name of the server") {
  const app::Gate gate("0.0.0.0", 7777, "a secret of some length");
  app::Caller caller{"GET", "mind.example", "", "Bearer a secret of some length", ""};
  CHECK(status(gate, caller) == 200);
  for (const char* shown : {"", "Bearer ", "Bearer a secret of some lengtH", "a secret of some length",
                            "Bearer a secret of some length "}) {
    caller.authorization = shown;
    CHECK(status(gate, caller) == 401);
  }
}

TEST_CASE("the page is given without the token, and to no page of another origin") {
  const app::Gate open("127.0.0.1", 7777, ""), closed("0.0.0.0", 7777, "a secret of some length");
  app::Caller page{"GET", "mind.example", "", "", "", true};
  CHECK(status(closed, page) == 200);
  CHECK(status(open, page) == 403);  // the Host is not its own
  page.origin = "http://evil.example";
  CHECK(status(closed, page) == 403);
}

TEST_CASE("other machines are let in with a token alone, and a token is long enough") {
  CHECK_THROWS_AS(app::Gate("0.0.0.0", 7777, ""), base::UsageError);
  const Workplace work;
  CHECK(app::token_in(work.write("token", "0123456789abcdef\nmore\n")) == "0123456789abcdef");
  CHECK_THROWS_AS(app::token_in(work.write("short", "0123456789abcde\n")), base::Error);
  CHECK_THROWS_AS(app::token_in(work.file("none")), base::Error);
  CHECK(app::equal_in_constant_time("abc", "abc"));
  CHECK_FALSE(app::equal_in_constant_time("abc", "abd"));
  CHECK_FALSE(app::equal_in_constant_time("abc", "ab"));
}

}  // namespace noema::tests
