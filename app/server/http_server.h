#pragma once
// The HTTP server: requests become calls of operations, results and refusals become JSON. cpp-httplib stays in the .cpp
// file.

#include <memory>
#include <stop_token>
#include <string>

#include "app/server/gate.h"
#include "app/server/lives.h"
#include "app/server/runs.h"
#include "base/ranges.h"

namespace noema::app {

/// Ports that a server may be given; 0: any that is free.
inline constexpr base::Range kPorts{0, 65535, true};

struct HttpLimits {
  std::size_t body_bytes = 8 * 1024 * 1024;
  std::size_t threads = 32;       ///< requests and streams of events that are answered at a time; others wait
  std::size_t waiting = 2000;     ///< requests; those that come to their turn while more wait are refused
  std::size_t streams = 16;       ///< of events; one more is refused
  int read_seconds = 10;          ///< for a request to arrive
  double heartbeat_seconds = 10;  ///< between two signs that a stream lives
};

class HttpServer {
 public:
  /// Binds the port; 0: any that is free. The lives must outlive it. Throws base::Error if the port cannot be had.
  HttpServer(Lives& lives, const std::string& host, int port, const std::string& token, const HttpLimits& limits = {},
             const Runs& runs = Runs());
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  int port() const;
  /// True while run() takes requests.
  bool is_running() const;
  /// Answers until a stop is requested, and ends what was begun.
  void run(const std::stop_token& stop);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace noema::app
