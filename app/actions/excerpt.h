#pragma once
// The part of the concept graph that is worth drawing: the concepts that are mentioned most and tell something, or what
// stands around one of them, with the edges between them.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/actions/concept_value.h"
#include "app/actions/export.h"
#include "reasoning/mind.h"

namespace noema::app {

struct ExcerptRequest {
  std::size_t most = 300;           ///< concepts
  std::string around = {};          ///< a concept, for what is one edge away from it; empty for all
  bool with_uninformative = false;  ///< also concepts beside which anything may stand
  std::uint64_t least_count = 1;    ///< mentions
};

struct ExcerptConcept {
  NamedConcept itself;  ///< with its mentions
  std::string kind;
  double bits = 0;                   ///< told_bits(): what a mention of it tells
  bool is_informative = true;        ///< a category, or it tells three quarters of what a mention tells on average
  memory::EpisodeId since = 0;       ///< the input that mentioned it first, or after which it was thought
  std::string thought = {};          ///< the kind of thought that made it; empty: it came with an input
  concepts::ConceptId category = 0;  ///< in which it lies, 0 for none
};

struct Excerpt {
  std::vector<ExcerptConcept> concepts;  ///< of the whole graph by mentions times bits, around a concept nearest first
  std::vector<ExportedEdge> edges;       ///< between them; of `follows` those that tell most, five a concept
  std::size_t total = 0;                 ///< concepts of the graph
};

/// O(concepts + cells of the concepts with the most mentions). Throws UnknownName if `around` means no concept or
/// several.
Excerpt excerpt(const reasoning::MindView& view, const ExcerptRequest& request);

/// {"concepts":[{"id","kind","label","count","bits","informative","since","category","thought"}],"edges":[{"from","to","type",
/// "weight","count"}],"total"}.
nlohmann::ordered_json to_json(const Excerpt& value);

}  // namespace noema::app
