#include "reasoning/arms/dynamic_arm.h"

#include "base/error.h"
#include "base/numbers.h"
#include "reasoning/arms/arm_spec.h"

namespace noema::reasoning {
namespace {

class DynamicArm final : public TextArm {
 public:
  /// shared: the copy that reads for several arms, or null.
  DynamicArm(const std::string& name, const std::shared_ptr<const transformer::Model>& model,
             const transformer::OnlineOptions& options, transformer::PredictiveCopy* shared)
      : TextArm(name, model), options_(options), shared_(shared) {
    if (shared_ == nullptr) own_.emplace(*model, options);
  }

  std::vector<double> predict(const std::vector<UnitReading>& line) override {
    std::vector<double> bits;
    for (const UnitReading& unit : line) {
      base::check(unit.learned_nats >= 0, "the dynamic arm wants lines that a learning copy has read");
      bits.push_back(base::bits_of(unit.learned_nats));
    }
    return bits;
  }
  LearnerState state() const override {
    LearnerState state;
    state.state_bytes = own_ ? own_->bytes() : shared_->bytes();
    return state;
  }
  nlohmann::json settings() const override { return to_json(options_); }

 protected:
  std::vector<UnitReading> read(const std::string& text) override {
    std::vector<UnitReading> line = reader().split(text);
    base::check(own_.has_value(), "a dynamic arm that shares a copy is shown what the copy has read");
    read_with(*own_, line, true);
    return line;
  }
  nlohmann::json own_state() override {
    if (!own_) return nullptr;
    own_->renew();
    return {{"copy", nlohmann::json::binary(bytes_of(own_->state()))}};
  }
  void restore_own(const nlohmann::json& state) override {
    if (!own_ || !state.is_object()) return;
    const auto copy = state.find("copy");
    if (copy == state.end() || !copy->is_binary()) return;
    const auto& bytes = copy->get_binary();
    own_->restore(std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
  }

 private:
  static std::vector<std::uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

  transformer::OnlineOptions options_;
  std::optional<transformer::PredictiveCopy> own_;
  transformer::PredictiveCopy* shared_;
};

}  // namespace

ArmKind dynamic_arm() {
  using base::Key;
  ArmKind kind;
  kind.name = "dynamic";
  kind.help = "the transformer going on learning from what it reads (dynamic evaluation)";
  kind.needs_tuning = Tuning::kDynamic;
  kind.options = {Key{"rate", "learning rate; 0: tuned", 0.0, {0, 1}},
                  Key{"decay", "way back to the frozen weights, a step; with rate 0: tuned", 0.001, {0, 1}},
                  Key{"segment", "tokens a step; with rate 0: tuned", std::int64_t{16}, {1, 4096, true}}};
  kind.make = [](const ArmSpec& spec, ArmHost& host) -> std::unique_ptr<Learner> {
    return std::make_unique<DynamicArm>(spec.name, host.model(), online_options_of(spec, host), host.shared_copy(spec));
  };
  return kind;
}

}  // namespace noema::reasoning
