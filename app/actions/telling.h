#pragma once
// Which concepts tell something: beside which not just anything stands. No list of words is involved.

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <vector>

#include "concepts/company/company.h"
#include "reasoning/mind.h"

namespace noema::app {

/// Mentions of a concept, also those within wholes.
std::uint64_t occurrences_of(const concepts::Graph& graph, concepts::ConceptId id);

/// The smaller of what a mention tells of an input (log2 of inputs per mention) and of the concepts beside it (the
/// relative entropy of its neighbours against all mentions), in bits. Of a category, and of a concept that is mentioned
/// within wholes alone, the former. O(its cells).
double told_bits(const concepts::Graph& graph, concepts::ConceptId id);

/// What tells less than this share of what a mention tells on average is not worth a place in a picture or a list.
inline constexpr double kOrdinaryShare = 0.75;

/// What a mention of these concepts tells on average, categories aside. told: told_bits() of each.
double average_told_bits(const concepts::Graph& graph, const std::vector<concepts::ConceptId>& ids,
                         const std::vector<double>& told);

/// Says which units tell something, by the company that they keep, or in a life that has not thought about company by
/// what stands right beside them; and which concepts, by their units.
class TellingConcepts {
 public:
  /// Reads the words of the life's company if there are some; otherwise O(concepts + cells of the commonest).
  /// The view must outlive it.
  explicit TellingConcepts(const reasoning::MindView& view);

  /// What a mention of the unit tells, 1 being what a running word tells on average; 0 for a mark.
  double of_unit(concepts::ConceptId unit) const;
  /// True for a unit that tells kOrdinaryShare, for a category or a list of fillers that do so on average over their
  /// mentions, and for a composite whose first and last unit tell 1 on average and neither less than a half of that.
  bool tells(concepts::ConceptId id) const;
  /// The words of the life's company, if it has one.
  const std::optional<concepts::company::Words>& words() const { return words_; }

 private:
  bool ends_tell(concepts::ConceptId id) const;
  bool tell_on_average(const std::vector<concepts::ConceptId>& ids) const;
  void add(const std::vector<concepts::ConceptId>& ids, int levels, double& told, double& mentions) const;

  const concepts::Graph& graph_;
  std::optional<concepts::company::Words> words_;
  std::unordered_map<concepts::ConceptId, double> company_;  ///< of_unit() of the units that the company has
  double average_ = 0;                                       ///< told_bits() of a running word, without company
};

}  // namespace noema::app
