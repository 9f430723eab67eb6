#pragma once
// Which sentences belong to one episode, a scene: those of one group, in the order of telling.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

namespace noema::concepts::facts {

class Scenes {
 public:
  /// The number of a group's scene; a new one for a new group.
  std::uint32_t scene_of(const std::string& group);
  /// The same without making one; kNoScene for a group that nothing was told in.
  static constexpr std::uint32_t kNoScene = ~std::uint32_t{0};
  std::uint32_t find(const std::string& group) const;
  /// Adds the next sentence to a scene.
  void tell(std::uint32_t scene, std::uint32_t sentence) { sentences_.at(scene).push_back(sentence); }
  /// The sentences of a scene among the first `told` of all sentences, ascending; none for kNoScene. O(log sentences).
  std::span<const std::uint32_t> sentences(std::uint32_t scene, std::uint32_t told) const;

  nlohmann::json save() const;
  /// Throws for a state that save() did not write, or that names a sentence from `told` on.
  static Scenes load(const nlohmann::json& state, std::uint32_t told);

 private:
  std::unordered_map<std::string, std::uint32_t> scene_of_;
  std::vector<std::string> groups_;
  std::vector<std::vector<std::uint32_t>> sentences_;
};

}  // namespace noema::concepts::facts
