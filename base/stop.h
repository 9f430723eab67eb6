#pragma once
// How long work is ended early. Whoever starts the work passes a std::stop_token down (by value or reference; a default
// one never stops). The work asks it about every tenth of a second: stop_if_requested(stop) where nothing is worth
// keeping, or stop.stop_requested() where it first brings something to an end. Programs take their token from
// app::stop_token(), which Ctrl-C and SIGTERM set, and exit with kInterruptedStatus.

#include <stop_token>

#include "base/error.h"

namespace noema::base {

inline constexpr int kInterruptedStatus = 130;  // also after SIGTERM

/// Work was ended because a stop was requested. The message says what was kept and how to go on.
class Interrupted : public Error {
 public:
  using Error::Error;
};

/// Throws Interrupted if a stop was requested.
inline void stop_if_requested(const std::stop_token& stop) {
  if (stop.stop_requested()) throw Interrupted("interrupted");
}

}  // namespace noema::base
