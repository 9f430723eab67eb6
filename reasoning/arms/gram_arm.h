#pragma once
// Arms that learn labels in closed form: from sums over the items alone (gram.h), solved when they are asked.

#include "reasoning/arms/gram.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {

class GramArm : public LabelArm {
 public:
  GramArm(std::string name, std::size_t width) : LabelArm(std::move(name)), width_(width) {}

  /// The first one after an item solves.
  Outcome answer(const Experience& item) override;
  void warm(const Experience& item) override;
  LearnerState state() const override;
  std::string save() override;
  void load(std::string_view bytes) override;

 protected:
  /// What is summed of an item's vector.
  virtual Eigen::VectorXf features_of(const Eigen::VectorXf& x) { return x; }
  /// Finds the weights [features, classes].
  virtual Eigen::MatrixXf solved(Gram& gram) = 0;
  /// Of each class, from what the weights give; their softmax is the confidence.
  virtual Eigen::VectorXf scores(const Eigen::VectorXf& given) const = 0;
  virtual std::uint64_t own_bytes() const { return 0; }

 private:
  std::size_t width_;
  LabelList labels_;
  Gram gram_;
  bool is_solved_ = false;
  Eigen::MatrixXf weights_;  // [features, classes]
};

}  // namespace noema::reasoning
