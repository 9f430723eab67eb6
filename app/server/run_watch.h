#pragma once
// An experiment that is watched in a browser while it runs: the page's screen of experiments, on the loopback.

#include <filesystem>
#include <string>
#include <thread>

#include "app/server/http_server.h"
#include "base/temporary_folder.h"

namespace noema::app {

class RunWatch {
 public:
  /// Serves the runs in `out` from a thread of its own until it is destroyed. port: 0 for any that is free. Throws
  /// base::Error if the port cannot be had.
  RunWatch(const std::filesystem::path& out, int port);
  ~RunWatch();
  RunWatch(const RunWatch&) = delete;
  RunWatch& operator=(const RunWatch&) = delete;

  /// Where a browser finds it.
  std::string url() const;

 private:
  base::TemporaryFolder no_lives_;
  Lives lives_;
  HttpServer server_;
  std::jthread thread_;
};

}  // namespace noema::app
