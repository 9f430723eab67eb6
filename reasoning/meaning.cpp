#include "reasoning/meaning.h"

#include <cmath>
#include <cstring>

#include "base/clock.h"
#include "base/error.h"

namespace noema::reasoning {

using concepts::ConceptId;

Meaning::Meaning(const transformer::Model& model) : model_(model), encoder_(model), width_(model.width()) {}

void Meaning::perceive(const std::vector<std::string>& surfaces, const std::vector<ConceptId>& units) {
  if (units.empty()) return;
  const base::Stopwatch watch;
  std::vector<transformer::Token> tokens;
  std::vector<Eigen::Index> ends;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto unit_tokens = model_.tokenizer().encode(surfaces[i]);
    tokens.insert(tokens.end(), unit_tokens.begin(), unit_tokens.end());
    ends.push_back(static_cast<Eigen::Index>(tokens.size()));
  }
  const std::vector<float> encoded = encoder_.encode(tokens, transformer::Mask::kBidirectional);
  const Eigen::Map<const Eigen::MatrixXf> states(encoded.data(), width_,
                                                 static_cast<Eigen::Index>(tokens.size()));  // a column a token
  Eigen::Index begin = 0;
  for (std::size_t i = 0; i < units.size(); begin = ends[i++]) {
    if (units[i] == concepts::kBoundary) continue;  // a word that faded: it is context and has no vector
    Mean& mean = means_[units[i]];
    if (mean.mentions == 0) mean.sum = Eigen::VectorXf::Zero(width_);
    mean.sum += states.middleCols(begin, ends[i] - begin).rowwise().mean();
    ++mean.mentions;
  }
  seconds_ += watch.seconds();
}

Eigen::VectorXf Meaning::vector_of(const concepts::Graph& graph, ConceptId concept_id) const {
  Eigen::VectorXf vector = Eigen::VectorXf::Zero(width_);
  for (const ConceptId form : graph.forms_of(concept_id))
    for (const ConceptId unit : graph.nodes().units_of(form))
      if (const auto mean = means_.find(unit); mean != means_.end())
        vector += mean->second.sum / static_cast<float>(mean->second.mentions);
  return vector.isZero(0) ? Eigen::VectorXf() : vector.normalized();
}

std::string Meaning::coded(ConceptId unit) const {
  const auto found = means_.find(unit);
  if (found == means_.end()) return {};
  const Mean& mean = found->second;
  const float scale = mean.sum.lpNorm<Eigen::Infinity>() / 127.0F;
  std::string bytes(8 + static_cast<std::size_t>(width_), '\0');
  std::memcpy(bytes.data(), &mean.mentions, 4);
  std::memcpy(bytes.data() + 4, &scale, 4);
  for (Eigen::Index d = 0; d < width_; ++d)
    bytes[static_cast<std::size_t>(8 + d)] = static_cast<char>(scale > 0 ? std::lround(mean.sum[d] / scale) : 0);
  return bytes;
}

void Meaning::restore(ConceptId unit, std::string_view bytes) {
  if (bytes.empty()) return;
  if (bytes.size() != 8 + static_cast<std::size_t>(width_))
    throw base::Error("a concept's vector has another width than the life's model; run `noema check`");
  Mean& mean = means_[unit];
  float scale = 0;
  std::memcpy(&mean.mentions, bytes.data(), 4);
  std::memcpy(&scale, bytes.data() + 4, 4);
  mean.sum.resize(width_);
  for (Eigen::Index d = 0; d < width_; ++d)
    mean.sum[d] = scale * static_cast<float>(static_cast<signed char>(bytes[static_cast<std::size_t>(8 + d)]));
}

}  // namespace noema::reasoning
