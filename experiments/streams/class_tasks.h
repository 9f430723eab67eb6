#pragma once
// Streams of labelled items whose classes come task by task.

#include <cstdint>
#include <string>
#include <vector>

#include "base/settings.h"
#include "reasoning/experience.h"

namespace noema::experiments {

using Items = std::vector<reasoning::Experience>;  ///< labelled texts or features

/// Some of the classes: the items to learn from, and other items of the same classes to be asked about.
struct ClassTask {
  std::vector<std::string> labels;
  Items train, test;
};

struct ClassTasks {
  std::vector<ClassTask> tasks;
  Items outside;             ///< of no class, never learned from
  std::size_t left_out = 0;  ///< items that were not asked about, as they were learned from too
};

struct CutOptions {
  std::size_t tasks = 10;
  std::uint64_t seed = 1;
  bool shuffle_classes = true;    ///< false: in the order of their names
  bool leave_out_known = false;   ///< items to be asked about that are learned from too; otherwise they are refused
  std::size_t most_of_class = 0;  ///< to learn from; 0: all
  /// The labels of each task, where the data say which classes belong together; shuffle_classes then shuffles these
  /// groups. Empty: classes are cut into `tasks`.
  std::vector<std::vector<std::string>> groups;
};

/// The keys of [stream] that say how classes are cut into tasks, with these defaults; and what the settings say.
std::vector<base::Key> cut_keys(const CutOptions& defaults);
CutOptions cut_options_of(const base::Settings& settings, std::uint64_t seed);
/// The key of streams that have two parts to be asked about.
base::Key test_key();

/// Cuts the classes into tasks of equal number, the first ones taking the rest; shuffles each task's items to learn
/// from. The same seed gives the same tasks. Throws base::Error for fewer classes than tasks, for a class that is
/// asked about and never learned, and for an item that is both learned from and asked about: the input alone counts.
ClassTasks cut_into_tasks(Items train, Items test, Items outside, const CutOptions& options);

/// SHA-256 over all tasks, in order.
std::string hash_of(const ClassTasks& tasks);

}  // namespace noema::experiments
