#pragma once
// A thought, and what a kind of thought is: one unit that knows its name, what it notices, examines, weighs, applies
// and undoes, which concepts it concerns, and how it is told to a person. The kinds stand in reasoning/thoughts/, one
// file pair each, and in the registry (reasoning/thoughts/registry.h). docs/add-a-thought.md adds one by example.

#include <compare>
#include <cstdint>
#include <functional>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/rng.h"
#include "concepts/graph.h"

namespace noema::reasoning {

class Agenda;
class ThoughtKind;

/// The operands of a thought: a JSON object whose fields each kind names and documents. They are journalled as they
/// are.
using Operands = nlohmann::json;

/// Which kinds of thought may be used.
class KindSet {
 public:
  static KindSet all() { return {}; }
  /// The same set without the kind of this name.
  KindSet without(std::string_view kind) const;
  bool operator[](const ThoughtKind& kind) const;

 private:
  std::set<std::string, std::less<>> left_out_;
};

/// Something worth examining: a kind of thought, and the concepts to examine it with.
struct Suggestion {
  const ThoughtKind* kind = nullptr;
  concepts::ConceptId subject = 0;
  concepts::ConceptId partner = 0;  ///< 0 for the kinds that look for partners themselves
  double priority = 0;              ///< expected gain in bits per stream position touched
};

/// What letting go of inputs, practising and the like did before they were journalled; reasons and evidence that only
/// they know.
struct Account {
  std::string reason;
  std::vector<std::int64_t> evidence;  ///< episodes of the life, from 1
  nlohmann::json details = nlohmann::json::object();
};

/// One thought, from the moment it is found until it is taken back.
struct Thought {
  const ThoughtKind* kind = nullptr;
  Operands operands = Operands::object();

  // Found: what examining says of it. The graph is not changed yet.
  double gain_bits = 0;                              ///< by how much L would shrink
  std::size_t examined = 1;                          ///< alternatives compared, this one included
  std::vector<concepts::Position> occurrences = {};  ///< mentions that it would re-read, ascending

  // Committed: what the journal keeps beside it.
  concepts::ConceptId result = 0;        ///< the concept that it makes (the first, if several) or changes; 0: none
  Operands before = Operands::object();  ///< what undoing needs beside the operands
  double needed_bits = 0;                ///< the price that the gain had to reach
  double candidates = 1;                 ///< suggestions and alternatives that were compared
  double seconds = 0;                    ///< what finding it took
  std::optional<std::uint64_t> taken = std::nullopt;  ///< suggestions taken since the agenda's anchor when it was found
  bool for_budget = false;                            ///< it was thought so that the life keeps within its budget
  Account account = {};
  std::uint64_t number = 0;  ///< in the journal, from 1; 0: not journalled yet
};

/// Something in the graph that one thought can change and another can rely on.
struct Facet {
  enum class Of : std::uint8_t {
    kExistence,       ///< whether a node is there and active; key: the node
    kIdentity,        ///< which concept a node is a form of; key: the node
    kPlace,           ///< which category a concept lies in; key: the concept
    kWording,         ///< which node a sequence of units makes; key: hash of the units
    kConcentrations,  ///< the concentrations of L
    kWeights,         ///< the weights of the predictive copy
    kInputs,          ///< which inputs are attached
  };
  Of of = Of::kExistence;
  std::uint64_t key = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const Facet&) const = default;
};

/// Facets that a thought changes; that it relies on; and that must be unchanged for it to be taken back (beside those
/// that it changed).
struct Footing {
  std::vector<Facet> changes;
  std::vector<Facet> relies_on;
  std::vector<Facet> undo_relies_on;
};

/// Why a concept is named beside a thought in the life.
enum class Role : std::uint8_t { kAbout, kMade, kNeeds };
std::string_view name_of(Role role);

struct ConceptRole {
  concepts::ConceptId id = 0;
  Role role = Role::kAbout;
};

/// Milestones at which the kinds make suggestions: a count is one when it reaches the number and at each doubling.
struct Milestones {
  std::uint32_t pair = 4;         ///< occurrences of a pair: compose
  std::uint32_t company = 16;     ///< mentions of a concept: join
  std::uint32_t split = 64;       ///< mentions of a node: split
  std::uint32_t dissolve = 8;     ///< mentions of a node that thinking made: does it still pay?
  std::uint32_t division = 8192;  ///< mentions of the life: divide the uncategorised concepts
  std::uint32_t kinds = 16;       ///< members of a category: divide them
  std::uint32_t estimate = 512;   ///< mentions of the life: estimate
};

/// True at `first` and at each doubling of it.
bool is_milestone(std::uint64_t count, std::uint64_t first);

