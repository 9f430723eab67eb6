#pragma once
// Recall: from a cue to the episodes it calls up. Words call their concepts, concepts call what they go with (spreading
// activation), and concepts call the episodes that mention them; the lexical index of the life calls episodes too.

#include <string>
#include <vector>

#include "concepts/graph.h"
#include "memory/life.h"

namespace noema::reasoning {

struct Recalled {
  memory::EpisodeId episode = 0;
  double score = 0;                      ///< larger is better
  double coverage = 0;                   ///< share of the cue's information that the episode holds, 0 to 1
  std::vector<concepts::ConceptId> via;  ///< concepts that led there, strongest first
};

struct RecallOptions {
  std::size_t postings = 4096;  ///< most recent mentions looked at for one concept
  double spread_weight = 0.15;  ///< of activation that was passed on, against the cue's own concepts
  std::size_t passed_on = 8;    ///< concepts beyond the cue's own that take part
  std::size_t lexical = 200;    ///< hits taken from the lexical index
};

/// Episodes for the cue, best first, at most k. Concepts weigh by how rare they are (ln N / n); an episode's length
/// counts against it as in BM25 (Robertson & Zaragoza 2009). Episodes of kind "question" do not answer questions and
/// are left out.
std::vector<Recalled> recall(const concepts::Graph& graph, const memory::Life& life, const std::string& cue,
                             std::size_t k, const std::optional<std::string>& group, const RecallOptions& options = {});

}  // namespace noema::reasoning
