#include "concepts/pairs/correspondences.h"

#include <algorithm>

namespace noema::concepts::pairs {
namespace {

/// splitmix64's mixing function: keys of neighbours that differ in one unit share nothing.
std::uint64_t mixed(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ULL;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
  return x ^ (x >> 31);
}

std::uint64_t number_of(Unit unit) { return static_cast<std::uint32_t>(unit); }

}  // namespace

std::uint64_t key_of(Unit unit) { return mixed(number_of(unit)); }

std::uint64_t key_of(Unit before, Unit unit, Unit after) {
  return mixed(mixed(mixed(number_of(before) + 1) ^ number_of(unit)) ^ number_of(after));
}

double Correspondences::predict(std::span<const Place> places, std::span<float> shares) const {
  double given = 0;
  for (const Place& place : places) {
    const auto node = nodes_.find(place.key);
    if (node == nodes_.end()) continue;
    const double each = place.attention / (node->second.count + 1);
    for (const Edge& edge : node->second.edges)
      shares[static_cast<std::size_t>(edge.unit)] += static_cast<float>(each * double{edge.count});
    given += each * node->second.count;
  }
  return given;
}

void Correspondences::learn(std::span<const Place> places, Unit unit) {
  std::vector<double> posterior;
  double sum = 0;
  for (const Place& place : places) {
    const auto node = nodes_.find(place.key);
    double count = 0, own = 0;
    if (node != nodes_.end()) {
      count = node->second.count;
      for (const Edge& edge : node->second.edges)
        if (edge.unit == unit) own = double{edge.count};
    }
    sum += posterior.emplace_back(place.attention * (own + kPrior) / (count + 1));
  }
  if (!(sum > 0)) return;
  constexpr double kLeast = 1e-3;  // counts below it are left out, so that nodes stay small
  for (std::size_t i = 0; i < places.size(); ++i) {
    const double share = posterior[i] / sum;
    if (share < kLeast) continue;
    Node& node = nodes_[places[i].key];
    node.count += share;
    const auto edge =
        std::find_if(node.edges.begin(), node.edges.end(), [&](const Edge& one) { return one.unit == unit; });
    if (edge != node.edges.end()) {
      edge->count += static_cast<float>(share);
      continue;
    }
    node.edges.push_back({unit, static_cast<float>(share)});
    ++edges_;
  }
}

}  // namespace noema::concepts::pairs
