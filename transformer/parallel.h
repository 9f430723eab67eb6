#pragma once
// Runs work on a given number of TBB threads, which may exceed the number of cores (so that tests see other
// interleavings), and can cancel it.

#include <tbb/global_control.h>
#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <optional>
#include <stop_token>

namespace noema::transformer {

class Threads {
 public:
  /// threads: 0 means all cores.
  explicit Threads(int threads) : arena_(threads > 0 ? threads : tbb::task_arena::automatic) {
    if (threads > 0) limit_.emplace(tbb::global_control::max_allowed_parallelism, static_cast<std::size_t>(threads));
  }

  template <typename Work>
  void run(Work work) {
    arena_.execute(work);
  }

  /// The same, but when a stop is requested, the parallel loops inside `work` skip their remaining iterations. Their
  /// results are then unspecified, so `work` must check the token before it uses them.
  template <typename Work>
  void run(const std::stop_token& stop, Work work) {
    tbb::task_group_context context;
    const std::stop_callback cancel(stop, [&] { context.cancel_group_execution(); });
    arena_.execute([&] {
      tbb::parallel_for(
          0, 1, [&](int) { work(); }, context);
    });
  }

 private:
  std::optional<tbb::global_control> limit_;
  tbb::task_arena arena_;
};

}  // namespace noema::transformer
