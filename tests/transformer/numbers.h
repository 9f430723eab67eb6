#pragma once
// Random numbers, and work on so many threads, for tests of single operations.

#include <vector>

#include "base/rng.h"
#include "transformer/parallel.h"

namespace noema::transformer::testing {

inline std::vector<float> random_floats(std::size_t n, double deviation, std::uint64_t seed) {
  base::Rng rng(seed);
  std::vector<float> values(n);
  for (float& value : values) value = static_cast<float>(deviation * rng.normal());
  return values;
}

/// What `compute` returns on 1, 2 and 5 threads is the same.
template <typename Compute>
bool same_on_any_threads(const Compute& compute) {
  const auto on = [&](int threads) {
    decltype(compute()) result;
    Threads(threads).run([&] { result = compute(); });
    return result;
  };
  const auto one = on(1);
  return one == on(2) && one == on(5);
}

}  // namespace noema::transformer::testing
