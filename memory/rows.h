#pragma once
// The rows of a life as plain values. Ids are positive and never reused; 0 stands for "none yet". JSON columns appear
// here already decoded.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace noema::memory {

using EpisodeId = std::int64_t;
using ThoughtId = std::int64_t;
using ConceptId = std::int64_t;
/// Place in the one order of everything that determines a life, from 1 without gaps.
using Position = std::int64_t;

/// One stored input, or one piece of an input that was too long to be held whole.
struct EpisodeRow {
  EpisodeId id = 0;       ///< given by append
  Position position = 0;  ///< given by append
  double time = 0;        ///< seconds since 1970
  std::string source;     ///< file name, "-" or whatever names where it came from
  std::int64_t line = 0;  ///< line of the source from 1; 0: none
  std::string group;      ///< empty: no group
  std::optional<std::string> speaker;
  std::optional<std::string> outer_id;  ///< the caller's own id, unique in its group
  std::optional<std::string> label;
  std::optional<std::string> answer;  ///< of a taught question; absent too when nothing was told about it
  std::string kind = "text";          ///< such as text, labelled, question
  std::int64_t part = 0;              ///< number of this piece in its input, from 0
  EpisodeId begins_at = 0;            ///< of a later piece: the episode that holds the first one; 0: this one does
  std::string text;
  std::optional<std::string> image;    ///< PNG (memory/images/png.h); the text is empty then
  std::vector<ConceptId> attachments;  ///< the decision how its units were attached, one concept a unit
};

/// What a row says beside its text, as it is visited: good until the next one.
struct EpisodeHeading {
  EpisodeId id = 0;
  double time = 0;  ///< seconds since 1970
  std::string_view group;
  std::optional<std::string_view> speaker;
  std::string_view kind;
  EpisodeId begins_at = 0;  ///< as in EpisodeRow
};

/// A concept that a thought names, and why: "about", "made" or "needs".
struct ThoughtConcept {
  ConceptId id = 0;
  std::string role;
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const ThoughtConcept&) const = default;
};

/// One committed change of the graph.
struct ThoughtRow {
  ThoughtId id = 0;                      ///< given by append
  Position position = 0;                 ///< given by append
  double time = 0;                       ///< seconds since 1970
  std::string kind;                      ///< the kind of thought, such as merge or compose
  std::string operands = "{}";           ///< JSON object: fields that the kind names
  std::vector<ThoughtConcept> concepts;  ///< that it names, in ascending order, each role once
  ConceptId result = 0;                  ///< 0: none
  double gain_bits = 0;
  double cost_seconds = 0;
  std::int64_t candidates = 0;  ///< proposals examined to find it
  std::vector<EpisodeId> evidence;
  std::string reason;
  std::string details = "{}";      ///< JSON object: whatever else is needed to apply it again
  std::int64_t after_episode = 0;  ///< last episode before it
  Position undone_by = 0;          ///< log position of its undo; 0: it stands
};

enum class LogKind { kEpisode, kThought, kUndo, kModel };

/// One entry of the log while it is replayed; the pointers live as long as the visit.
struct LogEntry {
  Position position = 0;
  LogKind kind = LogKind::kEpisode;
  std::int64_t ref = 0;                 ///< episode id, thought id (of a thought or of the one undone) or model id
  double time = 0;                      ///< seconds since 1970
  const EpisodeRow* episode = nullptr;  ///< set for kEpisode
  const ThoughtRow* thought = nullptr;  ///< set for kThought, and for kUndo the thought that is undone
};

/// An edge from a concept to another, other than its parts, what follows it and what it was merged into.
struct ConceptRelation {
  std::string type;  ///< such as instance-of
  ConceptId to = 0;
  std::optional<std::int64_t> count = {};  ///< how often, where that is counted
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const ConceptRelation&) const = default;
};

/// One concept as the checkpoint keeps it.
struct ConceptRow {
  ConceptId id = 0;
  std::string kind;  ///< sense, composite, category, schema or label
  std::string label;
  std::vector<ConceptId> parts;
  ConceptId redirect = 0;  ///< 0: none
  std::int64_t count = 0;
  ThoughtId created_by = 0;                                 ///< 0: made by an input
  std::vector<std::pair<std::string, std::int64_t>> forms;  ///< surface, count
  std::vector<std::pair<ConceptId, std::int64_t>> follows;  ///< concept that came next, count
  std::vector<ConceptRelation> relations = {};              ///< further edges from it, each (type, to) once
  std::string details = "{}";                               ///< JSON object: whatever else the graph keeps of it
  std::string vector;                                       ///< quantised, as the caller coded it; may be empty
};

/// A hit of the lexical search.
struct LexicalHit {
  EpisodeId episode = 0;
  double score = 0;  ///< BM25, larger is better
};

}  // namespace noema::memory
