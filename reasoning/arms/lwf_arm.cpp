#include "reasoning/arms/lwf_arm.h"

#include "reasoning/arms/network_arm.h"

namespace noema::reasoning {
namespace {

/// loss over all classes + lambda T^2 (cross-entropy, over the classes before the task, of the network's softmax at
/// temperature T to that of the network as it was before the task).
class LwfArm final : public NetworkArm {
 public:
  LwfArm(const NetworkSettings& settings, double lambda, double temperature)
      : NetworkArm(settings),
        lambda_(static_cast<float>(lambda)),
        temperature_(static_cast<float>(temperature)),
        before_(settings.shape) {}

  void end_task() override { before_ = network_; }

 protected:
  void learn(const KeptItems& batch) override {
    const Network::Pass pass = network_.forward(batch.inputs());
    Eigen::MatrixXf slopes = cross_entropy_slopes(pass.scores, batch.labels());
    if (const auto classes = static_cast<Eigen::Index>(before_.classes()); classes > 0) {
      const Eigen::MatrixXf taught = softmax(before_.forward(pass.inputs).scores / temperature_);
      const Eigen::MatrixXf said = softmax(pass.scores.topRows(classes) / temperature_);
      slopes.topRows(classes) += (lambda_ * temperature_ / static_cast<float>(batch.size())) * (said - taught);
    }
    step(network_.gradient(pass, slopes));
  }
  std::uint64_t own_bytes() const override { return bytes_of(before_.weights()); }
  nlohmann::json own_state() const override { return weights_to_json(before_.weights()); }
  void restore_own(const nlohmann::json& state) override { before_.weights() = weights_of_json(state); }

 private:
  float lambda_, temperature_;
  Network before_;
};

}  // namespace

ArmKind lwf_arm() {
  using base::Key;
  ArmKind kind = network_kind(
      "lwf", "a network that keeps saying of new items what it said before the task; it is told where one ends",
      {Key{"lambda", "weight of what it said before, beside the labels", 1.0, {0, 1e6}},
       Key{"temperature", "of the softmax that is kept", 2.0, {1e-3, 1e3}}});
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<LwfArm>(network_settings_of(spec, host), spec.settings.number("lambda"),
                                    spec.settings.number("temperature"));
  };
  return kind;
}

}  // namespace noema::reasoning
