#include "experiments/metrics/accuracy.h"

namespace noema::experiments {
namespace {

class Accuracy final : public Fold {
 public:
  void add(const Scored& scored) override {
    if (scored.asked && (!scored.asked->is_last() || scored.asked->outside)) return;
    if (const auto* label = std::get_if<reasoning::Label>(&scored.outcome)) {
      if (const auto* text = std::get_if<reasoning::LabelledText>(&scored.experience)) count(label->label, text->label);
      if (const auto* image = std::get_if<reasoning::Features>(&scored.experience)) count(label->label, image->label);
    }
    const auto* reply = std::get_if<reasoning::Reply>(&scored.outcome);
    const auto* question = std::get_if<reasoning::Question>(&scored.experience);
    if (reply != nullptr && question != nullptr && question->answer) count(reply->answer, *question->answer);
  }
  std::optional<double> value() const override {
    if (all_ == 0) return std::nullopt;
    return static_cast<double>(right_) / static_cast<double>(all_);
  }

 private:
  void count(const std::optional<std::string>& said, const std::string& right) {
    ++all_;
    right_ += said == right;
  }
  std::uint64_t right_ = 0, all_ = 0;
};

}  // namespace

MetricKind accuracy_metric() {
  return {"accuracy",
          "accuracy",
          "",
          "share of labels, and of answers to questions whose answer is known, that are right; to abstain is not. "
          "Where classes come task by task: of the items of all tasks, after the last one",
          3,
          true,
          false,
          []() -> std::unique_ptr<Fold> { return std::make_unique<Accuracy>(); }};
}

}  // namespace noema::experiments
