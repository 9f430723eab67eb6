#pragma once
// The mutex of a graph that many threads read and few change.

#include <oneapi/tbb/rw_mutex.h>

#include <mutex>         // std::unique_lock holds it to change the graph,
#include <shared_mutex>  // std::shared_lock to read it

namespace noema::reasoning {

/// Who waits to change the graph comes before those that ask to read it later. (Linux's std::shared_mutex lets readers
/// pass: where they never end, feeding never goes on.) A thread that holds it, for reading too, must not ask again: it
/// would wait for one that waits for it.
using GraphMutex = tbb::rw_mutex;

}  // namespace noema::reasoning
