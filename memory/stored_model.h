#pragma once
// The frozen model that a life keeps. A re-encoding adds another (Life::append_model); the last one is in force.

#include <cstdint>
#include <string>

namespace noema::memory {

struct LifeImpl;

/// The model in force of one open life, which must outlive it.
class StoredModel {
 public:
  explicit StoredModel(const LifeImpl& life) : life_(&life) {}

  /// The model file. O(its size).
  std::string bytes() const;
  /// 1 for the model that the life was made with, one more for each re-encoding. O(1).
  std::int64_t number() const;
  /// The name that its maker gave it. O(1).
  std::string hash() const;

 private:
  const LifeImpl* life_;
};

}  // namespace noema::memory
