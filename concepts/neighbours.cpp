#include "concepts/neighbours.h"

#include <hnswlib/hnswlib.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "base/error.h"

namespace noema::concepts {
namespace {

/// The vector at length 1, or empty if it has none.
std::vector<float> unit_vector(std::span<const float> vector) {
  double square = 0;
  for (const float x : vector) square += double{x} * double{x};
  if (square == 0) return {};
  std::vector<float> unit(vector.begin(), vector.end());
  for (float& x : unit) x = static_cast<float>(x / std::sqrt(square));
  return unit;
}

class Exact final : public Neighbours {
 public:
  explicit Exact(std::size_t width) : width_(width) {}

  void put(ConceptId id, std::span<const float> vector) override {
    base::check(vector.size() == width_, "a vector has the width of its index");
    if (auto unit = unit_vector(vector); !unit.empty()) vectors_[id] = std::move(unit);
  }

  std::vector<Scored> nearest(std::span<const float> query, std::size_t k) const override {
    const std::vector<float> unit = unit_vector(query);
    std::vector<Scored> scored;
    if (unit.empty()) return scored;
    for (const auto& [id, vector] : vectors_) {
      double dot = 0;
      for (std::size_t i = 0; i < width_; ++i) dot += double{unit[i]} * double{vector[i]};
      scored.push_back({id, dot});
    }
    std::stable_sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.score > b.score; });
    if (scored.size() > k) scored.resize(k);
    return scored;
  }

 private:
  std::size_t width_;
  std::map<ConceptId, std::vector<float>> vectors_;
};

class Indexed final : public Neighbours {
 public:
  Indexed(std::size_t width, std::uint64_t seed) : width_(width), space_(width), index_(&space_, kFirstCapacity, 16, 100, seed) {}

  void put(ConceptId id, std::span<const float> vector) override {
    base::check(vector.size() == width_, "a vector has the width of its index");
    const std::vector<float> unit = unit_vector(vector);
    if (unit.empty()) return;
    if (index_.cur_element_count == index_.max_elements_) index_.resizeIndex(2 * index_.max_elements_);
    index_.addPoint(unit.data(), id);
  }

  std::vector<Scored> nearest(std::span<const float> query, std::size_t k) const override {
    const std::vector<float> unit = unit_vector(query);
    std::vector<Scored> scored;
    if (unit.empty() || index_.cur_element_count == 0) return scored;
    auto found = const_cast<hnswlib::HierarchicalNSW<float>&>(index_).searchKnn(unit.data(), std::max(k, kMinimumBeam));
    for (; !found.empty(); found.pop()) scored.push_back({static_cast<ConceptId>(found.top().second), 1.0 - double{found.top().first}});
    std::sort(scored.begin(), scored.end(), [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
    if (scored.size() > k) scored.resize(k);
    return scored;
  }

 private:
  static constexpr std::size_t kFirstCapacity = 1024;
  static constexpr std::size_t kMinimumBeam = 32;

  std::size_t width_;
  hnswlib::InnerProductSpace space_;
  hnswlib::HierarchicalNSW<float> index_;
};

}  // namespace

std::unique_ptr<Neighbours> exact_neighbours(std::size_t width) { return std::make_unique<Exact>(width); }
std::unique_ptr<Neighbours> indexed_neighbours(std::size_t width, std::uint64_t seed) { return std::make_unique<Indexed>(width, seed); }

}  // namespace noema::concepts
