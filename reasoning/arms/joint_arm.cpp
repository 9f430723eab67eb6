#include "reasoning/arms/joint_arm.h"

#include <algorithm>
#include <numeric>

#include "reasoning/arms/network_arm.h"

namespace noema::reasoning {
namespace {

/// Keeps every item; asked after new ones, it trains a new network on all of them for some epochs, in an order of the
/// seed. So its bytes grow with the stream, and a first question costs O(all items * epochs): asked after each of n
/// items it costs O(n^2). What it says is a function of the items alone.
class JointArm final : public NetworkArm {
 public:
  JointArm(const NetworkSettings& settings, std::size_t epochs) : NetworkArm(settings), epochs_(epochs) {}

  Outcome answer(const Experience& item) override {
    if (!is_trained_) train();
    return NetworkArm::answer(item);
  }
  void warm(const Experience& item) override {
    all_.add(vector_of(item, settings_.width), labels_.number(label_of(item)));
    is_trained_ = false;
  }

 protected:
  void learn(const KeptItems& batch) override { step(loss_gradient(batch)); }
  std::uint64_t own_bytes() const override { return all_.bytes(); }
  nlohmann::json own_state() const override { return {{"all", all_.save()}}; }
  void restore_own(const nlohmann::json& state) override {
    all_.load(state.at("all"));
    is_trained_ = false;
  }

 private:
  void train() {
    begin_anew();
    is_trained_ = true;
    if (all_.size() == 0) return;
    network_.grow(all_.width(), labels_.size());
    std::vector<std::size_t> order(all_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    base::Rng random = rng().fork("epochs");
    for (std::size_t epoch = 0; epoch < epochs_; ++epoch) {
      base::shuffle(order, random);
      for (std::size_t i = 0; i < order.size(); i += settings_.batch) {
        const std::size_t end = std::min(order.size(), i + settings_.batch);
        learn(all_.chosen(
            {order.begin() + static_cast<std::ptrdiff_t>(i), order.begin() + static_cast<std::ptrdiff_t>(end)}));
      }
    }
  }

  std::size_t epochs_;
  KeptItems all_;
  bool is_trained_ = true;
};

}  // namespace

ArmKind joint_arm() {
  using base::Key;
  ArmKind kind = network_kind("joint",
                              "the ceiling: keeps every item, and when asked trains a network on all of them from the "
                              "beginning; not continual",
                              {Key{"epochs", "times that each item is seen", std::int64_t{10}, {1, 10000, true}}});
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<JointArm>(network_settings_of(spec, host), spec.settings.count("epochs"));
  };
  return kind;
}

}  // namespace noema::reasoning
