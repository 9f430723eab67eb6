#include "reasoning/arms/static_arm.h"

#include "base/numbers.h"
#include "reasoning/arms/arm_spec.h"

namespace noema::reasoning {
namespace {

class StaticArm final : public TextArm {
 public:
  using TextArm::TextArm;
  std::vector<double> predict(const std::vector<UnitReading>& line) override {
    std::vector<double> bits;
    for (const UnitReading& unit : line) bits.push_back(base::bits_of(unit.nats));
    return bits;
  }
  LearnerState state() const override { return {}; }
};

}  // namespace

ArmKind static_arm() {
  ArmKind kind;
  kind.name = "static";
  kind.help = "the transformer alone: it never learns from the stream";
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<StaticArm>(spec.name, host.model());
  };
  return kind;
}

}  // namespace noema::reasoning
