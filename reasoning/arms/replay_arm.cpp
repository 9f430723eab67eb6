#include "reasoning/arms/replay_arm.h"

#include "reasoning/arms/network_arm.h"

namespace noema::reasoning {
namespace {

/// Each mini-batch is learned together with as many kept items; which are kept is a uniform sample of the stream.
class ReplayArm final : public NetworkArm {
 public:
  ReplayArm(const NetworkSettings& settings, std::size_t kept)
      : NetworkArm(settings), kept_(kept, rng().fork("replay")) {}

 protected:
  void learn(const KeptItems& batch) override {
    KeptItems both = kept_.draw(batch.size());
    for (std::size_t i = 0; i < batch.size(); ++i) both.add(batch, i);
    step(loss_gradient(both));
    for (std::size_t i = 0; i < batch.size(); ++i) kept_.offer(batch, i);
  }
  std::uint64_t own_bytes() const override { return kept_.bytes(); }
  nlohmann::json own_state() const override { return kept_.save(); }
  void restore_own(const nlohmann::json& state) override { kept_.load(state); }

 private:
  Reservoir kept_;
};

}  // namespace

ArmKind replay_arm() {
  using base::Key;
  ArmKind kind = network_kind(
      "replay", "a network that learns each item once, together with items that it kept (experience replay)",
      {Key{"kept", "items that are kept, a sample of the stream", std::int64_t{1000}, {1, 1e9, true}}});
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<ReplayArm>(network_settings_of(spec, host), spec.settings.count("kept"));
  };
  return kind;
}

}  // namespace noema::reasoning
