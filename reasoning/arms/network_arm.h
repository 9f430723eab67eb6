#pragma once
// Arms that learn labels with a network (network.h), mini-batch by mini-batch, in the order of the items. They differ
// in what a mini-batch teaches: this is all that an arm says.

#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/label_arm.h"
#include "reasoning/arms/network.h"

namespace noema::reasoning {

struct NetworkSettings {
  std::string name;
  std::size_t width = 0, batch = 10;
  float rate = 1e-3F;
  NetworkShape shape;
};

class NetworkArm : public LabelArm {
 public:
  explicit NetworkArm(const NetworkSettings& settings)
      : LabelArm(settings.name), settings_(settings), network_(settings.shape) {}

  /// By the network as it is: items of a mini-batch that is not full yet are not known.
  Outcome answer(const Experience& item) override;
  void warm(const Experience& item) override;
  LearnerState state() const override;
  std::string save() override;
  void load(std::string_view bytes) override;

 protected:
  /// Learns from a full mini-batch, once.
  virtual void learn(const KeptItems& batch) = 0;
  virtual std::uint64_t own_bytes() const { return 0; }
  virtual nlohmann::json own_state() const { return nullptr; }
  virtual void restore_own(const nlohmann::json&) {}

  /// Of the mean cross-entropy of the items' labels.
  Weights loss_gradient(const KeptItems& items) const;
  void step(const Weights& gradient) { adam_.step(network_.weights(), gradient, settings_.rate); }
  base::Rng rng() const { return base::Rng(settings_.shape.seed); }
  /// Throws all that was learned away, but not the labels.
  void begin_anew();

  NetworkSettings settings_;
  LabelList labels_;
  Network network_;

 private:
  Adam adam_;
  KeptItems pending_;
};

/// What takes labelled texts and features, with the options of the network and those of its own.
ArmKind network_kind(std::string name, std::string help, std::vector<base::Key> own_options = {});
NetworkSettings network_settings_of(const ArmSpec& spec, ArmHost& host);

}  // namespace noema::reasoning
