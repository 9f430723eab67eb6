#pragma once
// As many TBB threads as asked for, also more than the machine has cores (so that tests see other interleavings).

#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <optional>

namespace noema::transformer {

class Threads {
 public:
  /// threads: 0 for as many as the machine has cores.
  explicit Threads(int threads) : arena_(threads > 0 ? threads : tbb::task_arena::automatic) {
    if (threads > 0) limit_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  }

  template <typename Work>
  void run(Work work) {
    arena_.execute(work);
  }

 private:
  std::optional<tbb::global_control> limit_;
  tbb::task_arena arena_;
};

}  // namespace noema::transformer
