#pragma once
// The vectors that a model gives a word in sentences, and how similar they are.

#include <nlohmann/json.hpp>
#include <stop_token>
#include <string>
#include <vector>

#include "transformer/model.h"

namespace noema::app {

struct VectorsRequest {
  std::string word;  ///< as the sentences write it
  std::vector<std::string> sentences;
  std::stop_token stop{};
};

/// One occurrence of the word.
struct WordVector {
  std::size_t sentence = 0;        ///< from 1
  std::string text;                ///< of the sentence
  std::size_t start = 0, end = 0;  ///< bytes of the word in the sentence; end exclusive
  std::vector<float> vector;       ///< sum of the vectors of its tokens
  std::vector<double> cosines;     ///< to each occurrence, itself among them, in order
};

struct VectorsValue {
  std::vector<WordVector> occurrences;  ///< sentence by sentence, from left to right
};

/// Throws base::Error if the word or a sentence is not UTF-8, no sentence holds the word, or the model has no vectors
/// (seq2seq); base::Interrupted when a stop is requested.
VectorsValue vectors(const transformer::Model& model, const VectorsRequest& request);

/// {"sentence","text","start","end","width","cosines","vector"}.
nlohmann::ordered_json to_json(const WordVector& occurrence);

}  // namespace noema::app
