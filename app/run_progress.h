#pragma once
// How far an experiment is, for people: arm, position, rate, time left, the metric so far.

#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "experiments/experiment.h"

namespace noema::app {

/// Follows one experiment; `seconds` is the time since it began.
class RunProgress {
 public:
  /// Of the whole experiment of several runs, else of the arm, 0 to 1.
  double share(const experiments::Progress& progress) const;
  /// "noema  12 of 40  3.1 a minute  9 min left  1.234 bits/char"; before it, of an experiment of several, "3 of 9
  /// runs, 20 min left  protocol.think=2/seed-1". What is not known yet is left out.
  std::string text(const experiments::Progress& progress, double seconds);
  /// What is told once: that an arm, or a run of several, has begun.
  std::optional<std::string> news(const experiments::Progress& progress);

 private:
  using Arm = std::pair<std::string, std::string>;  ///< run and arm
  struct Begun {
    std::size_t at = 0;  ///< experience, or finished runs
    double seconds = 0;
  };
  std::map<Arm, Begun> arms_;
  std::optional<Begun> runs_;
  std::set<std::string> told_;
};

}  // namespace noema::app
