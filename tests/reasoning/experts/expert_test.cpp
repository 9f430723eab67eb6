#include "reasoning/experts/expert.h"

#include <catch2/catch.hpp>

using namespace noema::reasoning;

TEST_CASE("numbers packed into a state come back to the bit, and other values give none") {
  const std::vector<float> floats{0.1F, -0.0F, 1e-38F};
  CHECK(unpacked<float>(packed(floats)) == floats);
  CHECK(packed(floats).get_binary().size() == 12);
  const std::vector<std::uint32_t> units{0, 4294967295U};
  CHECK(unpacked<std::uint32_t>(packed(std::span(units))) == units);
  CHECK(unpacked<float>(nlohmann::json(3)).empty());
  CHECK(unpacked<float>(nlohmann::json()).empty());
  CHECK(unpacked<double>(packed(std::vector<std::uint8_t>(15))).size() == 1);  // what is over is left
}
