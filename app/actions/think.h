#pragma once
// Letting a life think.

#include <functional>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/clock.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ThinkRequest {
  double seconds = 0;                        ///< 0: no bound
  std::uint64_t thoughts = 0;                ///< 0: no bound
  std::optional<std::uint64_t> consolidate;  ///< steps to practise first
  bool no_consolidate = false;               ///< do not practise unless told to
  bool no_unit_vectors = false;              ///< a practice takes in no vectors of units
};

struct ThinkValue {
  reasoning::Thinking thinking;
  double seconds = 0;
  std::uint64_t concepts_before = 0, concepts_after = 0;
  bool company = false;  ///< which words go with which was counted anew
  bool topics = false;   ///< what the inputs are about was found anew
  bool wholes = false;   ///< runs of units with a name of their own were found anew
};

/// Thinks until nothing is left to examine, a bound is reached or keep_on returns false. The thoughts are durable when
/// it returns. since: when the given time began, so that opening the life can be included. keep_on gets the share of
/// the time that has passed and the number of thoughts so far.
ThinkValue think(reasoning::Mind& mind, const ThinkRequest& request, const base::Stopwatch& since,
                 const std::function<bool(double share, std::uint64_t thoughts)>& keep_on);

/// {"thoughts","by_kind","examined","rolled_back","gain_bits","seconds","concepts_before","concepts_after","company",
/// "topics","wholes"}.
nlohmann::ordered_json to_json(const ThinkValue& value);

/// What it wrote, read again (json_fields.h).
ThinkValue think_value_of(const nlohmann::json& object);
/// Adds what was thought after it.
void add(ThinkValue& all, const ThinkValue& more);

}  // namespace noema::app
