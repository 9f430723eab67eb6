#pragma once
// How well a model predicts a text. The text is cut into contexts that do not overlap, each after a start token.

#include <filesystem>
#include <optional>
#include <stop_token>

#include "transformer/corpus.h"
#include "transformer/model.h"

namespace noema::transformer {

struct Evaluation {
  double nats = 0;  ///< -ln p of the text
  std::uint64_t characters = 0, words = 0, lines = 0, tokens = 0;

  double nats_per_character() const { return nats / static_cast<double>(characters); }
  double bits_per_character() const;
  /// 2^(bits / (white-space words + line ends)), which is comparable across tokenizers. Absent for text without spaces
  /// (base::has_words), and if it is too large for a double.
  std::optional<double> word_perplexity() const;
};

/// Runs on `threads` threads (0: all cores); the result has the same bits on any number of them. O(tokens (parameters +
/// context width)). Throws Error if the model predicts no text or its predictions are not finite, Interrupted when a
/// stop is requested.
Evaluation evaluate(const Model& model, const Corpus& corpus, int threads = 0, const std::stop_token& stop = {});

/// Reads the files with the model's tokenizer and evaluates them as one text. Throws Error if a file cannot be read or
/// all are empty.
Evaluation evaluate_files(const Model& model, const std::vector<std::filesystem::path>& files, int threads = 0,
                          const std::filesystem::path& folder = {}, const std::stop_token& stop = {});

}  // namespace noema::transformer
