#pragma once
// Time is injected: programs use the system's clock, tests and experiments a clock they move themselves.

#include <chrono>
#include <string>

namespace noema::base {

class Clock {
 public:
  virtual ~Clock() = default;
  /// Seconds since 1970-01-01T00:00:00Z.
  virtual double now_seconds() const = 0;
};

class SystemClock final : public Clock {
 public:
  double now_seconds() const override;
};

class ManualClock final : public Clock {
 public:
  explicit ManualClock(double seconds = 0) : seconds_(seconds) {}
  double now_seconds() const override { return seconds_; }
  void advance(double seconds) { seconds_ += seconds; }

 private:
  double seconds_;
};

/// Monotonic stopwatch for measuring durations.
class Stopwatch {
 public:
  Stopwatch() : start_(std::chrono::steady_clock::now()) {}
  double seconds() const { return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count(); }

 private:
  std::chrono::steady_clock::time_point start_;
};

/// ISO 8601 in UTC with offset, such as 2024-02-29T12:00:00+00:00.
std::string iso8601(double seconds);

}  // namespace noema::base
