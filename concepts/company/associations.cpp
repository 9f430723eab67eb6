#include "concepts/company/associations.h"

#include <tbb/parallel_for.h>

#include <array>
#include <cmath>
#include <memory>

#include "base/clones.h"
#include "base/numbers.h"

namespace noema::concepts::company {
namespace {

/// y += a x, over n entries; each by itself, so that every version gives the same bits.
NOEMA_CLONES void add_scaled(float a, const float* __restrict x, float* __restrict y, std::size_t n) {
  for (std::size_t i = 0; i < n; ++i) y[i] += a * x[i];
}

/// ln of counts; those below 4096 from a table.
class Logarithms {
 public:
  Logarithms() {
    for (std::size_t n = 1; n < table_.size(); ++n) table_[n] = static_cast<float>(base::exact_log(double(n)));
  }
  float of(std::uint32_t n) const { return n < table_.size() ? table_[n] : static_cast<float>(base::exact_log(n)); }

 private:
  std::array<float, 4096> table_{};
};

constexpr double kMeanWeight = 3;  // of a pair within a window of radius 5: so many counts are one meeting

const Logarithms& logarithms() {
  static const Logarithms all;
  return all;
}

std::vector<double> totals(const CountMatrix& counts) {
  std::vector<double> all;
  for (Word word = 0; word < counts.rows(); ++word) all.push_back(static_cast<double>(counts.total(word)));
  return all;
}

std::vector<double> sums(std::vector<double> a, const std::vector<double>& b) {
  for (std::size_t i = 0; i < a.size(); ++i) a[i] += b[i];
  return a;
}

/// Row by row; a row of the result is made by one thread in the order of the cells.
template <typename Value>
Columns product(const CountMatrix& counts, const Columns& x, const Value& value) {
  Columns y = Columns::Zero(static_cast<Eigen::Index>(counts.rows()), x.cols());
  const auto width = static_cast<std::size_t>(x.cols());
  tbb::parallel_for(std::size_t{0}, counts.rows(), [&](std::size_t row) {
    for (const Cell& cell : counts.row(static_cast<Word>(row))) {
      const float v = value(static_cast<Word>(row), cell.word, logarithms().of(cell.count));
      if (v > 0) add_scaled(v, x.data() + cell.word * width, y.data() + row * width, width);
    }
  });
  return y;
}

}  // namespace

Associations::Associations(CountMatrix after) : after_(std::move(after)), before_(after_.transposed()) {
  const std::vector<double> followed = totals(after_), preceded = totals(before_);
  const std::vector<double> both = sums(followed, preceded);
  // A word that stands before w is one that w stands after. Both sides share the sum over contexts.
  std::vector<double> contexts = followed;
  contexts.insert(contexts.end(), preceded.begin(), preceded.end());
  information_.emplace(both, contexts);
}

Products Associations::around() const {
  const auto counts = std::make_shared<const CountMatrix>(sum(after_, before_));
  const std::vector<double> all = totals(*counts);
  const auto information = std::make_shared<const Information>(all, all);
  const auto words = static_cast<Eigen::Index>(this->words());
  const auto forward = [=](Word word, Word context, float log) { return information->of(word, context, log); };
  const auto backward = [=](Word context, Word word, float log) { return information->of(word, context, log); };
  return {words, words, [=](const Columns& x) { return product(*counts, x, forward); },
          [=](const Columns& x) { return product(*counts, x, backward); }};
}

std::vector<float> Associations::informativeness() const {
  const std::vector<double> followed = totals(after_), preceded = totals(before_);
  double all = 0;
  for (const double n : followed) all += n;
  std::vector<float> result;
  for (Word word = 0; word < words(); ++word) {
    const double own = followed[word] + preceded[word];
    double nats = 0;
    const auto take = [&](const CountMatrix& counts, const std::vector<double>& others) {
      for (const Cell& cell : counts.row(word))
        nats += cell.count / own * base::exact_log(cell.count * 2 * all / (own * others[cell.word]));
    };
    if (own > 0) {
      take(before_, followed);
      take(after_, preceded);
      nats -= static_cast<double>(before_.row(word).size() + after_.row(word).size()) / (2 * own / kMeanWeight);
    }
    result.push_back(static_cast<float>(std::max(nats, 0.0)));
  }
  return result;
}

template <typename Visit>
void Associations::for_each_entry(Word word, const Visit& visit) const {
  const auto words = static_cast<Word>(this->words());
  for (const Cell& cell : before_.row(word))
    if (const float v = information_->of(word, cell.word, logarithms().of(cell.count)); v > 0) visit(cell.word, v);
  for (const Cell& cell : after_.row(word))
    if (const float v = information_->of(word, words + cell.word, logarithms().of(cell.count)); v > 0)
      visit(words + cell.word, v);
}

Columns Associations::cosines(std::span<const Word> given) const {
  const std::size_t width = given.size();
  Columns wanted = Columns::Zero(static_cast<Eigen::Index>(2 * words()), static_cast<Eigen::Index>(width));
  for (std::size_t i = 0; i < width; ++i) {
    double square = 0;
    for_each_entry(given[i], [&](Word, float v) { square += double{v} * v; });
    const auto scale = static_cast<float>(square > 0 ? 1 / std::sqrt(square) : 0);
    for_each_entry(given[i], [&](Word dimension, float v) {
      wanted(static_cast<Eigen::Index>(dimension), static_cast<Eigen::Index>(i)) = v * scale;
    });
  }
  Columns result = Columns::Zero(static_cast<Eigen::Index>(words()), static_cast<Eigen::Index>(width));
  tbb::parallel_for(std::size_t{0}, words(), [&](std::size_t word) {
    float* row = result.data() + word * width;
    double square = 0;
    for_each_entry(static_cast<Word>(word), [&](Word dimension, float v) {
      square += double{v} * v;
      add_scaled(v, wanted.data() + dimension * width, row, width);
    });
    const auto scale = static_cast<float>(square > 0 ? 1 / std::sqrt(square) : 0);
    for (std::size_t i = 0; i < width; ++i) row[i] *= scale;
  });
  return result;
}

double Associations::cosine(Word a, Word b) const {
  std::vector<double> of_a(2 * words(), 0);
  double square_a = 0, square_b = 0, dot = 0;
  for_each_entry(a, [&](Word dimension, float v) { square_a += double{v} * v, of_a[dimension] = v; });
  for_each_entry(b, [&](Word dimension, float v) { square_b += double{v} * v, dot += of_a[dimension] * v; });
  return square_a > 0 && square_b > 0 ? dot / std::sqrt(square_a * square_b) : 0;
}

}  // namespace noema::concepts::company
