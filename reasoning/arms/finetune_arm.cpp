#include "reasoning/arms/finetune_arm.h"

#include "reasoning/arms/network_arm.h"

namespace noema::reasoning {
namespace {

class FinetuneArm final : public NetworkArm {
 public:
  using NetworkArm::NetworkArm;

 protected:
  void learn(const KeptItems& batch) override { step(loss_gradient(batch)); }
};

}  // namespace

ArmKind finetune_arm() {
  ArmKind kind = network_kind("finetune", "a network that learns each item once, and nothing against forgetting");
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<FinetuneArm>(network_settings_of(spec, host));
  };
  return kind;
}

}  // namespace noema::reasoning
