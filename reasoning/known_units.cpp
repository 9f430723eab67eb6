#include "reasoning/known_units.h"

#include <Eigen/SVD>
#include <map>
#include <set>

namespace noema::reasoning {

using concepts::company::Columns;
using concepts::company::kAlikeWidth;
using transformer::Token;
using transformer::UnitVectors;

namespace {

/// The turn that brings `vectors` nearest to those before, by the units that are written in the same way.
Eigen::MatrixXf turn_towards(const UnitVectors& before, const Columns& vectors,
                             const std::vector<UnitVectors::Writing>& writings) {
  const Eigen::Map<const Columns> old(before.vectors().data(), static_cast<Eigen::Index>(before.rows()),
                                      static_cast<Eigen::Index>(before.width()));
  std::map<std::vector<Token>, std::uint32_t> rows;
  for (const UnitVectors::Writing& writing : before.writings()) rows.emplace(writing.tokens, writing.row);
  Eigen::MatrixXd agreement = Eigen::MatrixXd::Zero(vectors.cols(), vectors.cols());
  std::set<std::uint32_t> met;
  for (const UnitVectors::Writing& writing : writings) {
    const auto found = rows.find(writing.tokens);
    if (found == rows.end() || !met.insert(writing.row).second) continue;
    agreement += (vectors.row(writing.row).transpose() * old.row(found->second)).cast<double>();
  }
  const Eigen::JacobiSVD<Eigen::MatrixXd> parts(agreement, Eigen::ComputeFullU | Eigen::ComputeFullV);
  return (parts.matrixU() * parts.matrixV().transpose()).cast<float>();
}

}  // namespace

std::shared_ptr<const UnitVectors> known_units(const WrittenWords& written, int begin_end,
                                               const std::function<std::vector<Token>(const std::string&)>& tokens_of,
                                               const UnitVectors* before) {
  const auto& words = *written.words;
  std::vector<UnitVectors::Writing> writings;
  std::map<concepts::company::Word, std::uint32_t> rows;
  std::vector<concepts::company::Word> known;
  std::set<std::vector<Token>> taken;
  for (const auto& [word, surface] : written.writings) {
    std::vector<Token> tokens = tokens_of(surface);
    if (tokens.empty() || !taken.insert(tokens).second) continue;
    const auto [row, is_new] = rows.emplace(word, static_cast<std::uint32_t>(known.size()));
    if (is_new) known.push_back(word);
    writings.push_back({std::move(tokens), row->second});
  }
  if (known.empty()) return nullptr;
  const Columns directions = words.directions(std::min(kAlikeWidth, words.vectors().cols()));
  Columns vectors = Columns::Zero(static_cast<Eigen::Index>(known.size()), kAlikeWidth);
  std::vector<float> telling;
  for (std::size_t row = 0; row < known.size(); ++row) {
    vectors.row(static_cast<Eigen::Index>(row)).head(directions.cols()) = directions.row(known[row]);
    telling.push_back(words.telling(known[row]));
  }
  if (before != nullptr && before->width() == static_cast<std::size_t>(kAlikeWidth))
    vectors = (vectors * turn_towards(*before, vectors, writings)).eval();
  return std::make_shared<const UnitVectors>(begin_end, std::move(writings),
                                             std::vector<float>(vectors.data(), vectors.data() + vectors.size()),
                                             std::move(telling));
}

}  // namespace noema::reasoning
