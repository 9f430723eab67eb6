#pragma once
// The layout of a model's weights in one flat array: for each tensor its position, its initialisation, and whether
// weight decay applies to it.

#include <cstddef>
#include <string>
#include <vector>

namespace noema::transformer {

/// A matrix [rows, columns], row-major, or a vector (rows = 1), at [begin, end()) of the weights.
struct Tensor {
  std::string name;
  std::size_t begin = 0;
  int rows = 1, columns = 0;
  double deviation = 0;  // standard deviation of the initial weights, which are normal around `start`
  float start = 0;

  std::size_t size() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
  std::size_t end() const { return begin + size(); }
  bool decays() const { return rows > 1; }  ///< whether weight decay applies: to matrices, not to gains and biases
};

/// The tensors in the order of the array, without gaps.
class Layout {
 public:
  /// Appends a matrix; returns where it begins.
  std::size_t matrix(std::string name, int rows, int columns, double deviation) {
    return append({std::move(name), parameters(), rows, columns, deviation, 0});
  }
  /// Appends a vector whose elements are initialised to `start`; returns where it begins.
  std::size_t vector(std::string name, int size, float start) {
    return append({std::move(name), parameters(), 1, size, 0, start});
  }
  const std::vector<Tensor>& tensors() const { return tensors_; }
  std::size_t parameters() const { return tensors_.empty() ? 0 : tensors_.back().end(); }

 private:
  std::size_t append(Tensor tensor) {
    tensors_.push_back(std::move(tensor));
    return tensors_.back().begin;
  }
  std::vector<Tensor> tensors_;
};

}  // namespace noema::transformer
