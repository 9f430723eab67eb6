#pragma once
// Which pairs a model was trained on, kept beside it as MODEL.pairs: hashes of both sides, not the texts. Whoever
// measures the model can refuse a pair that it knows.

#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "transformer/corpus.h"

namespace noema::transformer {

class TrainedPairs {
 public:
  explicit TrainedPairs(std::span<const TextPair> pairs);

  /// MODEL.pairs.
  static std::filesystem::path path_of(const std::filesystem::path& model);
  void save(const std::filesystem::path& model) const;
  /// Throws Error if there is no such file beside the model, saying what makes one, or if it is damaged.
  static TrainedPairs load(const std::filesystem::path& model);

  /// Whether one of the sides is that of a pair that was trained on, on the same side. White space at its ends does not
  /// count. O(log pairs).
  bool knows(std::string_view source, std::string_view target) const;

 private:
  TrainedPairs() = default;
  std::vector<std::uint64_t> sides_;  // the first 8 bytes of SHA-256 of "s" source or "t" target, ascending
};

}  // namespace noema::transformer
