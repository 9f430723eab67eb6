#include "reasoning/arms/class_means_arm.h"

#include "base/error.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {
namespace {

class ClassMeansArm final : public LabelArm {
 public:
  ClassMeansArm(std::string name, std::size_t width, double sharpness)
      : LabelArm(std::move(name)), width_(width), sharpness_(sharpness) {}

  Outcome answer(const Experience& item) override {
    const Eigen::VectorXf x = vector_of(item, width_);
    Eigen::VectorXd scores(sums_.cols());
    for (Eigen::Index i = 0; i < sums_.cols(); ++i)
      scores[i] = -sharpness_ * double{(sums_.col(i) / counts_[i] - x).squaredNorm()};
    return labels_.best(scores);
  }
  void warm(const Experience& item) override {
    const Eigen::VectorXf x = vector_of(item, width_);
    const auto of = static_cast<Eigen::Index>(labels_.number(label_of(item)));
    if (of == sums_.cols()) {
      sums_.conservativeResize(x.size(), of + 1);
      sums_.col(of).setZero();
      counts_.conservativeResize(of + 1);
      counts_[of] = 0;
    }
    sums_.col(of) += x;
    ++counts_[of];
  }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = static_cast<std::uint64_t>(sums_.size() + counts_.size()) * sizeof(float) + labels_.bytes();
    return state;
  }
  std::string save() override {
    return packed_state({{"arm", std::string(name())},
                         {"labels", labels_.save()},
                         {"sums", matrix_to_json(sums_)},
                         {"counts", matrix_to_json(counts_)}});
  }
  void load(std::string_view bytes) override {
    take_state(bytes, name(), [&](const nlohmann::json& state) {
      labels_.load(state.at("labels"));
      sums_ = matrix_of_json(state.at("sums"));
      counts_ = vector_of_json(state.at("counts"));
    });
    if (sums_.cols() != counts_.size() || static_cast<std::size_t>(counts_.size()) != labels_.size())
      throw base::Error("saved class means are of another number of classes than there are labels");
  }

 private:
  std::size_t width_;
  double sharpness_;
  LabelList labels_;
  Eigen::MatrixXf sums_;    // [width, classes]
  Eigen::VectorXf counts_;  // [classes]
};

}  // namespace

ArmKind class_means_arm() {
  using base::Key;
  ArmKind kind = label_kind("class_means", "nearest class mean, of hashed parts of texts or of features as they are");
  kind.options = {
      Key{"width", "places to which parts of texts are hashed", std::int64_t{4096}, {16, 1 << 16, true}},
      Key{"sharpness", "of the softmax over squared distances, for the confidence alone", 10.0, {1e-6, 1e6}}};
  kind.make = [](const ArmSpec& spec, ArmHost&) -> std::unique_ptr<Learner> {
    return std::make_unique<ClassMeansArm>(spec.name, spec.settings.count("width"), spec.settings.number("sharpness"));
  };
  return kind;
}

}  // namespace noema::reasoning
