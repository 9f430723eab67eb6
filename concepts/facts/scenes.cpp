#include "concepts/facts/scenes.h"

#include <algorithm>

#include "base/error.h"

namespace noema::concepts::facts {

std::uint32_t Scenes::scene_of(const std::string& group) {
  const auto [found, is_new] = scene_of_.try_emplace(group, static_cast<std::uint32_t>(groups_.size()));
  if (is_new) {
    groups_.push_back(group);
    sentences_.emplace_back();
  }
  return found->second;
}

std::uint32_t Scenes::find(const std::string& group) const {
  const auto found = scene_of_.find(group);
  return found == scene_of_.end() ? kNoScene : found->second;
}

std::span<const std::uint32_t> Scenes::sentences(std::uint32_t scene, std::uint32_t told) const {
  if (scene == kNoScene) return {};
  const auto& all = sentences_.at(scene);
  return std::span(all).first(static_cast<std::size_t>(std::lower_bound(all.begin(), all.end(), told) - all.begin()));
}

nlohmann::json Scenes::save() const {
  nlohmann::json state = nlohmann::json::array();
  for (std::size_t scene = 0; scene < groups_.size(); ++scene) state.push_back({groups_[scene], sentences_[scene]});
  return state;
}

Scenes Scenes::load(const nlohmann::json& state, std::uint32_t told) {
  Scenes scenes;
  std::uint32_t next = 0;
  for (const auto& one : state) {
    const std::uint32_t scene = scenes.scene_of(one.at(0).get<std::string>());
    if (scene != next++) throw base::Error("a scene is there twice");
    for (const auto& sentence : one.at(1)) {
      const auto number = sentence.get<std::uint32_t>();
      auto& all = scenes.sentences_[scene];
      if (number >= told || (!all.empty() && number <= all.back()))
        throw base::Error("a scene holds a sentence that was not told, or not in order");
      all.push_back(number);
    }
  }
  return scenes;
}

}  // namespace noema::concepts::facts
