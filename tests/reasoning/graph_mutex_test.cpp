#include "reasoning/graph_mutex.h"

#include <catch2/catch.hpp>
#include <thread>

using noema::reasoning::GraphMutex;

TEST_CASE("who waits to change the graph comes before those that ask to read it later") {
  GraphMutex mutex;
  mutex.lock_shared();
  CHECK(mutex.try_lock_shared());
  mutex.unlock_shared();
  bool is_changed = false;
  std::thread writer([&] {
    mutex.lock();
    is_changed = true;
    mutex.unlock();
  });
  while (mutex.try_lock_shared()) {  // until the writer waits
    mutex.unlock_shared();
    std::this_thread::yield();
  }
  CHECK_FALSE(is_changed);
  mutex.unlock_shared();
  writer.join();
  CHECK(is_changed);
  CHECK(mutex.try_lock_shared());
  mutex.unlock_shared();
}
