#pragma once
// How well a model predicts text: the whole text in non-overlapping contexts, each begun anew from the start token.

#include <filesystem>

#include "transformer/corpus.h"
#include "transformer/model.h"

namespace noema::transformer {

struct Evaluation {
  double nats = 0;  ///< -ln p of the text
  std::uint64_t characters = 0, words = 0, lines = 0, tokens = 0;

  double nats_per_character() const { return nats / static_cast<double>(characters); }
  double bits_per_character() const;
  /// 2^(bits / (white-space words + line ends)): comparable across tokenizers.
  double word_perplexity() const;
};

/// Runs on `threads` threads (0: all); the same bits on any number. O(tokens (parameters + context width)).
Evaluation evaluate(const Model& model, const Corpus& corpus, int threads = 0);

/// Reads the files with the model's tokenizer and evaluates them as one text. Throws Error if a file cannot be read or
/// all are empty.
Evaluation evaluate_files(const Model& model, const std::vector<std::filesystem::path>& files, int threads = 0,
                          const std::filesystem::path& folder = {});

}  // namespace noema::transformer
