#include "concepts/company/senses.h"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "concepts/company/kmeans.h"
#include "concepts/company/ward.h"

namespace noema::concepts::company {
namespace {

/// Adds the directions of the first `reach` words on one side; weight(word, distance).
template <typename Weight>
void add_side(const std::vector<Word>& side, std::size_t reach, const Columns& directions, const Weight& weight,
              Eigen::RowVectorXf& sum, float& all) {
  for (std::size_t i = 0; i < std::min(reach, side.size()); ++i) {
    if (side[i] == kNoWord) continue;
    const float w = weight(side[i], i + 1);
    sum += w * directions.row(side[i]);
    all += w;
  }
}

template <typename Weight>
Eigen::RowVectorXf mean_around(const Surroundings& around, std::size_t reach, const Columns& directions,
                               const Weight& weight) {
  Eigen::RowVectorXf sum = Eigen::RowVectorXf::Zero(directions.cols());
  float all = 0;
  add_side(around.before, reach, directions, weight, sum, all);
  add_side(around.after, reach, directions, weight, sum, all);
  return all > 0 ? Eigen::RowVectorXf(sum / all) : sum;
}

/// Rows by their direction alone.
Columns at_length_one(Columns rows) {
  for (Eigen::Index row = 0; row < rows.rows(); ++row) rows.row(row).normalize();  // 0 stays 0
  return rows;
}

/// The axes along which the rows, whose mean is 0, vary most: [width, count].
Eigen::MatrixXf principal_axes(const Columns& rows, Eigen::Index count) {
  const Eigen::MatrixXd covariance = (rows.transpose() * rows).cast<double>();
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solved(covariance);  // ascending
  return solved.eigenvectors().rightCols(std::min(count, rows.cols())).rowwise().reverse().cast<float>();
}

}  // namespace

Eigen::RowVectorXf context_of(const Surroundings& surroundings, const Words& words, const Columns& directions,
                              const SenseOptions& options) {
  const auto telling = [&](Word word, std::size_t distance) {
    return words.telling(word) / std::sqrt(static_cast<float>(distance));
  };
  const auto any = [](Word, std::size_t) { return 1.F; };
  return mean_around(surroundings, options.reach, directions, telling) +
         options.near_weight * mean_around(surroundings, options.near_reach, directions, any);
}

namespace {

/// Numbers without gaps, in the order in which they first appear: how many, and of each old number its new one.
std::size_t close_gaps(std::vector<std::size_t>& numbers, std::vector<std::size_t>& renamed) {
  constexpr std::size_t kNone = ~std::size_t{0};
  renamed.assign(numbers.empty() ? 0 : 1 + *std::max_element(numbers.begin(), numbers.end()), kNone);
  std::size_t count = 0;
  for (std::size_t& number : numbers) {
    if (renamed[number] == kNone) renamed[number] = count++;
    number = renamed[number];
  }
  return count;
}

}  // namespace

Senses::Senses(const Columns& contexts, std::vector<MentionWords> words, std::uint64_t seed,
               const SenseOptions& options)
    : centre_(contexts.colwise().mean()),
      axes_(principal_axes(contexts.rowwise() - centre_, options.dimensions)),
      groups_({}, {}, 0) {
  const Columns points = along_axes(contexts);
  const Means many = k_means(points, options.most_compared, seed);
  const auto joinings = ward(many.means, many.sizes);
  const std::size_t count = many.sizes.size();
  const auto fine = groups_after(joinings, count, options.most_fine);
  std::vector<std::size_t> of_mentions;
  for (const std::size_t group : many.groups) of_mentions.push_back(fine[group]);
  const std::size_t fine_count = 1 + *std::max_element(fine.begin(), fine.end());
  groups_ = MentionGroups(std::move(words), of_mentions, fine_count);
  take_means(points);
  refine(points);
  by_words_ = groups_.saved() > 0;
  if (by_words_) {
    join(options);
  } else {
    groups_ = MentionGroups(groups_.mentions(), of_mentions, fine_count);
    const double within = squared_distances(points, many.means, many.groups);
    senses_ = shortest_description(joinings, many.sizes, options.most_fine, directions_that_differ(points), within);
    const auto coarse = groups_after(joinings, count, senses_);
    sense_of_.assign(fine_count, 0);
    for (std::size_t i = 0; i < fine.size(); ++i) sense_of_[fine[i]] = coarse[i];
  }
  take_means(points);
}

Columns Senses::along_axes(const Columns& contexts) const {
  return at_length_one((contexts.rowwise() - centre_) * axes_);
}

/// The means of the fine senses, and how far their mentions lie from them.
void Senses::take_means(const Columns& points) {
  means_ = Columns::Zero(static_cast<Eigen::Index>(groups_.count()), points.cols());
  const auto& fine = groups_.groups();
  for (std::size_t i = 0; i < fine.size(); ++i)
    means_.row(static_cast<Eigen::Index>(fine[i])) += points.row(static_cast<Eigen::Index>(i));
  for (std::size_t i = 0; i < groups_.count(); ++i)
    if (groups_.size(i) > 0) means_.row(static_cast<Eigen::Index>(i)) /= static_cast<float>(groups_.size(i));
  variance_ = std::max(squared_distances(points, means_, fine) / static_cast<double>(points.size()), 1e-12);
}

/// How likely a mention is in a fine sense, up to a constant. Contexts count half: they are made of the same words.
double Senses::nats(std::size_t fine, const MentionWords& words, const Eigen::RowVectorXf& point) const {
  constexpr double kContexts = 0.5;
  const double distance = (means_.row(static_cast<Eigen::Index>(fine)) - point).squaredNorm();
  return std::log(groups_.size(fine) + 1) + (by_words_ ? groups_.nats(fine, words) : 0) -
         kContexts * distance / (2 * variance_);
}

void Senses::refine(const Columns& points) {
  constexpr int kMostPasses = 20;
  constexpr std::size_t kFewMoves = 3;
  for (int pass = 0; pass < kMostPasses; ++pass) {
    std::size_t moved = 0;
    for (std::size_t i = 0; i < groups_.groups().size(); ++i) {
      const std::size_t before = groups_.groups()[i];
      groups_.take_out(i);
      double best = -INFINITY;
      std::size_t to = before;
      for (std::size_t k = 0; k < groups_.count(); ++k) {
        if (groups_.size(k) == 0) continue;
        const double likely = nats(k, groups_.mentions()[i], points.row(static_cast<Eigen::Index>(i)));
        if (likely > best) best = likely, to = k;
      }
      groups_.put_in(i, to);
      if (to != before) ++moved;
    }
    take_means(points);
    if (moved < kFewMoves) break;
  }
}

void Senses::join(const SenseOptions& options) {
  std::vector<std::size_t> renamed;
  groups_.join_all(options.least_fine * groups_.saved());
  std::vector<std::size_t> fine = groups_.groups();
  const std::size_t count = close_gaps(fine, renamed);
  groups_ = MentionGroups(groups_.mentions(), std::move(fine), count);
  MentionGroups coarse = groups_;
  sense_of_ = coarse.join_all(options.least_sense * coarse.saved());
  senses_ = close_gaps(sense_of_, renamed);
}

SenseChoice Senses::choose(const MentionSeen& mention) const {
  const Columns point = along_axes(mention.context);
  SenseChoice choice;
  std::vector<double> logs;
  for (std::size_t fine = 0; fine < groups_.count(); ++fine) {
    logs.push_back(nats(fine, mention.words, point.row(0)));
    if (logs[fine] > logs[choice.fine]) choice.fine = fine;
  }
  choice.sense = sense_of_[choice.fine];
  double all = 0, own = 0;
  for (std::size_t fine = 0; fine < logs.size(); ++fine) {
    const double p = std::exp(logs[fine] - logs[choice.fine]);
    all += p;
    if (sense_of_[fine] == choice.sense) own += p;
  }
  choice.probability = own / all;
  return choice;
}

}  // namespace noema::concepts::company
