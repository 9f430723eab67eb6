#include "reasoning/arms/ridge_arm.h"

#include <Eigen/Cholesky>
#include <cmath>

#include "base/rng.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/gram.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {
namespace {

struct RidgeSettings {
  std::size_t width = 0, features = 0;
  float ridge = 1;
  std::uint64_t seed = 1;
};

/// h = max(0, P x), P fixed and random; scores = h' (sum h h' + ridge I)^-1 (sum h y').
class RidgeArm final : public LabelArm {
 public:
  RidgeArm(std::string name, const RidgeSettings& settings) : LabelArm(std::move(name)), settings_(settings) {}

  Outcome answer(const Experience& item) override {
    if (labels_.size() == 0) return Label{};
    if (!is_solved_) solve();
    constexpr double kSharpness = 10;  // of the softmax over scores, for the confidence alone
    return labels_.best(kSharpness * (weights_.transpose() * features_of(item)).cast<double>());
  }
  void warm(const Experience& item) override {
    gram_.add(features_of(item), labels_.number(label_of(item)));
    is_solved_ = false;
  }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = gram_.bytes() + labels_.bytes() +
                        static_cast<std::uint64_t>(weights_.size() + projection_.size()) * sizeof(float);
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
  Eigen::VectorXf features_of(const Experience& item) {
    const Eigen::VectorXf x = vector_of(item, settings_.width);
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
  void solve() {
    Eigen::MatrixXf products = gram_.products();
    products.diagonal().array() += settings_.ridge;
    weights_ = products.llt().solve(gram_.sums());
    is_solved_ = true;
  }

  RidgeSettings settings_;
  LabelList labels_;
  Eigen::MatrixXf projection_;  // [features, width], made with the first item
  Gram gram_;
  bool is_solved_ = false;
  Eigen::MatrixXf weights_;  // [features, classes]
};

}  // namespace

ArmKind ridge_arm() {
  using base::Key;
  ArmKind kind = label_kind("ridge", "random features with ridge regression, over hashed parts of texts or features");
  kind.options = {Key{"width", "places to which parts of texts are hashed", std::int64_t{4096}, {16, 1 << 16, true}},
                  Key{"features", "number of random features", std::int64_t{5000}, {1, 1 << 14, true}},
                  Key{"ridge", "added to the diagonal", 100.0, {1e-9, 1e12}},
                  Key{"seed", "of the random features", std::int64_t{1}, {0, 1e15, true}}};
  kind.make = [](const ArmSpec& spec, ArmHost&) -> std::unique_ptr<Learner> {
    const base::Settings& s = spec.settings;
    return std::make_unique<RidgeArm>(spec.name, RidgeSettings{s.count("width"), s.count("features"),
                                                               static_cast<float>(s.number("ridge")), s.count("seed")});
  };
  return kind;
}

}  // namespace noema::reasoning
