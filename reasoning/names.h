#pragma once
// What inputs are about, found without a word of any language: an input is about the run of units that it opens with
// and that recurs, in it or in another one. So "Demon Dice. Demon Dice, originally ..." is about "Demon Dice", and an
// input that mentions the run mentions that thing. Names link inputs: over them recall goes from one to the next.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "reasoning/openings.h"

namespace noema::reasoning {

struct NameOptions {
  std::uint32_t longest = 6;    ///< units of a name
  std::size_t most = 100;       ///< a name of more texts, or mentioned by more, links nothing: it says too little
  std::size_t texts = 1600;     ///< looked at for those that may be recalled
  std::size_t mentions = 4096;  ///< most recent places of a name's rarest unit that are looked at
};

using Units = std::vector<concepts::ConceptId>;

/// What a text is about: one or two names, each as many units of its opening; 0: none.
struct NameLengths {
  std::uint32_t first = 0;   ///< ends before the first mark
  std::uint32_t second = 0;  ///< goes on past a mark, and stands in another text too
};

/// Where a name stands.
struct Mentions {
  std::vector<std::uint32_t> inputs;  ///< by their first episodes, newest first; no questions
  double estimate = 0;                ///< how many there are: more than were found if not all places were looked at
};

/// A name, and the inputs about it that may be recalled, the newest telling of each text.
using Things = std::map<Units, std::vector<std::uint32_t>>;

/// A look at the names of the inputs that the openings hold; nothing may change meanwhile. One thread.
class Names {
 public:
  /// The newest telling that may be recalled of those in the range, or nothing.
  using Newest = std::function<std::optional<std::uint32_t>(const Openings::Range& tellings)>;
  Names(const concepts::GraphView& graph, const Headings& headings, const Openings& openings, Newest newest,
        const NameOptions& options = {})
      : graph_(graph), headings_(headings), openings_(openings), newest_(std::move(newest)), options_(options) {}

  /// The names of an input; none for one that is not among the openings. Bounded by the options.
  std::vector<Units> of(std::uint32_t episode);
  /// The things that a text mentions: at each place the longest name. A unit that is unknown is the boundary.
  /// O(units) times what the options allow.
  Things things_in(std::span<const concepts::ConceptId> units);
  /// Where a run of units stands. O(options.mentions).
  Mentions mentions_of(const Units& run) const;
  /// ln(N / n) nats for a run in n of N inputs: 0 if it is everywhere.
  double information(const Mentions& mentions) const;
  /// The unit of a run that occurs least often.
  concepts::ConceptId rarest(std::span<const concepts::ConceptId> run) const;

 private:
  NameLengths lengths_of(std::size_t place);
  bool recurs_elsewhere(std::size_t place, std::span<const concepts::ConceptId> run) const;
  const std::vector<std::uint32_t>& about(const Openings::Range& range);
  template <typename Visit>
  std::size_t visit_places(std::span<const concepts::ConceptId> run, Visit&& visit) const;

  const concepts::GraphView& graph_;
  const Headings& headings_;
  const Openings& openings_;
  Newest newest_;
  NameOptions options_;
  std::unordered_map<std::size_t, NameLengths> lengths_;  // by the place of a text's newest telling
  std::map<std::pair<std::size_t, std::uint32_t>, std::vector<std::uint32_t>>
      about_;  // by where a range begins, length
};

}  // namespace noema::reasoning
