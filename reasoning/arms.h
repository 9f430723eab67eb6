#pragma once
// The arms that noema is compared with: the static transformer, the transformer with Grave's cache, and minds with
// parts left out.

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "reasoning/core.h"
#include "reasoning/learner.h"
#include "reasoning/mind.h"
#include "reasoning/reading.h"

namespace noema::reasoning {

/// p = (1 - lambda) p_transformer + lambda p_cache; p_cache(w) ~ sum over the last `window` units i followed by w of
/// exp(theta cos(h, h_i)) (Grave, Joulin & Usunier 2017, eq. 4-5, on hidden states of length 1).
struct CacheSettings {
  double theta = 16;
  double lambda = 0.15;
  std::size_t window = 2000;
};

/// What an arm makes of a line that was read once for all arms.
class Arm {
 public:
  virtual ~Arm() = default;
  /// Bits a unit, each before it is stored; then learns.
  virtual std::vector<double> experience(const std::vector<UnitReading>& line) = 0;
  /// Takes a line in without scoring it.
  virtual void warm(const std::vector<UnitReading>& line) = 0;
  virtual Thinking think(std::uint64_t proposals) = 0;
  virtual LearnerState state() const = 0;
  /// L of its graph in bits; 0 without one. O(nodes).
  virtual double description_bits() const { return 0; }
};

std::unique_ptr<Arm> static_arm();
std::unique_ptr<Arm> cache_arm(std::size_t width, const CacheSettings& settings);
/// A mind without a file. thinks: whether think() does anything.
std::unique_ptr<Arm> core_arm(std::unique_ptr<Core> core, bool thinks);

/// Settings with the fewest bits over the lines, by one pass over a grid of theta, lambda and window. O(units window
/// (width + grid)).
CacheSettings tune_cache(const transformer::Model& model, const std::vector<std::string>& lines);

/// A learner for experiments: static, cache (tuned on tune_lines), memory, lesion or noema; the last three keep a life
/// at `life_path`. Throws base::UsageError for another name.
std::unique_ptr<Learner> make_learner(const std::string& arm, const std::filesystem::path& model,
                                      const std::filesystem::path& life_path, std::uint64_t seed,
                                      const std::vector<std::string>& tune_lines);

}  // namespace noema::reasoning
