#pragma once
// Arms that learn labels: of texts, and of features such as images.

#include <Eigen/Core>
#include <map>
#include <string>
#include <vector>

#include "concepts/names/looks.h"
#include "reasoning/arms/arm.h"

namespace noema::reasoning {

class LabelArm : public Learner {
 public:
  explicit LabelArm(std::string name) : name_(std::move(name)) {}
  std::string_view name() const final { return name_; }
  Outcome experience(const Experience& experience) final {
    Outcome said = answer(experience);
    warm(experience);
    return said;
  }

 private:
  std::string name_;
};

/// Of an item: its parts in all aspects.
concepts::names::Looks looks_of(const Experience& item);
/// Of an item: a vector. Features as they are, whatever `width`; a text as the square roots of how often its parts fall
/// into `width` places, to which they are hashed with a sign (Weinberger et al. 2009), at length 1.
Eigen::VectorXf vector_of(const Experience& item, std::size_t width);

/// LabelList by number, in the order of being told.
class LabelList {
 public:
  std::size_t number(const std::string& label);
  std::size_t size() const { return labels_.size(); }
  /// The likeliest by scores [size], their softmax as probabilities. Nothing if there are no labels.
  Label best(const Eigen::VectorXd& scores) const;
  nlohmann::json save() const { return labels_; }
  void load(const nlohmann::json& state);
  std::uint64_t bytes() const;

 private:
  std::vector<std::string> labels_;
  std::map<std::string, std::size_t> numbers_;
};

/// What takes labelled texts and features.
ArmKind label_kind(std::string name, std::string help);

/// A matrix of floats or doubles as JSON, and back. Throws base::Error for what is none.
nlohmann::json matrix_to_json(const Eigen::MatrixXf& matrix);
Eigen::MatrixXf matrix_of_json(const nlohmann::json& state);
/// Of a matrix with one column, or none.
Eigen::VectorXf vector_of_json(const nlohmann::json& state);

}  // namespace noema::reasoning
