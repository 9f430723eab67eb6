#include "experiments/streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/files.h"
#include "base/rng.h"
#include "base/text.h"

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

std::vector<std::string> read_lines(const StreamConfig& config, std::size_t before) {
  const std::size_t most_lines = config.max_lines == 0 ? 0 : config.max_lines + before;
  std::vector<std::string> lines;
  std::size_t words = 0;
  for (const auto& path : config.paths) {
    base::LineReader reader(path);
    while (auto line = reader.next()) {
      if (most_lines > 0 && lines.size() >= most_lines) return lines;
      // the lines that train the model do not count against the limit of words
      if (config.max_words > 0 && lines.size() >= before) {
        words += base::count_words(*line);
        if (words > config.max_words) return lines;
      }
      lines.push_back(std::move(*line));
    }
  }
  return lines;
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

std::vector<std::string> read_stream(const StreamConfig& config, std::uint64_t seed, std::size_t before) {
  std::vector<std::string> lines;
  if (config.kind == "world") {
    lines = generate_world({seed, before + config.lines, config.people, config.places, config.chinese_share});
  } else if (config.kind == "zipf") {
    lines = generate_zipf({seed, before + config.lines, config.vocabulary, config.words_a_line, config.exponent});
  } else if (config.kind == "files") {
    lines = read_lines(config, before);
  } else {
    throw base::Error(fmt::format("stream kind '{}' is unknown; expected world, files or zipf", config.kind));
  }
  if (lines.size() <= before) {
    throw base::Error(
        fmt::format("the stream has {} lines and the model is trained on the first {}: no line is left to score; "
                    "lower train_lines or give more data",
                    lines.size(), before));
  }
  return lines;
}

const std::vector<KindInfo>& stream_kinds() {
  static const std::vector<KindInfo> kinds = {
      {"world",
       "a generated bilingual world: families, homes, journeys, belongings and words with several meanings, told in "
       "English and Chinese",
       {"lines = 3000: lines of the stream, after those the model is trained on", "people = 60: 8 to 400",
        "places = 12: 3 to 32", "chinese_share = 0.5: share of episodes told in Chinese"}},
      {"files",
       "the lines of text files, one file after another (plain, .gz or .xz)",
       {"files = [\"a.txt\"]: paths, relative to the experiment file", "max_lines = 0: at most this many, 0 for all",
        "max_words = 0: at most this many white-space words, 0 for all"}},
      {"zipf",
       "independent invented words with Zipf's frequencies: nothing to learn but counts; for measuring cost",
       {"lines = 3000: lines of the stream", "vocabulary = 100000: different words, at most 421875",
        "words_a_line = 12: words in a line", "exponent = 1.0: frequency falls with rank^-exponent"}},
  };
  return kinds;
}

const std::vector<KindInfo>& arm_kinds() {
  static const std::vector<KindInfo> kinds = {
      {"static", "the transformer alone: it never learns from the stream", {}},
      {"cache",
       "the transformer and a store of recent hidden states (a continuous cache)",
       {"[protocol] tune_share = 0.1: share of the stream on which its settings are tuned"}},
      {"dynamic",
       "the transformer going on learning from what it reads (dynamic evaluation)",
       {"[protocol] tune_share = 0.1: share of the stream on which its settings are tuned"}},
      {"memory", "noema's stores, with every input kept and no thought ever", {}},
      {"lesion", "noema with the concept graph kept empty and all else the same", {}},
      {"noema",
       "the whole: stores, concepts and thinking between experiences",
       {"[protocol] think = 2: proposals evaluated for each input"}},
  };
  return kinds;
}

}  // namespace noema::experiments
