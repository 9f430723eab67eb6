#pragma once
// How inputs open: the inputs in the order of their units, so that those which open with a run of units stand beside
// each other, and so do the tellings of one text. What inputs have in front of their first word, such as a quotation
// mark, does not count.
//
// It is a function of the attached stream and the headings alone, whatever was asked between.

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "concepts/graph_view.h"
#include "reasoning/headings.h"

namespace noema::reasoning {

/// True if the unit is a mark: it has no letter, digit or ideograph.
bool is_mark(const concepts::GraphView& graph, concepts::ConceptId unit);

/// Where the text of an input begins: at its first unit that is no mark.
struct Opening {
  std::uint32_t episode = 0;
  concepts::Position begin = 0;
};

class Openings {
 public:
  /// The openings [begin, end) of the order: those whose first `length` units are the same.
  struct Range {
    std::size_t begin = 0, end = 0;
    std::uint32_t length = 0;
    bool empty() const { return begin == end; }
    std::size_t size() const { return end - begin; }
  };

  /// Takes the inputs (no questions, no later pieces, none of marks alone) that both the stream and the headings hold.
  /// n new ones of N: O(n log (n + N) comparisons + 8 N bytes moved); O(N) more where some were let go of. 8 bytes an
  /// input.
  void catch_up(const concepts::GraphView& graph, const Headings& headings);

  /// The episodes that were taken or left out but for questions, and their units: what inputs tell, whatever was asked.
  struct Evidence {
    std::uint64_t episodes = 0, units = 0;
  };
  const Evidence& evidence() const { return evidence_; }
  const Opening& operator[](std::size_t i) const { return order_[i]; }
  Range all() const { return {0, order_.size(), 0}; }
  /// Those of the range that go on with this unit. O(log N).
  Range narrowed(const concepts::Stream& stream, const Range& range, concepts::ConceptId next) const;
  /// Those that open with the units. O(units log N).
  Range with(const concepts::Stream& stream, std::span<const concepts::ConceptId> units) const;
  /// The tellings of the text at place i, oldest first, among the first pieces. O(log N) comparisons.
  Range tellings(const concepts::Stream& stream, std::size_t i) const;
  /// The place of an input, or nothing if it is not among them.
  std::optional<std::size_t> place_of(const concepts::GraphView& graph, std::uint32_t episode) const;

  /// Calls visit(range) for the tellings of each text in the range, in order, while it returns true.
  template <typename Visit>
  void for_each_text(const concepts::Stream& stream, const Range& range, Visit&& visit) const {
    for (std::size_t i = range.begin; i < range.end;) {
      const Range text = tellings(stream, i);
      if (!visit(text)) return;
      i = text.end;
    }
  }

 private:
  std::vector<Opening> order_;
  std::uint32_t begin_ = 0, end_ = 0;  ///< episodes that were taken or left out
  Evidence evidence_;
};

/// The units of an input's first piece, from its opening on.
std::span<const concepts::ConceptId> units_from(const concepts::Stream& stream, const Opening& opening);
/// The opening of an attached episode, or nothing if it has marks alone.
std::optional<Opening> opening_of(const concepts::GraphView& graph, std::uint32_t episode);

}  // namespace noema::reasoning
