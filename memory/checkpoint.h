#pragma once
// The concepts of a life: a checkpoint, stamped with the log position up to which it holds.

#include <functional>
#include <optional>
#include <string_view>

#include "memory/rows.h"

namespace noema::memory {

struct LifeImpl;

/// Receives a checkpoint's changes, all in the one transaction of Life::write_checkpoint.
class CheckpointWriter {
 public:
  virtual ~CheckpointWriter() = default;
  /// Adds or replaces the row with this id.
  virtual void put(const ConceptRow& row) = 0;
  virtual void erase(ConceptId id) = 0;
  /// Drops all concepts, so that the checkpoint can be written whole.
  virtual void clear() = 0;
  virtual void set_state(std::string_view key, std::string_view value) = 0;
};

/// Reads the checkpoint of one open life, which must outlive it.
class Checkpoint {
 public:
  explicit Checkpoint(const LifeImpl& life) : life_(&life) {}

  /// Log position up to which the concepts hold; 0: never written.
  Position position() const;
  /// In order of id, streaming, without what follows a concept: that is counted again from the log. find() has it.
  void for_each_concept(const std::function<void(const ConceptRow&)>& visit) const;
  std::optional<ConceptRow> find(ConceptId id) const;
  /// The concept of a unit's identity, or nothing. O(log concepts).
  std::optional<ConceptId> unit_named(std::string_view identity) const;

 private:
  const LifeImpl* life_;
};

}  // namespace noema::memory
