#pragma once
// Hosts that make arms for tests.

#include <memory>
#include <string>

#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/core_arm.h"
#include "tests/reasoning/arms/conformance.h"
#include "tests/reasoning/lives.h"

namespace noema::tests {

/// Arms that begin with nothing but a model, without a file.
class FreshHost final : public reasoning::ArmHost {
 public:
  /// reads: minds have a copy of the transformer of their own, where the arm wants one.
  explicit FreshHost(bool reads) : model_(std::make_shared<const transformer::Model>(small_model())), reads_(reads) {}
  std::shared_ptr<const transformer::Model> model() override { return model_; }
  std::unique_ptr<reasoning::Learner> core(const reasoning::ArmSpec& spec) override {
    reasoning::CoreOptions options;
    options.graph = spec.has_graph();
    options.predictor.without = spec.left_out_experts;
    auto core = std::make_unique<reasoning::Core>(static_cast<std::size_t>(model_->width()), options);
    if (spec.dynamic && reads_) core->adopt(std::make_unique<transformer::PredictiveCopy>(*model_), true);
    return reasoning::core_arm(spec, model_, std::move(core));
  }

 private:
  std::shared_ptr<const transformer::Model> model_;
  bool reads_;
};

inline Maker maker_of(const std::string& arm, bool reads) {
  const auto host = std::make_shared<FreshHost>(reads);
  const auto spec = std::make_shared<reasoning::ArmSpec>(reasoning::ArmSpec::parse(arm));
  return [host, spec] { return spec->kind->make(*spec, *host); };
}

}  // namespace noema::tests
