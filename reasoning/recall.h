#pragma once
// Recall: from a cue to the inputs it calls up. The cue's units call inputs (BM25). The things that the cue names call
// the inputs about them. Each of the first hits then calls what is one name away: the inputs about the things that it
// mentions, and those that mention what it is about. And it uses up the parts of the cue that it holds, so that the
// next hit is one that holds the others: together they tell what no single input does.

#include <optional>
#include <string>
#include <vector>

#include "concepts/graph.h"
#include "memory/life.h"
#include "reasoning/cue.h"
#include "reasoning/names.h"
#include "reasoning/passage.h"
#include "reasoning/recall_index.h"

namespace noema::reasoning {

struct Recalled {
  memory::EpisodeId episode = 0;         ///< the newest telling
  double score = 0;                      ///< larger is better; never above that of the hit before
  double coverage = 0;                   ///< share of the cue's information that the episode holds, 0 to 1
  std::vector<concepts::ConceptId> via;  ///< concepts that led there, strongest first
  std::size_t times = 1;  ///< how often its text was told, as far as the graph holds it and it may be recalled
  double since = 0;       ///< seconds since 1970: when it was told first
  double last = 0;        ///< likewise: when it was told last
};

/// Found on every other query of two sets of questions that take two to four inputs to answer, and right on the rest.
struct RecallOptions {
  CueOptions cue;
  NameOptions names;
  std::size_t pool = 200;  ///< best inputs by their units that take part
  double named = 1.0;      ///< what it is worth that the cue names what an input is about, per nat of the name
  double forward = 1.0;    ///< strength of a link from an input to those about a thing that it mentions
  double backward = 0.5;   ///< strength of a link from an input to those that mention what it is about
  double spread = 0.6;     ///< share of a hit's score that goes along a link of full strength; 0: no links
  double used_up = 0.6;    ///< share of a part's worth that is gone once a hit holds it
  std::size_t seeds = 5;   ///< first hits that call others and use up parts
  double lexical = 0.5;    ///< what a hit of the lexical index counts that the graph does not hold, against its BM25
  std::size_t lexical_hits = 200;  ///< taken from the lexical index
};

/// Inputs for the cue, best first, at most k, the newest first among equals. One text (the same units, white space and
/// case apart) stands once however often it was told; so does an input of several pieces. Questions do not answer
/// questions and are left out. Inputs that the graph does not hold take part by the lexical index, which is asked only
/// if there are such or the graph's most recent mentions give too few. Cost: bounded by the options, whatever the size
/// of the life, but for the lexical index and the tellings of one text.
std::vector<Recalled> recall(const concepts::Graph& graph, const memory::Life& life, RecallIndex& index,
                             const std::string& cue, std::size_t k, const RecallFilter& filter = {},
                             const RecallOptions& options = {});

/// What of a hit answers the cue that called it: of an input of several pieces, or that the graph does not hold, all.
Passage passage_of(const concepts::Graph& graph, const memory::Life& life, RecallIndex& index, const std::string& cue,
                   const Recalled& hit, const RecallOptions& options = {});

}  // namespace noema::reasoning
