#include "experiments/streams/zipf.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/rng.h"

namespace noema::experiments {
namespace {

constexpr std::size_t kSyllables = 75;
constexpr std::size_t kMostWords = kSyllables * kSyllables * kSyllables;

/// A pronounceable word for each number below kMostWords, different for different numbers; neighbours in number look
/// unlike.
std::string invented_word(std::size_t number) {
  static constexpr std::string_view kConsonants = "bdfghklmnprstvz";
  static constexpr std::string_view kVowels = "aeiou";
  std::size_t code = number * 176303 % kMostWords;  // 176303 has no factor 3 or 5, so this is a permutation
  std::string word;
  for (int i = 0; i < 3; ++i) {
    const std::size_t syllable = code % kSyllables;
    word += kConsonants[syllable / kVowels.size()];
    word += kVowels[syllable % kVowels.size()];
    code /= kSyllables;
  }
  return word;
}

std::vector<double> zipf_cumulative(std::size_t vocabulary, double exponent) {
  std::vector<double> cumulative(vocabulary);
  double sum = 0;
  for (std::size_t i = 0; i < vocabulary; ++i) {
    const auto rank = static_cast<double>(i + 1);
    sum += exponent == 1.0 ? 1.0 / rank : std::pow(rank, -exponent);
    cumulative[i] = sum;
  }
  return cumulative;
}

}  // namespace

std::vector<std::string> generate_zipf(const ZipfOptions& options) {
  if (options.vocabulary == 0 || options.vocabulary > kMostWords) {
    throw base::Error(fmt::format("zipf: vocabulary is {}, expected 1 to {}", options.vocabulary, kMostWords));
  }
  const std::vector<double> cumulative = zipf_cumulative(options.vocabulary, options.exponent);
  base::Rng rng = base::Rng(options.seed).fork("zipf");
  std::vector<std::string> lines(options.lines);
  for (std::string& line : lines) {
    for (std::size_t i = 0; i < options.words_a_line; ++i) {
      const double mark = rng.uniform() * cumulative.back();
      const auto found = std::upper_bound(cumulative.begin(), cumulative.end(), mark);
      const auto rank =
          std::min<std::size_t>(static_cast<std::size_t>(found - cumulative.begin()), options.vocabulary - 1);
      if (i > 0) line += ' ';
      line += invented_word(rank);
    }
  }
  return lines;
}

StreamKind zipf_stream() {
  using base::Key;
  return {"zipf",
          "independent invented words with Zipf's frequencies: nothing to learn but counts; for measuring cost",
          reasoning::ExperienceKind::kText,
          {Key{"lines",
               "lines of the stream, after those that the model is trained on",
               std::int64_t{3000},
               {1, 1e8, true}},
           Key{"vocabulary", "different words, at most 421875", std::int64_t{100'000}, {1, kMostWords, true}},
           Key{"words_a_line", "words in a line", std::int64_t{12}, {1, 10'000, true}},
           Key{"exponent", "the frequency of rank r is proportional to r^-exponent", 1.0, {0, 10}}},
          [](const StreamConfig& config, std::uint64_t seed, std::size_t before) {
            const base::Settings& s = config.settings;
            return texts(generate_zipf({seed, before + s.count("lines"), s.count("vocabulary"), s.count("words_a_line"),
                                        s.number("exponent")}));
          }};
}

}  // namespace noema::experiments
