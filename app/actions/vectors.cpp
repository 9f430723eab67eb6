#include "app/actions/vectors.h"

#include <fmt/format.h>

#include <cmath>

#include "base/error.h"
#include "base/failure_context.h"
#include "base/stop.h"
#include "base/text.h"
#include "transformer/corpus.h"
#include "transformer/finite.h"
#include "transformer/kernels.h"
#include "transformer/recurrent_reader.h"

namespace noema::app {
namespace {

using transformer::Model;
using transformer::Token;

void require_utf8(const std::string& text) {
  if (const auto invalid = base::first_invalid_utf8(text))
    throw base::Error(fmt::format("vectors: byte {} of \"{}\" is not UTF-8", *invalid, text));
}

/// Where the word stands in a sentence.
struct Place {
  std::size_t byte;          ///< of its first byte
  std::size_t first, count;  ///< its tokens
};

struct TokenizedSentence {
  std::vector<Token> tokens;
  std::vector<Place> places;  ///< of the word
};

TokenizedSentence tokenized(const Model& model, const std::string& text, const std::string& word) {
  TokenizedSentence sentence;
  base::Segmenter segmenter;
  for (const auto& unit : segmenter.split(text)) {
    if (unit.line_end && unit.begin == unit.end) break;
    const std::string surface = text.substr(unit.begin, unit.end - unit.begin);
    const auto start = surface.find_first_not_of(" \t");
    const auto tokens = model.tokenizer().encode(surface);
    if (start != surface.npos && surface.substr(start) == word)
      sentence.places.push_back({unit.begin + start, sentence.tokens.size(), tokens.size()});
    sentence.tokens.insert(sentence.tokens.end(), tokens.begin(), tokens.end());
  }
  return sentence;
}

std::vector<std::vector<float>> finite_vectors(const Model& model, const std::vector<Token>& tokens,
                                               const std::stop_token& stop) {
  auto vectors = transformer::token_vectors(model, tokens, stop);
  for (const auto& vector : vectors)
    if (transformer::first_non_finite(vector))
      throw base::Error(
          "the model's vectors are not finite: its training diverged; train it with a lower "
          "--learning-rate");
  return vectors;
}

void add_occurrences(VectorsValue& value, const Model& model, const VectorsRequest& request, std::size_t index) {
  const std::string& text = request.sentences[index];
  const TokenizedSentence sentence = tokenized(model, text, request.word);
  if (sentence.places.empty()) return;
  const auto vectors = finite_vectors(model, sentence.tokens, request.stop);
  for (const Place& place : sentence.places) {
    WordVector occurrence{index + 1, text, place.byte, place.byte + request.word.size(), vectors[place.first], {}};
    for (std::size_t i = 1; i < place.count; ++i)
      transformer::add(occurrence.vector.data(), vectors[place.first + i].data(), occurrence.vector.size());
    value.occurrences.push_back(std::move(occurrence));
  }
}

double cosine(const std::vector<float>& a, const std::vector<float>& b) {
  const auto product = [](const std::vector<float>& x, const std::vector<float>& y) {
    return static_cast<double>(transformer::dot(x.data(), y.data(), x.size()));
  };
  const double lengths = std::sqrt(product(a, a) * product(b, b));
  return lengths > 0 ? product(a, b) / lengths : 0;  // a vector of zeros has no direction
}

}  // namespace

VectorsValue vectors(const Model& model, const VectorsRequest& request) {
  const base::FailureContext context("computing a word's vectors");
  require_utf8(request.word);
  for (const std::string& sentence : request.sentences) require_utf8(sentence);
  VectorsValue value;
  for (std::size_t i = 0; i < request.sentences.size(); ++i) add_occurrences(value, model, request, i);
  if (value.occurrences.empty())
    throw base::Error(
        fmt::format("vectors: none of the sentences holds the word {}; give a word as they write it", request.word));
  for (WordVector& one : value.occurrences)
    for (const WordVector& other : value.occurrences) one.cosines.push_back(cosine(one.vector, other.vector));
  return value;
}

nlohmann::ordered_json to_json(const WordVector& occurrence) {
  return {{"sentence", occurrence.sentence}, {"text", occurrence.text},           {"start", occurrence.start},
          {"end", occurrence.end},           {"width", occurrence.vector.size()}, {"cosines", occurrence.cosines},
          {"vector", occurrence.vector}};
}

}  // namespace noema::app
