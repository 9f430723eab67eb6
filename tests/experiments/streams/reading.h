#pragma once
// Streams of classes, read from files that a test writes.

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "experiments/streams/registry.h"
#include "tests/experiments/fakes.h"

namespace noema::experiments {

inline std::filesystem::path write(const TemporaryFolder& folder, const std::string& name, const std::string& bytes) {
  std::ofstream(folder / name, std::ios::binary) << bytes;
  return folder / name;
}

struct HowRead {
  bool test = false;
  std::size_t tasks = 2;
};

inline ClassTasks read(const std::string& kind, const std::vector<std::filesystem::path>& paths, HowRead how = {}) {
  StreamConfig config(kind);
  config.paths = paths;
  config.settings.set("test", how.test);
  config.settings.set("tasks", static_cast<std::int64_t>(how.tasks));
  return stream_kind(kind).read_tasks(config, 1);
}

inline std::size_t asked_in(const ClassTasks& stream) {
  std::size_t asked = 0;
  for (const ClassTask& task : stream.tasks) asked += task.test.size();
  return asked;
}

inline std::size_t learned_in(const ClassTasks& stream) {
  std::size_t learned = 0;
  for (const ClassTask& task : stream.tasks) learned += task.train.size();
  return learned;
}

}  // namespace noema::experiments
