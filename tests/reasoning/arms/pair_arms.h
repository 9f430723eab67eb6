#pragma once
// Arms that are told pairs, over a small translator.

#include <memory>
#include <string>
#include <vector>

#include "reasoning/arms/arm_spec.h"
#include "tests/reasoning/pairs/translators.h"

namespace noema::tests {

class TranslatorHost final : public reasoning::ArmHost {
 public:
  explicit TranslatorHost(std::uint64_t seed = 1) : seed_(seed) {}
  std::shared_ptr<const transformer::Model> model() override { return model_; }
  std::uint64_t seed() const override { return seed_; }
  std::unique_ptr<reasoning::Learner> core(const reasoning::ArmSpec&) override { return nullptr; }

 private:
  std::shared_ptr<const transformer::Model> model_ = std::make_shared<const transformer::Model>(small_translator());
  std::uint64_t seed_;
};

inline std::unique_ptr<reasoning::Learner> arm_of_pairs(const std::string& text, std::uint64_t seed = 1) {
  TranslatorHost host(seed);
  const auto spec = reasoning::ArmSpec::parse(text);
  return spec.kind->make(spec, host);
}

inline const std::vector<reasoning::ToldPair>& told_book() {
  static const std::vector<reasoning::ToldPair> book{{"the old hen", "hen old"},
                                                     {"the red fox", "fox red"},
                                                     {"an old fox", "fox old"},
                                                     {"", ""},
                                                     {"老王走了", "王去"}};
  return book;
}

/// What an arm says of a pair before it is told, and what the pair costs.
inline reasoning::Translated told(reasoning::Learner& arm, const reasoning::ToldPair& pair) {
  return std::get<reasoning::Translated>(arm.experience(pair));
}

/// The names of the voices that an arm mixes.
inline std::vector<std::string> voices_of(const reasoning::Learner& arm) {
  std::vector<std::string> names;
  const nlohmann::json settings = arm.settings();
  if (settings.contains("mean_weights"))
    for (const auto& [name, weight] : settings["mean_weights"].items()) names.push_back(name);
  return names;
}

}  // namespace noema::tests
