#include "reasoning/arms/slda_arm.h"

#include <Eigen/Cholesky>

#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/gram_arm.h"

namespace noema::reasoning {
namespace {

/// The covariance is that of the items around their class's mean, exactly: what is summed is x x', from which the means
/// are taken when it is asked. (The paper's running estimate takes the mean of the moment.)
class SldaArm final : public GramArm {
 public:
  SldaArm(std::string name, std::size_t width, double shrinkage)
      : GramArm(std::move(name), width), shrinkage_(static_cast<float>(shrinkage)) {}

 protected:
  Eigen::MatrixXf solved(Gram& gram) override {
    Eigen::MatrixXf means = gram.sums();
    for (Eigen::Index i = 0; i < means.cols(); ++i) means.col(i) /= gram.counts()[i];
    Eigen::MatrixXf covariance = gram.products();
    covariance.noalias() -= means * gram.counts().asDiagonal() * means.transpose();
    covariance *= (1 - shrinkage_) / gram.counts().sum();
    covariance.diagonal().array() += shrinkage_;
    Eigen::MatrixXf weights = covariance.llt().solve(means);
    bias_ = -0.5F * (means.array() * weights.array()).colwise().sum().transpose();
    return weights;
  }
  Eigen::VectorXf scores(const Eigen::VectorXf& given) const override { return given + bias_; }

 private:
  float shrinkage_;
  Eigen::VectorXf bias_;  // [classes]
};

}  // namespace

ArmKind slda_arm() {
  using base::Key;
  ArmKind kind = label_kind("slda", "streaming linear discriminant analysis, over hashed parts of texts or features");
  kind.options = {Key{"width", "places to which parts of texts are hashed", std::int64_t{2048}, {16, 1 << 14, true}},
                  Key{"shrinkage", "share of the identity in the covariance", 1e-4, {1e-9, 1}}};
  kind.make = [](const ArmSpec& spec, ArmHost&) -> std::unique_ptr<Learner> {
    return std::make_unique<SldaArm>(spec.name, spec.settings.count("width"), spec.settings.number("shrinkage"));
  };
  return kind;
}

}  // namespace noema::reasoning
