#pragma once
// Independent invented words with Zipf's frequencies.

#include "experiments/streams/stream.h"

namespace noema::experiments {

struct ZipfOptions {
  std::uint64_t seed = 1;
  std::size_t lines = 1000;
  std::size_t vocabulary = 100000;
  std::size_t words_a_line = 12;
  double exponent = 1.0;
};

/// Lines of independent words, the word of rank r drawn with a chance proportional to r^-exponent. O(vocabulary + words
/// log vocabulary). Throws base::Error for a vocabulary of 0 or above 421,875.
std::vector<std::string> generate_zipf(const ZipfOptions& options);

StreamKind zipf_stream();

}  // namespace noema::experiments
