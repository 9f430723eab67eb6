#pragma once
// What can be read in an experiment: streams of lines, by kind.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "experiments/world.h"

namespace noema::experiments {

/// [stream] of an experiment file.
struct StreamConfig {
  std::string kind = "world";
  std::size_t lines = 3000;  ///< world, zipf: lines of the stream (after those the model is trained on)
  // world
  std::size_t people = 60;
  std::size_t places = 12;
  double chinese_share = 0.5;
  // files: read one after another; .gz and .xz too
  std::vector<std::string> files;            ///< as written in the experiment file
  std::vector<std::filesystem::path> paths;  ///< the same, found from the experiment file's folder
  std::size_t max_lines = 0;                 ///< files: 0 is no limit
  std::size_t max_words =
      0;  ///< files: stop before the line that would pass this many white-space words; 0 is no limit
  // zipf
  std::size_t vocabulary = 100000;
  std::size_t words_a_line = 12;
  double exponent = 1.0;
};

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

/// The stream's lines, `before` more of them (for the model's training) at the front. Throws base::Error if a file
/// is missing or broken, or the stream is empty.
std::vector<std::string> read_stream(const StreamConfig& config, std::uint64_t seed, std::size_t before);

/// One kind of stream or arm for `noema streams` and `noema arms`.
struct KindInfo {
  std::string name;
  std::string help;                  ///< one sentence
  std::vector<std::string> options;  ///< "key = default: what it does", as they stand in an experiment file
};

const std::vector<KindInfo>& stream_kinds();
const std::vector<KindInfo>& arm_kinds();

}  // namespace noema::experiments
