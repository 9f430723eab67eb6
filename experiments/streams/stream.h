#pragma once
// A stream: what learners are shown, one experience after another. A kind of stream is a file pair in this folder, its
// test, and one line in registry.cpp.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/settings.h"
#include "experiments/streams/class_tasks.h"
#include "experiments/streams/told_pairs.h"
#include "reasoning/experience.h"

namespace noema::experiments {

/// [stream] of an experiment file.
struct StreamConfig {
  std::string kind = "world";
  base::Settings settings;                   ///< by the kind's keys
  std::vector<std::filesystem::path> paths;  ///< of the key that names files, found from the experiment file's folder

  StreamConfig();
  /// A stream of this kind with its defaults. Throws base::Error for an unknown kind.
  explicit StreamConfig(const std::string& kind);
};

using Experiences = std::vector<reasoning::Experience>;

struct StreamKind {
  std::string name;
  std::string help;  ///< one sentence
  reasoning::ExperienceKind gives = reasoning::ExperienceKind::kText;
  std::vector<base::Key> keys;
  /// The experiences, `before` more of them at the front for the training of the model.
  Experiences (*read)(const StreamConfig& config, std::uint64_t seed, std::size_t before) = nullptr;
  /// Or labelled items whose classes come task by task; a kind has one of the three.
  ClassTasks (*read_tasks)(const StreamConfig& config, std::uint64_t seed) = nullptr;
  /// Or pairs that are told one by one.
  ToldPairs (*read_pairs)(const StreamConfig& config, std::uint64_t seed) = nullptr;

  bool gives_tasks() const { return read_tasks != nullptr; }
  bool gives_pairs() const { return read_pairs != nullptr; }
};

/// Lines as experiences of text.
Experiences texts(std::vector<std::string> lines);

}  // namespace noema::experiments
