#include "reasoning/arms/slda_arm.h"

#include <Eigen/Cholesky>

#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/gram.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {
namespace {

/// The covariance is that of the items around their class's mean, exactly: what is summed is x x', from which the means
/// are taken when it is asked. (The paper's running estimate takes the mean of the moment.)
class SldaArm final : public LabelArm {
 public:
  SldaArm(std::string name, std::size_t width, double shrinkage)
      : LabelArm(std::move(name)), width_(width), shrinkage_(static_cast<float>(shrinkage)) {}

  Outcome answer(const Experience& item) override {
    if (labels_.size() == 0) return Label{};
    if (!is_solved_) solve();
    const Eigen::VectorXf x = vector_of(item, width_);
    return labels_.best((weights_.transpose() * x + bias_).cast<double>());
  }
  void warm(const Experience& item) override {
    gram_.add(vector_of(item, width_), labels_.number(label_of(item)));
    is_solved_ = false;
  }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = gram_.bytes() + labels_.bytes() + static_cast<std::uint64_t>(weights_.size()) * sizeof(float);
    return state;
  }
  std::string save() override {
    return packed_state({{"arm", std::string(name())}, {"labels", labels_.save()}, {"gram", gram_.save()}});
  }
  void load(std::string_view bytes) override {
    const nlohmann::json state = unpacked_state(bytes, name());
    labels_.load(state.at("labels"));
    gram_.load(state.at("gram"));
    is_solved_ = false;
  }

 private:
  void solve() {
    Eigen::MatrixXf means = gram_.sums();
    for (Eigen::Index i = 0; i < means.cols(); ++i) means.col(i) /= gram_.counts()[i];
    Eigen::MatrixXf covariance = gram_.products();
    covariance.noalias() -= means * gram_.counts().asDiagonal() * means.transpose();
    covariance *= (1 - shrinkage_) / gram_.counts().sum();
    covariance.diagonal().array() += shrinkage_;
    weights_ = covariance.llt().solve(means);
    bias_ = -0.5F * (means.array() * weights_.array()).colwise().sum().transpose();
    is_solved_ = true;
  }

  std::size_t width_;
  float shrinkage_;
  LabelList labels_;
  Gram gram_;
  bool is_solved_ = false;
  Eigen::MatrixXf weights_;  // [width, classes]
  Eigen::VectorXf bias_;     // [classes]
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
