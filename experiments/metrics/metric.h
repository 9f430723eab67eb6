#pragma once
// A metric: a number that is folded over the outcomes of an arm. A metric is a file pair in this folder, its test, and
// one line in registry.cpp.

#include <memory>
#include <optional>
#include <span>
#include <string>

#include "experiments/terms.h"
#include "reasoning/experience.h"

namespace noema::experiments {

/// Where a stream gives classes task by task: when an item was asked about, and to which task it belongs.
struct AskedAt {
  std::size_t after = 0;  ///< number of tasks that were learned, from 0
  std::size_t of = 0;     ///< the item's task, from 0
  std::size_t tasks = 0;
  bool outside = false;  ///< the item is of no class

  bool is_last() const { return after == tasks; }
};

/// An experience that was scored, and the outcome.
struct Scored {
  const reasoning::Experience& experience;
  const reasoning::Outcome& outcome;
  std::span<const float> words;      ///< bits of the words of a text, line end included
  std::span<const float> reference;  ///< the same with the static arm; empty if it did not run
  std::optional<AskedAt> asked = {};
  std::span<const Term> terms = {};  ///< of the target of a told pair
};

class Fold {
 public:
  virtual ~Fold() = default;
  virtual void add(const Scored& scored) = 0;
  /// Nothing if the metric has no meaning for what was added.
  virtual std::optional<double> value() const = 0;
};

struct MetricKind {
  std::string name;     ///< key in results
  std::string label;    ///< for people
  std::string unit;     ///< "" for a share or a number without unit
  std::string formula;  ///< how it is computed, and where it is from
  int decimals = 4;     ///< for people
  bool share = false;   ///< shown in percent
  bool paired = false;  ///< folded once all arms have run, over all words beside those of the static arm
  std::unique_ptr<Fold> (*make)() = nullptr;
};

}  // namespace noema::experiments
