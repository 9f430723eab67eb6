#include "reasoning/arms/names_arm.h"

#include "concepts/names/naming.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/label_arm.h"

namespace noema::reasoning {
namespace {

class NamesArm final : public LabelArm {
 public:
  using LabelArm::LabelArm;
  Outcome answer(const Experience& item) override {
    const concepts::names::Named named = naming_.name(looks_of(item));
    return Label{named.label, named.runner_up, named.confidence};
  }
  void warm(const Experience& item) override { naming_.learn(label_of(item), looks_of(item)); }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = naming_.bytes();
    state.concepts = naming_.classes().size();
    return state;
  }
  std::string save() override { return packed_state({{"arm", std::string(name())}, {"naming", naming_.save()}}); }
  void load(std::string_view bytes) override {
    take_state(bytes, name(),
               [&](const nlohmann::json& state) { naming_ = concepts::names::Naming::load(state.at("naming")); });
  }

 private:
  concepts::names::Naming naming_;
};

}  // namespace

ArmKind names_arm() {
  ArmKind kind = label_kind("names", "noema's classes alone, as a life learns them from labels");
  kind.make = [](const ArmSpec& spec, ArmHost&) -> std::unique_ptr<Learner> {
    return std::make_unique<NamesArm>(spec.name);
  };
  return kind;
}

}  // namespace noema::reasoning
