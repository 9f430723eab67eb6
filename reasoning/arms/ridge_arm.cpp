#include "reasoning/arms/ridge_arm.h"

#include <Eigen/Cholesky>

#include "base/rng.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/gram_arm.h"

namespace noema::reasoning {
namespace {

struct RidgeSettings {
  std::size_t width = 0, features = 0;
  float ridge = 1;
  std::uint64_t seed = 1;
};

/// h = max(0, P x), P fixed and random; scores = h' (sum h h' + ridge I)^-1 (sum h y').
class RidgeArm final : public GramArm {
 public:
  RidgeArm(std::string name, const RidgeSettings& settings)
      : GramArm(std::move(name), settings.width), settings_(settings) {}

 protected:
  Eigen::VectorXf features_of(const Eigen::VectorXf& x) override {
    if (projection_.size() == 0) {
      projection_.resize(static_cast<Eigen::Index>(settings_.features), x.size());
      base::Rng rng = base::Rng(settings_.seed).fork("random features");
      for (Eigen::Index i = 0; i < projection_.size(); ++i) projection_.data()[i] = static_cast<float>(rng.normal());
    }
    // Texts and images are mostly zeros.
    Eigen::VectorXf features = Eigen::VectorXf::Zero(projection_.rows());
    for (Eigen::Index i = 0; i < x.size(); ++i)
      if (x[i] != 0) features += x[i] * projection_.col(i);
    return features.cwiseMax(0.0F);
  }
  Eigen::MatrixXf solved(Gram& gram) override {
    Eigen::MatrixXf products = gram.products();
    products.diagonal().array() += settings_.ridge;
    return products.llt().solve(gram.sums());
  }
  Eigen::VectorXf scores(const Eigen::VectorXf& given) const override {
    constexpr float kSharpness = 10;  // of the softmax, for the confidence alone
    return kSharpness * given;
  }
  std::uint64_t own_bytes() const override { return static_cast<std::uint64_t>(projection_.size()) * sizeof(float); }

 private:
  RidgeSettings settings_;
  Eigen::MatrixXf projection_;  // [features, width], made with the first item
};

}  // namespace

ArmKind ridge_arm() {
  using base::Key;
  ArmKind kind = label_kind("ridge", "random features with ridge regression, over hashed parts of texts or features");
  kind.options = {Key{"width", "places to which parts of texts are hashed", std::int64_t{4096}, {16, 1 << 16, true}},
                  Key{"features", "number of random features", std::int64_t{5000}, {1, 1 << 14, true}},
                  Key{"ridge", "added to the diagonal", 100.0, {1e-9, 1e12}},
                  Key{"seed", "of the random features; 0: that of the experiment", std::int64_t{0}, {0, 1e15, true}}};
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    const base::Settings& s = spec.settings;
    return std::make_unique<RidgeArm>(
        spec.name, RidgeSettings{s.count("width"), s.count("features"), static_cast<float>(s.number("ridge")),
                                 s.count("seed") > 0 ? s.count("seed") : host.seed()});
  };
  return kind;
}

}  // namespace noema::reasoning
