#include "reasoning/arms/label_arm.h"

#include <cmath>
#include <cstring>

#include "base/error.h"
#include "base/text.h"

namespace noema::reasoning {

using nlohmann::json;

concepts::names::Looks looks_of(const Experience& item) {
  if (const auto* values = std::get_if<Features>(&item))
    return concepts::names::looks_of_values(values->values, values->width);
  const auto* text = std::get_if<LabelledText>(&item);
  base::check(text != nullptr, "this arm takes labelled texts and features only");
  base::Segmenter segmenter;
  return concepts::names::looks_of_text(base::identities_in(segmenter, text->text));
}

Eigen::VectorXf vector_of(const Experience& item, std::size_t width) {
  if (const auto* values = std::get_if<Features>(&item))
    return Eigen::Map<const Eigen::VectorXf>(values->values.data(), static_cast<Eigen::Index>(values->values.size()));
  std::map<concepts::names::Part, int> counts;
  const concepts::names::Looks looks = looks_of(item);
  for (std::size_t aspect = 0; aspect < looks.parts.size(); ++aspect)
    for (const concepts::names::Part part : looks.parts[aspect]) ++counts[part + aspect * 0x9e3779b97f4a7c15ULL];
  Eigen::VectorXf vector = Eigen::VectorXf::Zero(static_cast<Eigen::Index>(width));
  for (const auto& [part, count] : counts) {
    const std::uint64_t mixed = (part ^ (part >> 31)) * 0x94d049bb133111ebULL;
    const auto place = static_cast<Eigen::Index>((mixed >> 8) % width);
    vector[place] +=
        ((mixed >> 4) & 1U) != 0 ? std::sqrt(static_cast<float>(count)) : -std::sqrt(static_cast<float>(count));
  }
  const float length = vector.norm();
  if (length > 0) vector /= length;
  return vector;
}

std::size_t LabelList::number(const std::string& label) {
  const auto [entry, is_new] = numbers_.emplace(label, labels_.size());
  if (is_new) labels_.push_back(label);
  return entry->second;
}

Label LabelList::best(const Eigen::VectorXd& scores) const {
  Label said;
  if (labels_.empty()) return said;
  Eigen::Index first = 0, second = -1;
  for (Eigen::Index i = 1; i < scores.size(); ++i) {
    if (scores[i] > scores[first]) {
      second = first;
      first = i;
    } else if (second < 0 || scores[i] > scores[second]) {
      second = i;
    }
  }
  said.label = labels_[static_cast<std::size_t>(first)];
  if (second >= 0) said.runner_up = labels_[static_cast<std::size_t>(second)];
  said.confidence = 1 / (scores.array() - scores[first]).exp().sum();
  return said;
}

void LabelList::load(const json& state) {
  labels_.clear();
  numbers_.clear();
  for (const json& label : state) number(label.get<std::string>());
}

std::uint64_t LabelList::bytes() const {
  std::uint64_t bytes = 0;
  for (const std::string& label : labels_) bytes += 2 * (label.size() + sizeof(std::string)) + 48;
  return bytes;
}

ArmKind label_kind(std::string name, std::string help) {
  ArmKind kind;
  kind.name = std::move(name);
  kind.help = std::move(help);
  kind.takes = {ExperienceKind::kLabelledText, ExperienceKind::kFeatures};
  return kind;
}

json matrix_to_json(const Eigen::MatrixXf& matrix) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(matrix.data());
  return {{"rows", matrix.rows()},
          {"columns", matrix.cols()},
          {"floats", json::binary({bytes, bytes + static_cast<std::size_t>(matrix.size()) * sizeof(float)})}};
}

Eigen::MatrixXf matrix_of_json(const json& state) {
  try {
    const auto rows = state.at("rows").get<std::int64_t>(), columns = state.at("columns").get<std::int64_t>();
    const auto& bytes = state.at("floats").get_binary();
    constexpr std::int64_t kMost = 1 << 20;
    if (rows < 0 || columns < 0 || rows > kMost || columns > kMost ||
        bytes.size() != static_cast<std::size_t>(rows * columns) * sizeof(float))
      throw base::Error("a saved matrix has another number of values than rows and columns say");
    Eigen::MatrixXf matrix(rows, columns);
    if (!bytes.empty()) std::memcpy(matrix.data(), bytes.data(), bytes.size());
    return matrix;
  } catch (const json::exception& error) {
    throw base::Error(std::string("a saved matrix cannot be read: ") + error.what());
  }
}

Eigen::VectorXf vector_of_json(const json& state) {
  const Eigen::MatrixXf matrix = matrix_of_json(state);
  if (matrix.cols() > 1) throw base::Error("a saved matrix has several columns where a vector was expected");
  return matrix.reshaped();
}

}  // namespace noema::reasoning
