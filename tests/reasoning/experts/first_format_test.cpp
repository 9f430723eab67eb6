#include "reasoning/experts/first_format.h"

#include <catch2/catch.hpp>
#include <cstring>

#include "reasoning/experts/expert.h"

using namespace noema::reasoning;

namespace {

constexpr std::size_t kVoices = 10, kFeatures = 25, kLengths = 33;

/// A state in which each weight and count is its own place.
std::string state_of_places() {
  std::vector<float> weights(2 * (kFeatures + first_format::kBuckets) * kVoices);
  std::vector<double> counts(2 * kLengths + kVoices);
  for (std::size_t i = 0; i < weights.size(); ++i) weights[i] = static_cast<float>(i);
  for (std::size_t i = 0; i < counts.size(); ++i) counts[i] = static_cast<double>(i);
  std::string bytes(weights.size() * sizeof(float) + counts.size() * sizeof(double), '\0');
  std::memcpy(bytes.data(), weights.data(), weights.size() * sizeof(float));
  std::memcpy(bytes.data() + weights.size() * sizeof(float), counts.data(), counts.size() * sizeof(double));
  return bytes;
}

}  // namespace

TEST_CASE("each number of the first format gets the name that its place had") {
  REQUIRE(first_format::voices().size() == kVoices);
  REQUIRE(first_format::features().size() + kVoices == kFeatures);
  const auto read = first_format::read(state_of_places());
  REQUIRE(read);
  const auto& gate = read->at("gate");
  for (std::size_t v = 0; v < kVoices; ++v) {
    const auto& voice = gate.at(first_format::voices()[v]);
    for (std::size_t f = 0; f < first_format::features().size(); ++f) {
      const auto& pair = voice.at("features").at(first_format::features()[f]);
      CHECK(pair[0] == 2 * (f * kVoices + v));
      CHECK(pair[1] == 2 * (f * kVoices + v) + 1);
    }
    const auto& own_gain = voice.at("features").at(first_format::recent_gain_of(first_format::voices()[v]));
    CHECK(own_gain[0] == 2 * ((15 + v) * kVoices + v));
    const auto buckets = unpacked<float>(voice.at("buckets"));
    REQUIRE(buckets.size() == 2 * first_format::kBuckets);
    CHECK(buckets[2 * 100 + 1] == static_cast<float>(2 * ((kFeatures + 100) * kVoices + v) + 1));
    CHECK(voice.at("recent gain") == 2 * kLengths + v);
  }
  CHECK(read->at("experts").at("matches").at("hits")[32] == 32);
  CHECK(read->at("experts").at("matches").at("trials")[0] == 33);
}

TEST_CASE("bytes of another length are no state of the first format") {
  CHECK_FALSE(first_format::read(""));
  CHECK_FALSE(first_format::read(state_of_places() + "x"));
}
