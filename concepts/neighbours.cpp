#include "concepts/neighbours.h"

#include <hnswlib/hnswlib.h>

#include <Eigen/Core>
#include <algorithm>
#include <map>

#include "base/error.h"

namespace noema::concepts {
namespace {

/// The vector at length 1, or empty if it has none.
Eigen::VectorXf unit_vector(std::span<const float> vector) {
  const Eigen::Map<const Eigen::VectorXf> given(vector.data(), static_cast<Eigen::Index>(vector.size()));
  return given.isZero(0) ? Eigen::VectorXf() : given.normalized();
}

class Exact final : public Neighbours {
 public:
  explicit Exact(std::size_t width) : vectors_(static_cast<Eigen::Index>(width), 0) {}

  void put(ConceptId id, std::span<const float> vector) override {
    base::check(static_cast<Eigen::Index>(vector.size()) == vectors_.rows(), "a vector has the width of its index");
    const Eigen::VectorXf unit = unit_vector(vector);
    if (unit.size() == 0) return;
    const auto [known, fresh] = columns_.try_emplace(id, static_cast<Eigen::Index>(ids_.size()));
    if (fresh) {
      if (known->second == vectors_.cols())
        vectors_.conservativeResize(Eigen::NoChange, std::max<Eigen::Index>(64, 2 * vectors_.cols()));
      ids_.push_back(id);
    }
    vectors_.col(known->second) = unit;
  }

  std::vector<Scored> nearest(std::span<const float> query, std::size_t k) const override {
    const Eigen::VectorXf unit = unit_vector(query);
    std::vector<Scored> scored;
    if (unit.size() == 0) return scored;
    const Eigen::VectorXf cosines = vectors_.leftCols(static_cast<Eigen::Index>(ids_.size())).transpose() * unit;
    for (std::size_t i = 0; i < ids_.size(); ++i)
      scored.push_back({ids_[i], double{cosines[static_cast<Eigen::Index>(i)]}});
    std::sort(scored.begin(), scored.end(),
              [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
    if (scored.size() > k) scored.resize(k);
    return scored;
  }

 private:
  Eigen::MatrixXf vectors_;  // a column a concept; room beyond ids_.size()
  std::vector<ConceptId> ids_;
  std::map<ConceptId, Eigen::Index> columns_;
};

class Indexed final : public Neighbours {
 public:
  Indexed(std::size_t width, std::uint64_t seed)
      : width_(width), space_(width), index_(&space_, kFirstCapacity, 16, 100, seed) {}

  void put(ConceptId id, std::span<const float> vector) override {
    base::check(vector.size() == width_, "a vector has the width of its index");
    const Eigen::VectorXf unit = unit_vector(vector);
    if (unit.size() == 0) return;
    if (index_.cur_element_count == index_.max_elements_) index_.resizeIndex(2 * index_.max_elements_);
    index_.addPoint(unit.data(), id);
  }

  std::vector<Scored> nearest(std::span<const float> query, std::size_t k) const override {
    const Eigen::VectorXf unit = unit_vector(query);
    std::vector<Scored> scored;
    if (unit.size() == 0 || index_.cur_element_count == 0) return scored;
    auto found = const_cast<hnswlib::HierarchicalNSW<float>&>(index_).searchKnn(unit.data(), std::max(k, kMinimumBeam));
    for (; !found.empty(); found.pop())
      scored.push_back({static_cast<ConceptId>(found.top().second), 1.0 - double{found.top().first}});
    std::sort(scored.begin(), scored.end(),
              [](const Scored& a, const Scored& b) { return a.score != b.score ? a.score > b.score : a.id < b.id; });
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
std::unique_ptr<Neighbours> indexed_neighbours(std::size_t width, std::uint64_t seed) {
  return std::make_unique<Indexed>(width, seed);
}

}  // namespace noema::concepts
