#include "reasoning/arms/network_arm.h"

#include "base/error.h"

namespace noema::reasoning {

using nlohmann::json;

Outcome NetworkArm::answer(const Experience& item) {
  if (labels_.size() == 0) return Label{};
  KeptItems one;
  one.add(vector_of(item, settings_.width), 0);
  return labels_.best(network_.forward(one.inputs()).scores.col(0).cast<double>());
}

void NetworkArm::warm(const Experience& item) {
  const Eigen::VectorXf x = vector_of(item, settings_.width);
  pending_.add(x, labels_.number(label_of(item)));
  network_.grow(static_cast<std::size_t>(x.size()), labels_.size());
  if (pending_.size() < settings_.batch) return;
  learn(pending_);
  pending_.clear();
}

LearnerState NetworkArm::state() const {
  LearnerState state;
  state.state_bytes = bytes_of(network_.weights()) + adam_.bytes() + pending_.bytes() + labels_.bytes() + own_bytes();
  return state;
}

std::string NetworkArm::save() {
  return packed_state({{"arm", std::string(name())},
                       {"labels", labels_.save()},
                       {"weights", weights_to_json(network_.weights())},
                       {"adam", adam_.save()},
                       {"pending", pending_.save()},
                       {"own", own_state()}});
}

void NetworkArm::load(std::string_view bytes) {
  take_state(bytes, name(), [&](const json& state) {
    labels_.load(state.at("labels"));
    network_.weights() = weights_of_json(state.at("weights"));
    adam_.load(state.at("adam"));
    pending_.load(state.at("pending"));
    restore_own(state.at("own"));
  });
}

Weights NetworkArm::loss_gradient(const KeptItems& items) const {
  const Network::Pass pass = network_.forward(items.inputs());
  return network_.gradient(pass, cross_entropy_slopes(pass.scores, items.labels()));
}

void NetworkArm::begin_anew() {
  network_ = Network(settings_.shape);
  adam_ = Adam();
}

ArmKind network_kind(std::string name, std::string help, std::vector<base::Key> own_options) {
  using base::Key;
  ArmKind kind = label_kind(std::move(name), std::move(help));
  kind.options = {Key{"width", "places to which parts of texts are hashed", std::int64_t{4096}, {16, 1 << 16, true}},
                  Key{"hidden", "units of each hidden layer", std::int64_t{400}, {1, 1 << 14, true}},
                  Key{"layers", "hidden layers", std::int64_t{2}, {0, 16, true}},
                  Key{"rate", "learning rate of Adam", 1e-3, {1e-9, 10}},
                  Key{"batch", "items that are learned from at once", std::int64_t{10}, {1, 1 << 16, true}},
                  Key{"seed", "of all that is random; 0: that of the experiment", std::int64_t{0}, {0, 1e15, true}}};
  for (Key& key : own_options) kind.options.push_back(std::move(key));
  return kind;
}

NetworkSettings network_settings_of(const ArmSpec& spec, ArmHost& host) {
  const base::Settings& s = spec.settings;
  NetworkSettings settings;
  settings.name = spec.name;
  settings.width = s.count("width");
  settings.batch = s.count("batch");
  settings.rate = static_cast<float>(s.number("rate"));
  settings.shape = {s.count("hidden"), s.count("layers"), s.count("seed") > 0 ? s.count("seed") : host.seed()};
  return settings;
}

}  // namespace noema::reasoning
