#pragma once
// A cue, and how well an input matches it by its units: BM25 over the postings of the graph.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "concepts/graph_view.h"
#include "reasoning/headings.h"
#include "reasoning/openings.h"
#include "reasoning/written_forms.h"

namespace noema::reasoning {

struct CueOptions {
  double saturation = 0.9;        ///< BM25's k1: a second mention says less than the first
  double length = 0.4;            ///< BM25's b: how much an input's length counts against it
  double form = 0.5;              ///< what another form of a concept of the cue says, against the cue's own
  double written = 0.5;           ///< the same of another form of the word, by how it is written
  std::size_t most_written = 8;   ///< of a unit
  double telling = 1;             ///< nats: other forms of words that tell less are not looked for
  std::size_t mentions = 4096;    ///< most recent mentions of a unit that are looked at for candidates
  std::size_t filtered = 16384;   ///< the same where not every input may be recalled
  std::size_t candidates = 8192;  ///< enough to stop adding those of ever more frequent units
};

/// A node that calls inputs for a part of the cue.
struct Caller {
  concepts::ConceptId node = 0;
  double share = 1;  ///< below 1: another form of the part's concept or word
};

/// A unit of the cue that is no mark, or a part of one that has marks inside, each once; or other forms of a composite
/// of the cue.
struct Part {
  concepts::ConceptId node = 0;
  double weight = 0;  ///< nats: how much it tells, the more the fewer inputs hold it (BM25's idf)
  std::vector<Caller> callers;
};

class Cue {
 public:
  /// All must stand still while the cue lives. What was asked tells nothing of its units: a unit that stands in
  /// questions alone was never met. Cost: the mentions of its units, at most options.mentions each.
  Cue(const concepts::GraphView& graph, const Headings& headings, const Openings::Evidence& evidence,
      const WrittenForms& forms, const std::string& text, const CueOptions& options = {});

  /// Its units in order, marks too; the boundary for one that was never met.
  const std::vector<concepts::ConceptId>& units() const { return units_; }
  /// The same with the parts of units that have marks inside in their place: a cue may put an ending to a name with
  /// one.
  const std::vector<concepts::ConceptId>& finer_units() const { return finer_units_; }
  const std::vector<Part>& parts() const { return parts_; }
  /// All spellings of its units, for the lexical index.
  const std::vector<std::string>& terms() const { return terms_; }

  /// What BM25 gives an attached episode for each part. O(parts log mentions).
  std::vector<double> row(std::uint32_t episode) const { return rows({&episode, 1}); }
  /// The rows of attached episodes in ascending order, one behind the other. O(parts (log mentions + episodes log of
  /// the mentions between two of them)).
  std::vector<double> rows(std::span<const std::uint32_t> episodes) const;
  /// Share of the cue's information that an attached episode holds, 0 to 1; units never met count too, and what an
  /// input of more than twice the average length holds counts less.
  double coverage(std::uint32_t episode) const;
  /// The same of a stretch of the stream.
  double coverage(concepts::Position begin, concepts::Position end) const;
  /// Episodes with any part that may be recalled, each once, in ascending order: the most recent mentions of its rarest
  /// units. `all` is false if others might be among the best.
  struct Candidates {
    std::vector<std::uint32_t> episodes;
    bool all = true;
  };
  Candidates candidates(const Headings::Wanted& wanted) const;

 private:
  std::optional<concepts::ConceptId> met(const std::string& identity) const;
  bool is_evidence(std::uint32_t episode) const { return headings_.holds(episode) && !headings_[episode].is_question; }
  bool is_met(concepts::ConceptId node) const;
  bool add_part(std::vector<Caller> callers, const std::string& identity);
  void add_forms(const std::vector<concepts::ConceptId>& known);
  template <typename Visit>
  std::size_t visit_inputs(concepts::ConceptId node, Visit&& visit) const;
  double inputs_with(concepts::ConceptId node) const;
  double weight_of(const std::vector<Caller>& callers) const;
  bool stands_in(concepts::ConceptId node, concepts::Position begin, concepts::Position end) const;
  double relative_length(concepts::Position units) const;

  const concepts::GraphView& graph_;
  const Headings& headings_;
  const Openings::Evidence& evidence_;
  const WrittenForms& forms_;
  CueOptions options_;
  std::vector<concepts::ConceptId> units_, finer_units_;
  std::vector<Part> parts_;
  std::vector<std::string> terms_;
  double information_ = 0;  ///< nats of all its units
};

}  // namespace noema::reasoning
