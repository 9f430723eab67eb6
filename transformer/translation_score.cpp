#include "transformer/translation_score.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "base/error.h"
#include "base/text.h"

namespace noema::transformer {
namespace {

using Tokens = std::vector<std::string>;

struct Overlap {
  double common = 0, translation = 0, reference = 0;  // n-grams

  double precision() const { return translation > 0 ? common / translation : 0; }
  double recall() const { return reference > 0 ? common / reference : 0; }
};

std::unordered_map<std::string, int> count_ngrams(const Tokens& tokens, std::size_t n) {
  std::unordered_map<std::string, int> counts;
  for (std::size_t i = 0; i + n <= tokens.size(); ++i) {
    std::string ngram;
    for (std::size_t j = 0; j < n; ++j) (ngram += tokens[i + j]) += '\0';  // no text contains a NUL
    ++counts[std::move(ngram)];
  }
  return counts;
}

/// An n-gram counts as correct at most as often as it occurs in the reference.
void count_overlap(Overlap& sum, const Tokens& translation, const Tokens& reference, std::size_t n) {
  const auto found = count_ngrams(translation, n), expected = count_ngrams(reference, n);
  for (const auto& [ngram, count] : found) {
    const auto at = expected.find(ngram);
    if (at != expected.end()) sum.common += std::min(count, at->second);
    sum.translation += count;
  }
  for (const auto& [ngram, count] : expected) sum.reference += count;
}

Overlap overlap(std::span<const Tokens> translations, std::span<const Tokens> references, std::size_t n) {
  base::check(translations.size() == references.size(), "as many translations as references");
  Overlap sum;
  for (std::size_t i = 0; i < translations.size(); ++i) count_overlap(sum, translations[i], references[i], n);
  return sum;
}

}  // namespace

Tokens characters_of(std::string_view text) {
  Tokens characters;
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && base::continues_character(text[end])) ++end;
    const std::string_view character = text.substr(begin, end - begin);
    if (!base::begins_with_white_space(character)) characters.emplace_back(character);
    begin = end;
  }
  return characters;
}

Tokens words_of(std::string_view text) {
  Tokens words(1);
  for (std::size_t begin = 0; begin < text.size();) {
    std::size_t end = begin + 1;
    while (end < text.size() && base::continues_character(text[end])) ++end;
    if (!base::begins_with_white_space(text.substr(begin, end - begin)))
      words.back() += text.substr(begin, end - begin);
    else if (!words.back().empty())
      words.emplace_back();
    begin = end;
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

void BleuCounts::add(const BleuCounts& other) {
  for (std::size_t n = 0; n < kOrders; ++n) {
    correct[n] += other.correct[n];
    said[n] += other.said[n];
  }
  reference += other.reference;
}

double BleuCounts::bleu() const {
  double logarithms = 0;
  for (std::size_t n = 0; n < kOrders; ++n) {
    if (correct[n] == 0) return 0;
    logarithms += std::log(correct[n] / said[n]);
  }
  const double brevity = std::min(0.0, 1 - reference / said[0]);
  return 100 * std::exp(brevity + logarithms / kOrders);
}

BleuCounts bleu_counts(const Tokens& translation, const Tokens& reference) {
  BleuCounts counts;
  for (std::size_t n = 0; n < BleuCounts::kOrders; ++n) {
    Overlap overlap;
    count_overlap(overlap, translation, reference, n + 1);
    counts.correct[n] = overlap.common;
    counts.said[n] = overlap.translation;
  }
  counts.reference = static_cast<double>(reference.size());
  return counts;
}

double bleu(std::span<const Tokens> translations, std::span<const Tokens> references) {
  base::check(translations.size() == references.size(), "as many translations as references");
  BleuCounts sum;
  for (std::size_t i = 0; i < translations.size(); ++i) sum.add(bleu_counts(translations[i], references[i]));
  return sum.bleu();
}

double chrf(std::span<const std::string> translations, std::span<const std::string> references) {
  constexpr std::size_t kOrders = 6;
  constexpr double kBeta2 = 2 * 2;
  std::vector<Tokens> found, expected;
  for (const auto& text : translations) found.push_back(characters_of(text));
  for (const auto& text : references) expected.push_back(characters_of(text));
  double precision = 0, recall = 0, orders = 0;
  for (std::size_t n = 1; n <= kOrders; ++n) {
    const Overlap o = overlap(found, expected, n);
    if (o.translation + o.reference == 0) continue;
    precision += o.precision();
    recall += o.recall();
    ++orders;
  }
  if (precision + recall == 0) return 0;
  precision /= orders;
  recall /= orders;
  return 100 * (1 + kBeta2) * precision * recall / (kBeta2 * precision + recall);
}

}  // namespace noema::transformer
