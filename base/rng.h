#pragma once
// Randomness with a seed. The same seed gives the same numbers on every machine and standard library.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace noema::base {

/// xoshiro256** (Blackman & Vigna 2018), seeded by splitmix64. Copyable: a copy continues alike.
class Rng {
 public:
  using State = std::array<std::uint64_t, 4>;

  explicit Rng(std::uint64_t seed);
  explicit Rng(const State& state) : state_(state) {}

  /// An independent generator for a named purpose; this one does not advance.
  Rng fork(std::string_view name) const;

  /// 64 uniform bits.
  std::uint64_t bits();
  /// Uniform in [0, 1), 53 bits.
  double uniform();
  /// Uniform in [0, bound); bound > 0. Unbiased (Lemire 2019).
  std::uint64_t below(std::uint64_t bound);
  /// Standard normal (Box-Muller, one value a call).
  double normal();

  const State& state() const { return state_; }

 private:
  State state_;
};

/// Puts the items (a vector, a span) into a random order, each as likely as every other (Durstenfeld 1964).
template <typename Items>
void shuffle(Items&& items, Rng& rng) {
  for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[rng.below(i)]);
}

}  // namespace noema::base
