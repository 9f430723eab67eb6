#pragma once
// What goes with a concept: the words of the inputs that mention it, those that tell most first; and how it is written.

#include <map>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "app/actions/telling.h"

namespace noema::app {

/// Of a row of neighbours those that are more often beside the concept than by chance, the surest first, with how often
/// they are: the ones that tell something, and others where they are so sixteen times as often as by chance. At most
/// `most`. O(cells of the row).
std::vector<NamedConcept> telling_beside(const concepts::Graph& graph, const TellingConcepts& telling,
                                         concepts::ConceptId id, const concepts::CountMap& row, std::size_t most);

/// Labels of what goes with a concept, the surest first: words near its mentions that tell something, by in how many
/// more inputs they are than by chance; in a life that has not thought about company, what stands right beside it. None
/// for a category. Reads at most a thousand inputs.
std::vector<std::string> what_goes_with(const reasoning::MindView& view, const TellingConcepts& telling,
                                        concepts::ConceptId id, std::size_t most);

/// The most frequent of some writings, of equally frequent ones the first; `otherwise` if there is none.
std::string mostly_written(const std::map<std::string, std::size_t>& writings, const std::string& otherwise);

/// How a composite is written in most of some of the inputs that mention it ("League Baseball", where its parts by
/// themselves are mostly "League" and "baseball"); of other nodes, and where no input can be read, its label.
std::string written_label(const reasoning::MindView& view, concepts::ConceptId id);

}  // namespace noema::app
