#include "concepts/company/analogies.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "concepts/company/writing.h"

namespace noema::concepts::company {
namespace {

constexpr std::size_t kAtOnce = 64;  // words in one pass over the cells
constexpr std::size_t kKept = 512;
constexpr float kSparseFloor = 0.01F, kDenseFloor = 0.001F;
constexpr float kDenseWeight = 3;
constexpr float kGivenWeight = 0.8F;  // of A
constexpr double kWritten = 2;

/// Directions of the left singular vectors, each times its singular value: the vectors are those times its root, so
/// each column's length is the root of its singular value.
Columns whole_directions(Columns vectors) {
  for (Eigen::Index i = 0; i < vectors.cols(); ++i) vectors.col(i) *= vectors.col(i).norm();
  vectors.rowwise().normalize();
  return vectors;
}

}  // namespace

Analogies::Analogies(const Company& company, Asked asked) : company_(company), asked_(asked) {
  if (asked != Asked::kSparse) directions_ = whole_directions(company.words.vectors());
}

void Analogies::prepare(std::span<const Word> words) {
  std::set<Word> wanted(words.begin(), words.end());
  for (const auto& [word, made] : logarithms_) wanted.erase(word);
  if (logarithms_.size() + wanted.size() > kKept) {
    logarithms_.clear();
    wanted = {words.begin(), words.end()};
  }
  const std::vector<Word> missing(wanted.begin(), wanted.end());
  for (std::size_t i = 0; i < missing.size(); i += kAtOnce)
    add(std::span(missing).subspan(i, std::min(kAtOnce, missing.size() - i)));
}

void Analogies::add(std::span<const Word> words) {
  const auto count = static_cast<Eigen::Index>(words.size());
  Columns sum = Columns::Zero(static_cast<Eigen::Index>(company_.words.size()), count);
  if (asked_ != Asked::kDense)
    sum.array() += (company_.associations.cosines(words).array().max(0.F) + kSparseFloor).log();
  if (asked_ != Asked::kSparse) {
    Columns given(count, directions_.cols());
    for (Eigen::Index i = 0; i < count; ++i) given.row(i) = directions_.row(words[static_cast<std::size_t>(i)]);
    const Columns cosines = directions_ * given.transpose();
    sum.array() += kDenseWeight * ((cosines.array() + 1) / 2 + kDenseFloor).log();
  }
  for (Eigen::Index i = 0; i < count; ++i) logarithms_[words[static_cast<std::size_t>(i)]] = sum.col(i);
}

std::optional<Word> Analogies::word_written_alike(Word a, Word b, Word c) const {
  const Words& words = company_.words;
  const auto writing = written_alike(words[a].identity, words[b].identity, words[c].identity);
  return writing ? words.find(*writing) : std::nullopt;
}

std::vector<ScoredWord> Analogies::solve(Word a, Word b, Word c, std::size_t k) {
  prepare(std::vector<Word>{a, b, c});
  const Eigen::VectorXf scores = logarithms_.at(b) + logarithms_.at(c) - kGivenWeight * logarithms_.at(a);
  const std::optional<Word> written = asked_ == Asked::kWriting ? word_written_alike(a, b, c) : std::nullopt;
  std::vector<ScoredWord> hits;
  for (Word word = 0; word < company_.words.size(); ++word)
    if (word != a && word != b && word != c) hits.push_back({word, scores[word] + (word == written ? kWritten : 0)});
  return best_of(std::move(hits), k);
}

}  // namespace noema::concepts::company
