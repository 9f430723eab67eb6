#include "base/clock.h"

#include <fmt/chrono.h>

#include <cmath>

namespace noema::base {

double SystemClock::now_seconds() const {
  return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
}

std::string iso8601(double seconds) {
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}+00:00", fmt::gmtime(static_cast<std::time_t>(std::floor(seconds))));
}

}  // namespace noema::base
