#pragma once
// Arms that begin with nothing but a model: what `noema run` compares. A mind keeps a life of its own.

#include <cstdint>
#include <filesystem>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "reasoning/learner.h"

namespace noema::reasoning {

struct LifeHostOptions {
  std::filesystem::path model;  ///< empty: only arms that need none, and minds that are shown labelled items
  std::filesystem::path life;   ///< of a mind; must not exist
  std::uint64_t seed = 1;
  std::vector<std::string> tune_lines;  ///< settings are tuned on the first kTuningWords of them; none: defaults
  std::stop_token stop;                 ///< asked while settings are tuned
};

/// A learner for experiments, written as ArmSpec::parse reads it. Throws base::UsageError for a text that is no arm.
std::unique_ptr<Learner> make_learner(const std::string& arm, const LifeHostOptions& options);

}  // namespace noema::reasoning
