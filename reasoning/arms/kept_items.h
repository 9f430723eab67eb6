#pragma once
// Labelled vectors that an arm keeps, as the rows of numbers that a network takes: a mini-batch that fills up, a
// memory for replay, all items for joint training. Texts and images are mostly zeros, which are not stored.

#include <Eigen/SparseCore>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <vector>

#include "base/rng.h"

namespace noema::reasoning {

/// Vectors of several items: [width, items].
using Inputs = Eigen::SparseMatrix<float>;

class KeptItems {
 public:
  /// x [width], as long as those before; of: number of its class. O(width).
  void add(const Eigen::VectorXf& x, std::size_t of);
  void add(const KeptItems& others, std::size_t i) { items_.push_back(others.items_.at(i)); }
  void replace(std::size_t at, const KeptItems& others, std::size_t i) { items_.at(at) = others.items_.at(i); }
  void clear() { items_.clear(); }

  std::size_t size() const { return items_.size(); }
  std::size_t width() const { return items_.empty() ? 0 : items_.front().width; }
  Inputs inputs() const;                    ///< [width, size]
  std::vector<std::size_t> labels() const;  ///< [size]
  /// These of them, in this order; a number may come more than once.
  KeptItems chosen(const std::vector<std::size_t>& which) const;

  std::uint64_t bytes() const;
  nlohmann::json save() const;
  /// Throws base::Error for what is no state of items.
  void load(const nlohmann::json& state);

 private:
  struct Item {
    std::size_t of = 0, width = 0;
    std::vector<std::uint32_t> places;  ///< ascending
    std::vector<float> values;
  };
  std::vector<Item> items_;
};

/// A uniform sample of everything that was offered, of at most `most` items (Vitter 1985, algorithm R).
class Reservoir {
 public:
  Reservoir(std::size_t most, const base::Rng& rng) : most_(most), rng_(rng) {}
  void offer(const KeptItems& items, std::size_t i);
  /// Begins anew; the generator goes on.
  void clear();
  /// So many of what is kept, drawn with replacement; none if nothing is kept.
  KeptItems draw(std::size_t count);

  const KeptItems& kept() const { return kept_; }
  std::uint64_t bytes() const { return kept_.bytes(); }
  nlohmann::json save() const;
  void load(const nlohmann::json& state);

 private:
  std::size_t most_;
  base::Rng rng_;
  KeptItems kept_;
  std::uint64_t offered_ = 0;
};

}  // namespace noema::reasoning
