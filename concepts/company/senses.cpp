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

Senses::Senses(const Columns& contexts, std::uint64_t seed, const SenseOptions& options)
    : centre_(contexts.colwise().mean()) {
  const Columns centred = contexts.rowwise() - centre_;
  axes_ = principal_axes(centred, options.dimensions);
  const Columns points = at_length_one(centred * axes_);
  const Means many = k_means(points, options.most_compared, seed);
  const auto joinings = ward(many.means, many.sizes);
  const double within = squared_distances(points, many.means, many.groups);
  const std::size_t count = many.sizes.size();
  senses_ = shortest_description(joinings, many.sizes, options.most_fine, directions_that_differ(points), within);
  const auto fine = groups_after(joinings, count, options.most_fine), coarse = groups_after(joinings, count, senses_);
  for (const std::size_t group : many.groups) fine_of_mentions_.push_back(fine[group]);
  take_means(points, fine, coarse);
}

/// The means of the fine senses, how common each is, and how far its mentions lie from it.
void Senses::take_means(const Columns& points, const std::vector<std::size_t>& fine,
                        const std::vector<std::size_t>& coarse) {
  const std::size_t count = 1 + *std::max_element(fine.begin(), fine.end());
  sense_of_.assign(count, 0);
  for (std::size_t i = 0; i < fine.size(); ++i) sense_of_[fine[i]] = coarse[i];
  sizes_.assign(count, 0);
  means_ = Columns::Zero(static_cast<Eigen::Index>(count), points.cols());
  for (std::size_t i = 0; i < fine_of_mentions_.size(); ++i) {
    ++sizes_[fine_of_mentions_[i]];
    means_.row(static_cast<Eigen::Index>(fine_of_mentions_[i])) += points.row(static_cast<Eigen::Index>(i));
  }
  for (std::size_t i = 0; i < count; ++i) means_.row(static_cast<Eigen::Index>(i)) /= static_cast<float>(sizes_[i]);
  const double within = squared_distances(points, means_, fine_of_mentions_);
  variance_ = std::max(within / static_cast<double>(points.size()), 1e-12);
}

SenseChoice Senses::choose(const Eigen::RowVectorXf& context) const {
  const Columns point = at_length_one((context - centre_) * axes_);
  std::vector<double> logs;
  SenseChoice choice;
  double least = INFINITY;
  for (std::size_t fine = 0; fine < sizes_.size(); ++fine) {
    const double distance = (means_.row(static_cast<Eigen::Index>(fine)) - point.row(0)).squaredNorm();
    logs.push_back(std::log(sizes_[fine]) - distance / (2 * variance_));
    if (distance < least) least = distance, choice.fine = fine;
  }
  choice.sense = sense_of_[choice.fine];
  const double most = *std::max_element(logs.begin(), logs.end());
  double all = 0, own = 0;
  for (std::size_t fine = 0; fine < logs.size(); ++fine) {
    const double p = std::exp(logs[fine] - most);
    all += p;
    if (sense_of_[fine] == choice.sense) own += p;
  }
  choice.probability = own / all;
  return choice;
}

}  // namespace noema::concepts::company
