#pragma once
// Where each tensor of a model lies in its one flat array of weights, how it begins, and whether training decays it.

#include <cstddef>
#include <string>
#include <vector>

namespace noema::transformer {

/// A matrix [rows, columns], row-major, or a vector (rows = 1), at [begin, end()) of the weights.
struct Tensor {
  std::string name;
  std::size_t begin = 0;
  int rows = 1, columns = 0;
  double deviation = 0;  // of the normal distribution around `start` that its weights are drawn from
  float start = 0;

  std::size_t size() const { return static_cast<std::size_t>(rows) * static_cast<std::size_t>(columns); }
  std::size_t end() const { return begin + size(); }
  bool decays() const { return rows > 1; }  ///< matrices do; gains, biases and the like do not
};

/// The tensors in the order in which they lie, without gaps.
class Layout {
 public:
  /// Appends a matrix; returns where it begins.
  std::size_t matrix(std::string name, int rows, int columns, double deviation) {
    return append({std::move(name), parameters(), rows, columns, deviation, 0});
  }
  /// Appends a vector whose elements all begin as `start`; returns where it begins.
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
