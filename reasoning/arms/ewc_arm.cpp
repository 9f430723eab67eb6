#include "reasoning/arms/ewc_arm.h"

#include <fmt/format.h>

#include "reasoning/arms/network_arm.h"

namespace noema::reasoning {
namespace {

/// loss + lambda/2 sum over earlier tasks t of F_t (w - w_t)^2, F_t: diagonal of the Fisher information at the end of
/// task t, over a sample of its items, which is let go then. As all penalties are squares, two sums over the tasks are
/// enough to know the gradient of all: of F_t, and of F_t w_t.
class EwcArm final : public NetworkArm {
 public:
  EwcArm(const NetworkSettings& settings, double lambda, std::size_t sample)
      : NetworkArm(settings), lambda_(static_cast<float>(lambda)), sample_(sample, rng().fork("sample")) {}

  void end_task() override {
    if (sample_.kept().size() == 0) return;
    const Weights information = fisher();
    fit(fisher_, network_.weights());
    fit(pulled_, network_.weights());
    for (std::size_t l = 0; l < information.size(); ++l) {
      fisher_[l] += information[l];
      pulled_[l] += information[l].cwiseProduct(network_.weights()[l]);
    }
    sample_.clear();
    ++tasks_;
  }

 protected:
  void learn(const KeptItems& batch) override {
    Weights gradient = loss_gradient(batch);
    if (tasks_ > 0) {
      fit(fisher_, network_.weights());
      fit(pulled_, network_.weights());
      for (std::size_t l = 0; l < gradient.size(); ++l)
        gradient[l] += lambda_ * (fisher_[l].cwiseProduct(network_.weights()[l]) - pulled_[l]);
    }
    step(gradient);
    for (std::size_t i = 0; i < batch.size(); ++i) sample_.offer(batch, i);
  }
  std::uint64_t own_bytes() const override { return bytes_of(fisher_) + bytes_of(pulled_) + sample_.bytes(); }
  nlohmann::json own_state() const override {
    return {{"fisher", weights_to_json(fisher_)},
            {"pulled", weights_to_json(pulled_)},
            {"sample", sample_.save()},
            {"tasks", tasks_}};
  }
  void restore_own(const nlohmann::json& state) override {
    fisher_ = weights_of_json(state.at("fisher"));
    pulled_ = weights_of_json(state.at("pulled"));
    sample_.load(state.at("sample"));
    tasks_ = state.at("tasks").get<std::uint64_t>();
  }

 private:
  /// Mean over the sample of the squared derivative of the log-probability of a label, which is drawn from what the
  /// network says (the true Fisher information, not the empirical one).
  Weights fisher() const {
    const Network::Pass pass = network_.forward(sample_.kept().inputs());
    const Eigen::MatrixXf p = softmax(pass.scores);
    base::Rng draws = rng().fork(fmt::format("labels of task {}", tasks_));
    Eigen::MatrixXf slopes = p;
    for (Eigen::Index j = 0; j < p.cols(); ++j) {
      double left = draws.uniform();
      Eigen::Index label = 0;
      while (label + 1 < p.rows() && (left -= double{p(label, j)}) >= 0) ++label;
      slopes(label, j) -= 1;
    }
    Weights sum = network_.gradient(pass, slopes, true);
    for (Eigen::MatrixXf& layer : sum) layer /= static_cast<float>(p.cols());
    return sum;
  }

  float lambda_;
  Reservoir sample_;  ///< of the task that goes on
  Weights fisher_, pulled_;
  std::uint64_t tasks_ = 0;
};

}  // namespace

ArmKind ewc_arm() {
  using base::Key;
  ArmKind kind = network_kind(
      "ewc", "a network whose weights are held where earlier tasks need them; it is told where a task ends",
      {Key{"lambda", "strength of the penalty", 1000.0, {0, 1e12}},
       Key{"sample", "items of a task that its Fisher information is taken from", std::int64_t{1000}, {1, 1e9, true}}});
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<EwcArm>(network_settings_of(spec, host), spec.settings.number("lambda"),
                                    spec.settings.count("sample"));
  };
  return kind;
}

}  // namespace noema::reasoning