/// An episode that was just attached, as the kinds are shown it.
struct NoticedEpisode {
  const concepts::Graph& graph;
  std::uint64_t mentions_before = 0;  ///< mentions of the life before it, line ends included
  std::uint64_t mentions = 0;         ///< and now
  /// True if the number of the life's mentions passed a milestone with this episode.
  bool passed(std::uint32_t first) const;
};

/// One mention of such an episode.
struct NoticedMention {
  const concepts::Graph& graph;
  concepts::ConceptId previous = 0;    ///< node of the mention before it; the boundary if it is the first
  concepts::ConceptId node = 0;        ///< its own node
  concepts::ConceptId concept_id = 0;  ///< the concept of that node
  std::uint64_t concept_mentions = 0;
  double grown = 0;  ///< log2 of the concept's mentions
};

/// What a weighed thought would gain, and where it would change the reading of the stream.
using Weighed = concepts::Proposal;

/// The units of an episode as the life's text says: needed when inputs come back.
using Past = concepts::Past;

/// How a person calls a concept; "" for one that is gone.
using Labels = std::function<std::string(concepts::ConceptId)>;

class ThoughtKind {
 public:
  virtual ~ThoughtKind() = default;

  /// Its name in the journal, the agenda, in arms and in `noema thoughts`. It never changes.
  virtual std::string_view name() const = 0;
  /// One sentence for `noema thoughts`.
  virtual std::string_view help() const = 0;
  /// The operands' fields, for `noema thoughts` and docs.
  virtual std::string_view fields() const = 0;

  // What it notices: suggestions for the agenda. Cost in what is shown.
  virtual void notice(const NoticedMention&, const Milestones&, const KindSet& /*allowed*/, Agenda&) const {}
  virtual void notice(const NoticedEpisode&, const Milestones&, Agenda&) const {}
  /// After a thought of any kind was applied.
  virtual void notice(const concepts::Graph&, const Thought&, const Milestones&, const KindSet& /*allowed*/,
                      Agenda&) const {}

  /// The best thought for a suggestion, whatever its gain, on a graph that stands still; it may be of another allowed
  /// kind. Nothing if there is none. Bounded by the graph's options.
  virtual std::optional<Thought> examine(const concepts::Graph&, const Suggestion&, const KindSet& /*allowed*/) const {
    return std::nullopt;
  }
  /// By how much L would shrink; nothing if the thought makes no sense on this graph.
  virtual std::optional<Weighed> weigh(const concepts::Graph& graph, const Operands& operands) const = 0;
  /// False if something other than L decides it (such as held-out inputs), so that weighing anew says nothing.
  virtual bool is_decided_by_description() const { return true; }
  /// False if applying it leaves the graph as it is.
  virtual bool changes_graph() const { return true; }

  /// Adds what applying and undoing need and the graph before the thought says: operands that follow from the graph,
  /// `before` and `result`. Called once, just before it is journalled.
  virtual void settle(const concepts::Graph& graph, Thought& thought) const = 0;
  /// Changes the graph. The thought is settled and numbered. Throws base::Error if it does not fit the graph; then
  /// nothing is changed.
  virtual void apply(concepts::Graph& graph, const Thought& thought, const Past& past) const = 0;
  /// Takes it back. Nothing stands on it (reasoning/undoing.h).
  virtual void undo(concepts::Graph& graph, const Thought& thought, const Past& past) const = 0;

  /// The concepts it is about, made and needs, once it is settled, as the life's index of thoughts keeps them. A later
  /// thought can stand on it only if the two share one of these, or if both are of one kind.
  virtual std::vector<ConceptRole> concepts(const concepts::Graph& graph, const Thought& thought) const = 0;
  /// What it changed and relied on.
  virtual Footing footing(const concepts::Graph& graph, const Thought& thought) const = 0;

  /// The thought in words, without its gain: "tax + cut -> tax cut".
  virtual std::string tell(const Thought& thought, const Labels& labels) const = 0;

  /// Random operands that may or may not make sense, for tests of all kinds together; nothing if the kind cannot be
  /// drawn on this graph.
  virtual std::optional<Operands> draw(const concepts::Graph&, base::Rng&) const { return std::nullopt; }
};

/// A thought of these operands, weighed on the graph; nothing if it makes no sense.
std::optional<Thought> weighed(const concepts::Graph& graph, const ThoughtKind& kind, Operands operands);

/// The same thought weighed again on the graph as it is now.
std::optional<Thought> weighed_again(const concepts::Graph& graph, const Thought& thought);

/// A field of the operands that is a concept, or a list of them. Throw base::Error, naming the field, if it is not.
concepts::ConceptId id_in(const Operands& operands, const char* field);
std::vector<concepts::ConceptId> ids_in(const Operands& operands, const char* field);
/// The same for a field that may be absent.
concepts::ConceptId id_in_or(const Operands& operands, const char* field, concepts::ConceptId otherwise);

}  // namespace noema::reasoning
