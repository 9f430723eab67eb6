#pragma once
// Telling: a few inputs are stored in a large life without loading its graph. The log gets what perceiving would have
// written; whoever opens the life next replays it, as after a kill.

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>

#include "base/clock.h"
#include "base/text.h"
#include "memory/life.h"
#include "reasoning/mind.h"

namespace noema::reasoning {

class Telling {
 public:
  /// Nothing if the life has to be loaded to take an input: it is small (loading costs nothing), keeps to a budget,
  /// still reads the bytes that a life from birth begins with, thinks after each input, or has thoughts or many inputs
  /// behind its checkpoint. The life must outlive it, and nothing else writes to it meanwhile. Cost in what was told or
  /// perceived since the last keep().
  static std::optional<Telling> begin(memory::Life& life, const base::Clock& clock);

  /// Stores an input in the life's batch, attached to the concepts of its units; unknown units get the ids that the
  /// graph will give them. Throws base::Error for an id that is taken. Cost in the input's length.
  memory::EpisodeId tell(const Input& input);

  /// Notes in the life's batch, now and then, what the next telling would have to read the log for. Cost in the units
  /// that the checkpoint does not hold.
  void keep();

  /// Concepts of the life, and relations as of its checkpoint.
  std::size_t concepts() const { return concepts_ + fresh_.size(); }
  std::size_t relations() const { return relations_; }

 private:
  Telling(memory::Life& life, const base::Clock& clock) : life_(&life), clock_(&clock) {}
  memory::ConceptId concept_of(const std::string& identity);
  memory::Position restore();
  void read(const memory::EpisodeRow& row);

  memory::Life* life_;
  const base::Clock* clock_;
  base::Segmenter segmenter_;
  std::unordered_map<std::string, memory::ConceptId> fresh_;  // units that the checkpoint does not hold, by identity
  memory::ConceptId next_ = 0;                                // id of the next new unit
  memory::Position kept_ = 0;                                 // what lies behind this position is not noted yet
  std::size_t concepts_ = 0;
  std::size_t relations_ = 0;
};

}  // namespace noema::reasoning
