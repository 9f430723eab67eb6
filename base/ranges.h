#pragma once
// The ranges of all numbers that enter noema, by command line, configuration or JSON. Each number has its range here or
// makes one with between(), at_least_one() and so on; every range is finite and refuses NaN and infinities.
//
// How to use one:
//   command line   command->add_option("--seed", ...)->check(within(base::ranges::kSeed));       (app/command.h)
//   configuration  if (auto fault = range.complaint(value)) throw base::Error(where + ": " + key + ": " + *fault);
//   options        range.require("learning-rate", value);       (throws UsageError, naming the option)

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace noema::base {

struct Range {
  double least, most;
  bool whole = false;
  bool without_least = false, without_most = false;  // that end does not belong to the range

  /// False for NaN and infinities, and for fractions if the range is of whole numbers.
  bool contains(double value) const;

  /// What was expected, such as "a whole number from 1 to 65536".
  std::string expected() const;

  /// Nothing if the range holds the value; otherwise "expected ..., found ...". A text must be a number and nothing
  /// else; whole numbers are compared exactly up to 2^64 - 1.
  std::optional<std::string> complaint(std::string_view text) const;
  std::optional<std::string> complaint(double value) const;

  /// Throws UsageError "NAME: expected ..., found ..." unless the range holds the value.
  void require(std::string_view name, double value) const;
};

namespace ranges {

inline constexpr double kMostSteps = 1e12;

inline constexpr Range kSeed{0, 18446744073709551615.0, true};
inline constexpr Range kThreads{0, 1024, true};
inline constexpr Range kShare{0, 1};
inline constexpr Range kCount{0, 1e15, true};  // of anything; 0 often means none or all
inline constexpr Range kSeconds{0, 1e9};

// training
inline constexpr Range kLearningRate{0, 100, false, true};
inline constexpr Range kOnlineRate{0, 10};  // of dynamic evaluation
inline constexpr Range kWeightDecay{0, 1000};
inline constexpr Range kDropout{0, 1, false, false, true};
inline constexpr Range kBatch{1, 65536, true};
inline constexpr Range kMinutes{0, 1e7, false, true};
inline constexpr Range kSteps{1, kMostSteps, true};
inline constexpr Range kEpochs{0, 1e6, false, true};

// the shape of a model
inline constexpr Range kLayers{1, 128, true};
inline constexpr Range kWidth{2, 16384, true};
inline constexpr Range kHeads{1, 16384, true};
inline constexpr Range kKvHeads{0, 16384, true};  // 0: as many as heads
inline constexpr Range kContext{4, 65536, true};

// generating and translating
inline constexpr Range kTokens{0, 1e6, true};
inline constexpr Range kTemperature{0, 1000};
inline constexpr Range kBeam{1, 256, true};
inline constexpr Range kLengthPower{0, 10};

}  // namespace ranges
}  // namespace noema::base
