#include "reasoning/meaning.h"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "base/clock.h"
#include "base/error.h"

namespace noema::reasoning {

using concepts::ConceptId;

Meaning::Meaning(const transformer::Model& model) : model_(model), encoder_(model), width_(static_cast<std::size_t>(model.width())) {}

void Meaning::perceive(const std::vector<std::string>& surfaces, const std::vector<ConceptId>& units) {
  if (units.empty()) return;
  const base::Stopwatch watch;
  std::vector<transformer::Token> tokens;
  std::vector<std::size_t> ends;
  for (std::size_t i = 0; i < units.size(); ++i) {
    const auto unit_tokens = model_.tokenizer().encode(surfaces[i]);
    tokens.insert(tokens.end(), unit_tokens.begin(), unit_tokens.end());
    ends.push_back(tokens.size());
  }
  const std::vector<float> states = encoder_.encode(tokens, transformer::Mask::kBidirectional);
  std::size_t token = 0;
  for (std::size_t i = 0; i < units.size(); ++i) {
    if (units[i] >= means_.size()) means_.resize(units[i] + 1);
    Mean& mean = means_[units[i]];
    if (mean.sum.empty()) mean.sum.resize(width_);
    const auto share = 1.0F / static_cast<float>(ends[i] - token);
    for (; token < ends[i]; ++token)
      for (std::size_t d = 0; d < width_; ++d) mean.sum[d] += share * states[token * width_ + d];
    ++mean.mentions;
  }
  seconds_ += watch.seconds();
}

std::vector<float> Meaning::vector_of(const concepts::Graph& graph, ConceptId concept_id) const {
  std::vector<float> vector(width_);
  for (const ConceptId form : graph.forms_of(concept_id)) {
    for (const ConceptId unit : graph.units_of(form)) {
      if (unit >= means_.size() || means_[unit].mentions == 0) continue;
      for (std::size_t d = 0; d < width_; ++d) vector[d] += means_[unit].sum[d] / static_cast<float>(means_[unit].mentions);
    }
  }
  double square = 0;
  for (const float x : vector) square += double{x} * double{x};
  if (square == 0) return {};
  for (float& x : vector) x = static_cast<float>(x / std::sqrt(square));
  return vector;
}

std::string Meaning::coded(ConceptId unit) const {
  if (unit >= means_.size() || means_[unit].mentions == 0) return {};
  const Mean& mean = means_[unit];
  float largest = 0;
  for (const float x : mean.sum) largest = std::max(largest, std::abs(x));
  const float scale = largest / 127.0F;
  std::string bytes(8 + width_, '\0');
  std::memcpy(bytes.data(), &mean.mentions, 4);
  std::memcpy(bytes.data() + 4, &scale, 4);
  for (std::size_t d = 0; d < width_; ++d) bytes[8 + d] = static_cast<char>(scale > 0 ? std::lround(mean.sum[d] / scale) : 0);
  return bytes;
}

void Meaning::restore(ConceptId unit, std::string_view bytes) {
  if (bytes.empty()) return;
  if (bytes.size() != 8 + width_) throw base::Error("a concept's vector has another width than the life's model; run `noema check`");
  if (unit >= means_.size()) means_.resize(unit + 1);
  Mean& mean = means_[unit];
  float scale = 0;
  std::memcpy(&mean.mentions, bytes.data(), 4);
  std::memcpy(&scale, bytes.data() + 4, 4);
  mean.sum.resize(width_);
  for (std::size_t d = 0; d < width_; ++d) mean.sum[d] = scale * static_cast<float>(static_cast<signed char>(bytes[8 + d]));
}

}  // namespace noema::reasoning
