#include "reasoning/experts/first_format.h"

#include <cstring>

#include "reasoning/experts/expert.h"

namespace noema::reasoning::first_format {
namespace {

constexpr std::size_t kLengths = 33;  // of matches, for which hits and trials are kept

}  // namespace

const std::vector<std::string>& voices() {
  static const std::vector<std::string> names{
      "transformer",  "cache sharp",        "cache medium",     "cache soft",
      "recent units", "lasting units",      "counts over root", "counts over transformer",
      "matches",      "learned transformer"};
  return names;
}

const std::vector<std::string>& features() {
  static const std::vector<std::string> names{"one",     "peak",   "tail",         "last nats", "line begins",
                                              "mass",    "focus",  "soft focus",   "favourite", "match",
                                              "matched", "escape", "match escape", "context",   "followed"};
  return names;
}

std::string recent_gain_of(const std::string& voice) { return "recent gain of " + voice; }

std::optional<nlohmann::json> read(std::string_view bytes) {
  std::vector<std::string> names = features();
  for (const std::string& voice : voices()) names.push_back(recent_gain_of(voice));
  std::vector<float> weights(2 * (names.size() + kBuckets) * voices().size());
  std::vector<double> counts(2 * kLengths + voices().size());
  const std::size_t first = weights.size() * sizeof(float);
  if (bytes.size() != first + counts.size() * sizeof(double)) return std::nullopt;
  std::memcpy(weights.data(), bytes.data(), first);
  std::memcpy(counts.data(), bytes.data() + first, counts.size() * sizeof(double));

  nlohmann::json gate = nlohmann::json::object();
  for (std::size_t v = 0; v < voices().size(); ++v) {
    const auto number = [&](std::size_t row, std::size_t which) {
      return weights[2 * (row * voices().size() + v) + which];
    };
    nlohmann::json& voice = gate[voices()[v]];
    for (std::size_t f = 0; f < names.size(); ++f) voice["features"][names[f]] = {number(f, 0), number(f, 1)};
    std::vector<float> buckets;
    for (std::size_t b = 0; b < kBuckets; ++b)
      for (std::size_t which : {0, 1}) buckets.push_back(number(names.size() + b, which));
    voice["buckets"] = packed(buckets);
    voice["recent gain"] = counts[2 * kLengths + v];
  }
  const std::vector<double> hits(counts.begin(), counts.begin() + kLengths);
  const std::vector<double> trials(counts.begin() + kLengths, counts.begin() + 2 * kLengths);
  return nlohmann::json{{"gate", gate}, {"experts", {{"matches", {{"hits", hits}, {"trials", trials}}}}}};
}

}  // namespace noema::reasoning::first_format
