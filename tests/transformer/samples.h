#pragma once
// Small things to test with: random text, a tiny model, a folder that cleans up after itself.

#include <filesystem>
#include <map>
#include <string>

#include "base/rng.h"
#include "base/text.h"
#include "transformer/corpus.h"
#include "transformer/model.h"

namespace noema::transformer::testing {

inline std::string utf8(std::uint32_t c) {
  std::string s;
  if (c < 0x80)
    s += static_cast<char>(c);
  else if (c < 0x800)
    (s += static_cast<char>(0xC0 | c >> 6)) += static_cast<char>(0x80 | (c & 63));
  else if (c < 0x10000)
    ((s += static_cast<char>(0xE0 | c >> 12)) += static_cast<char>(0x80 | (c >> 6 & 63))) +=
        static_cast<char>(0x80 | (c & 63));
  else
    (((s += static_cast<char>(0xF0 | c >> 18)) += static_cast<char>(0x80 | (c >> 12 & 63))) +=
     static_cast<char>(0x80 | (c >> 6 & 63))) += static_cast<char>(0x80 | (c & 63));
  return s;
}

/// Characters of several scripts, white space, emoji, and the marks that tokenizers use themselves.
inline std::string random_text(base::Rng& rng, int characters) {
  static const std::pair<std::uint32_t, std::uint32_t> kRanges[] = {
      {0x20, 0x7E},     {0xC0, 0x17F},    {0x391, 0x3C9},   {0x410, 0x44F},   {0x5D0, 0x5EA},     {0x627, 0x64A},
      {0x905, 0x939},   {0x3042, 0x3096}, {0x4E00, 0x9FA5}, {0xAC00, 0xD7A3}, {0x1F600, 0x1F64F}, {0xE000, 0xE002},
      {0x2581, 0x2585}, {0x9, 0xA},       {0x20, 0x20},     {0x61, 0x7A},     {0x3000, 0x3000},   {0x300, 0x30F}};
  std::string text;
  for (int i = 0; i < characters; ++i) {
    const auto& [low, high] = kRanges[rng.below(std::size(kRanges))];
    text += utf8(low + static_cast<std::uint32_t>(rng.below(high - low + 1)));
  }
  return text;
}

inline const char* kStory =
    "The cat sat on the mat. The dog sat on the log.\n道可道，非常道。名可名，非常名。\nWhen the cat saw the dog, the "
    "cat ran; the dog ran after the cat.\n";

inline std::map<std::string, std::uint64_t> story_units() {
  std::map<std::string, std::uint64_t> counts;
  base::Segmenter segmenter;
  const std::string story = kStory;
  for (std::size_t begin = 0; begin < story.size();) {
    const std::size_t end = story.find('\n', begin);
    const std::string line = story.substr(begin, end - begin);
    for (const auto& unit : segmenter.split(line)) counts[base::surface_of(line, unit)] += 20;
    begin = end + 1;
  }
  return counts;
}

inline std::vector<Token> story_tokens(const Tokenizer& tokenizer, int times) {
  std::vector<Token> tokens;
  const std::string story = kStory;
  for (int t = 0; t < times; ++t)
    for (std::size_t begin = 0; begin < story.size();) {
      const std::size_t end = story.find('\n', begin);
      const auto line = tokens_of_line(story.substr(begin, end - begin), tokenizer);
      tokens.insert(tokens.end(), line.begin(), line.end());
      const auto line_end = tokenizer.encode("\n");
      tokens.insert(tokens.end(), line_end.begin(), line_end.end());
      begin = end + 1;
    }
  return tokens;
}

inline Corpus story_corpus(const Tokenizer& tokenizer, int times) {
  Corpus corpus;
  corpus.tokens = story_tokens(tokenizer, times);
  corpus.characters = base::count_characters(kStory) * static_cast<std::uint64_t>(times);
  corpus.words = base::count_words(kStory) * static_cast<std::uint64_t>(times);
  corpus.lines = 3 * static_cast<std::uint64_t>(times);
  corpus.hash = "story";
  return corpus;
}

/// Random weights large enough that every part of the network matters.
inline Model small_model(int context = 16, float dropout = 0) {
  const ModelOptions options{
      .layers = 2, .width = 24, .heads = 2, .context = context, .dropout = dropout, .tokenizer = "characters"};
  auto tokenizer = Tokenizer::train("characters", story_units(), 1);
  const Model model = Model::random(options, tokenizer, 7);
  std::vector<float> weights(model.weights().begin(), model.weights().end());
  for (float& w : weights) w = w == 1.0F ? w : w * 8;
  return {options, std::move(tokenizer), std::move(weights)};
}

class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "noema_test_XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
  }
  ~TemporaryFolder() { std::filesystem::remove_all(path_); }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

}  // namespace noema::transformer::testing
