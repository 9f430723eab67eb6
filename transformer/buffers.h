#pragma once
// Indexing of flat row-major buffers whose dimensions are ints.

#include <cstddef>
#include <vector>

namespace noema::transformer {

inline std::size_t size(int n) { return static_cast<std::size_t>(n); }

/// The index at which a row begins; rows are `stride` floats apart.
inline std::ptrdiff_t at(int row, int stride) { return static_cast<std::ptrdiff_t>(row) * stride; }

/// Makes a buffer hold at least n floats.
inline void grow(std::vector<float>& buffer, std::size_t n) {
  if (buffer.size() < n) buffer.resize(n);
}

}  // namespace noema::transformer
