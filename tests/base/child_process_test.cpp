#include "base/child_process.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <csignal>
#include <thread>
#include <utility>

using noema::base::ChildProcess;

namespace {

ChildProcess shell(const std::string& script) { return ChildProcess({"/bin/sh", "-c", script}); }

int wait_for(ChildProcess& child) {
  while (!child.status()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  return *child.status();
}

}  // namespace

TEST_CASE("a child process gives its status and the last line of its complaints", "[child]") {
  ChildProcess child = shell("echo one >&2; echo nothing; printf 'two words\\n' >&2; exit 3");
  CHECK(wait_for(child) == 3);
  CHECK(child.status() == 3);
  CHECK(child.last_line() == "two words");
  ChildProcess silent = shell("cat");  // there is nothing to read
  CHECK(wait_for(silent) == 0);
  CHECK(silent.last_line().empty());
}

TEST_CASE("a child process that is asked to stop ends, as does one whose owner goes", "[child]") {
  ChildProcess child = shell("trap 'exit 7' TERM; echo ready >&2; while true; do sleep 0.01; done");
  while (child.last_line().empty()) std::this_thread::sleep_for(std::chrono::milliseconds(2));
  CHECK_FALSE(child.status());
  child.request_stop();
  CHECK(wait_for(child) == 7);
  pid_t id = 0;
  {
    ChildProcess kept = shell("sleep 1000");
    const ChildProcess moved = std::move(kept);
    id = moved.id();
    CHECK(::kill(id, 0) == 0);
  }
  CHECK(::kill(id, 0) != 0);
}

TEST_CASE("a child process that was killed, or is no program, says so by its status", "[child]") {
  ChildProcess killed = shell("kill -9 $$");
  CHECK(wait_for(killed) == 128 + SIGKILL);
  ChildProcess none({"/no/such/program"});
  CHECK(wait_for(none) == 127);
}
