#pragma once
// An arm: a learner that takes part in experiments. An arm is a file pair in this folder, its test, and one line in
// registry.cpp; `noema score` and `noema run` accept it from then on.

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/settings.h"
#include "reasoning/learner.h"
#include "reasoning/reading.h"
#include "reasoning/tuning.h"

namespace noema::reasoning {

struct ArmSpec;
class ArmHost;

/// Settings that are chosen on a text of their own, unless the arm is given them.
enum class Tuning { kNone, kCache, kDynamic };

/// What of a mind an arm has, if it is one.
struct CoreParts {
  bool graph = true;  ///< false: the concept graph stays empty
  bool stored_thoughts =
      true;             ///< the graph of the life that it is a fork of; false: the same inputs without a thought
  bool thinks = false;  ///< between experiences
};

/// An arm as the registry knows it.
struct ArmKind {
  std::string name;
  std::string help;  ///< one sentence
  Tuning needs_tuning = Tuning::kNone;
  std::vector<base::Key> options;  ///< NAME{option=value;...}
  std::optional<CoreParts> core;
  std::set<ExperienceKind> takes{ExperienceKind::kText};
  std::unique_ptr<Learner> (*make)(const ArmSpec&, ArmHost&) = nullptr;
};

/// What an arm is made of: a fork of a life, or a life of its own.
class ArmHost {
 public:
  virtual ~ArmHost() = default;
  virtual std::shared_ptr<const transformer::Model> model() = 0;
  /// Of what is random in arms that have no seed of their own.
  virtual std::uint64_t seed() const { return 1; }
  /// Settings that were tuned, or defaults.
  virtual CacheSettings cache_settings() { return {}; }
  virtual transformer::OnlineOptions online_options() { return {}; }
  /// A copy that reads every text once for all arms that want one, before they are shown it; null: an arm has its own.
  virtual transformer::PredictiveCopy* shared_copy(const ArmSpec&) { return nullptr; }
  /// A mind with the parts that the spec says.
  virtual std::unique_ptr<Learner> core(const ArmSpec& spec) = 0;
};

/// An arm that predicts texts unit by unit. It reads for itself unless a text comes with its reading.
class TextArm : public Learner {
 public:
  TextArm(std::string name, std::shared_ptr<const transformer::Model> model);
  std::string_view name() const final { return name_; }
  Outcome experience(const Experience& experience) final;
  void warm(const Experience& experience) final;
  /// Bits of each unit, each before it is stored; then learns.
  virtual std::vector<double> predict(const std::vector<UnitReading>& line) = 0;
  virtual void store(const std::vector<UnitReading>&) {}
  std::string save() override;
  void load(std::string_view state) override;

 protected:
  /// Reads a text for this arm alone.
  virtual std::vector<UnitReading> read(const std::string& text) { return reader().read(text); }
  virtual nlohmann::json own_state() { return nullptr; }
  virtual void restore_own(const nlohmann::json&) {}
  const transformer::Model& model() const { return *model_; }
  Reader& reader();

 private:
  std::string name_;
  std::shared_ptr<const transformer::Model> model_;
  std::unique_ptr<Reader> reader_;  // from the first text on that comes without a reading
};

/// JSON as bytes under a mark, and back; throws base::Error for other bytes.
std::string packed_state(const nlohmann::json& state);
nlohmann::json unpacked_state(std::string_view bytes, std::string_view arm);
/// Gives what was unpacked to `take`; throws base::Error too where `take` does not find in it what it looks for.
void take_state(std::string_view bytes, std::string_view arm,
                const std::function<void(const nlohmann::json& state)>& take);

}  // namespace noema::reasoning
