#include "transformer/container.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

namespace {

Container sample() {
  return {"model", {{"answer", 42}}, {{"text", std::string("a\0\xff", 3)}}, {{"x", {1.5F, -2}}, {"empty", {}}}};
}

}  // namespace

TEST_CASE("a container comes back as it was packed") {
  const auto c = unpack(pack(sample()), "model", "m");
  REQUIRE(c.header.at("answer") == 42);
  REQUIRE(c.blobs.at("text") == std::string("a\0\xff", 3));
  REQUIRE(c.arrays.at("x") == std::vector<float>{1.5F, -2});
  REQUIRE(c.arrays.at("empty").empty());
}

TEST_CASE("every truncation and every flipped byte of a container is noticed") {
  const auto bytes = pack(sample());
  for (std::size_t n = 0; n < bytes.size(); ++n)
    REQUIRE_THROWS_AS(unpack(bytes.substr(0, n), "model", "m"), noema::base::Error);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    auto damaged = bytes;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x10);
    REQUIRE_THROWS_AS(unpack(damaged, "model", "m"), noema::base::Error);
  }
}

TEST_CASE("foreign, newer and other files are named as such") {
  REQUIRE_THROWS_WITH(unpack("%PDF-1.4 hello", "model", "x.pdf"),
                      Contains("x.pdf") && Contains("is not a noema model"));
  REQUIRE_THROWS_WITH(unpack("", "model", "empty"), Contains("is not a noema model"));
  auto newer = pack(sample());
  newer[11] = 9;
  REQUIRE_THROWS_WITH(unpack(newer, "model", "m"), Contains("format 9") && Contains("newer noema"));
  REQUIRE_THROWS_WITH(unpack(pack(sample()), "checkpoint", "m"), Contains("is a noema model, expected a checkpoint"));
}
