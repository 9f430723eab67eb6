#pragma once
// A small life that is served in this process, for the tests of servers.

#include <memory>
#include <string>
#include <thread>

#include "app/actions/think.h"
#include "app/server/http_server.h"
#include "tests/app/small_life.h"

namespace noema::tests {

/// A life on disk that knows a little and has thought about it.
struct LifeOnDisk {
  SmallLife small{tax_lines()};
  std::string path = small.path;
  LifeOnDisk() {
    app::ThinkRequest request;
    request.no_consolidate = true;
    app::think(*small.mind, request, base::Stopwatch(), [](double, std::uint64_t) { return true; });
    small.mind.reset();
  }
};

/// Serves a life or a folder on a free port until it goes.
struct Served {
  app::Lives lives;
  app::HttpServer server;
  std::stop_source stop;
  std::thread thread;

  explicit Served(const std::string& path, const std::string& token = {}, const app::HttpLimits& limits = {})
      : lives(path, false),
        server(lives, "127.0.0.1", 0, token, limits),
        thread([this] { server.run(stop.get_token()); }) {}
  ~Served() {
    stop.request_stop();
    thread.join();
  }
};

}  // namespace noema::tests
