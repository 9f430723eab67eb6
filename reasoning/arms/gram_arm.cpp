#include "reasoning/arms/gram_arm.h"

#include "base/error.h"

namespace noema::reasoning {

Outcome GramArm::answer(const Experience& item) {
  if (labels_.size() == 0) return Label{};
  if (!is_solved_) weights_ = solved(gram_);
  is_solved_ = true;
  return labels_.best(scores(weights_.transpose() * features_of(vector_of(item, width_))).cast<double>());
}

void GramArm::warm(const Experience& item) {
  gram_.add(features_of(vector_of(item, width_)), labels_.number(label_of(item)));
  is_solved_ = false;
}

LearnerState GramArm::state() const {
  LearnerState state;
  state.state_bytes =
      gram_.bytes() + labels_.bytes() + static_cast<std::uint64_t>(weights_.size()) * sizeof(float) + own_bytes();
  return state;
}

std::string GramArm::save() {
  return packed_state({{"arm", std::string(name())}, {"labels", labels_.save()}, {"gram", gram_.save()}});
}

void GramArm::load(std::string_view bytes) {
  take_state(bytes, name(), [&](const nlohmann::json& state) {
    labels_.load(state.at("labels"));
    gram_.load(state.at("gram"));
  });
  if (static_cast<std::size_t>(gram_.counts().size()) != labels_.size())
    throw base::Error("saved sums are of another number of classes than there are labels");
  is_solved_ = false;
}

}  // namespace noema::reasoning
