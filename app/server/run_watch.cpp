#include "app/server/run_watch.h"

#include <fmt/format.h>

#include <chrono>

#include "base/clock.h"

namespace noema::app {
namespace {

constexpr const char* kHost = "127.0.0.1";
constexpr double kMostSeconds = 5;  ///< to begin

}  // namespace

RunWatch::RunWatch(const std::filesystem::path& out, int port)
    : lives_(no_lives_.path(), false),
      server_(lives_, kHost, port, {}, {}, Runs::of_experiment(out)),
      thread_([this](const std::stop_token& stop) { server_.run(stop); }) {
  // A server that is told to stop before it takes requests would not hear it.
  const base::Stopwatch watch;
  while (!server_.is_running() && watch.seconds() < kMostSeconds)
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

RunWatch::~RunWatch() = default;

std::string RunWatch::url() const { return fmt::format("http://{}:{}/", kHost, server_.port()); }

}  // namespace noema::app
