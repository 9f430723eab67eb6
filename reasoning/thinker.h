#pragma once
// The thinker: keeps an agenda of what is worth examining, examines several suggestions at once on a graph that stands
// still, and commits what pays in one order. It never sweeps the graph: suggestions come from what was just perceived
// and thought.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <string>
#include <tuple>
#include <vector>

#include "reasoning/operators.h"

namespace noema::reasoning {

struct ThinkerOptions {
  std::size_t agenda = 65536;      ///< suggestions kept; the least promising go first
  std::size_t batch = 32;          ///< examined side by side; fixed, so that thoughts do not depend on threads
  double price_bits = 4;           ///< c: a thought must gain log2(alternatives examined) + c
  std::uint32_t first_pair = 4;    ///< a pair is suggested when it has occurred so often, and at each doubling
  std::uint32_t first_merge = 16;  ///< the same for the mentions of a concept
  std::uint32_t first_split = 64;  ///< the same, for another sense of it
  std::uint32_t first_forget = 8;  ///< the same for what was thought: does it still pay?
  std::uint32_t first_division =
      8192;                            ///< mentions of the life at which its concepts are divided, and at each doubling
  std::uint32_t first_kinds = 16;      ///< the same for the members of a category
  std::uint32_t first_estimate = 512;  ///< and for the life's mentions
  OperatorSet operators;               ///< those that are used
};

/// What thinking did.
struct Thinking {
  std::uint64_t examined = 0;
  std::uint64_t thoughts = 0;
  double gain_bits = 0;
  double seconds = 0;
  std::map<std::string, std::uint64_t> by_kind;
  std::uint64_t rolled_back = 0;  ///< practices that were not worth keeping (consolidation.h)
};

/// What letting go of inputs did: `forgetting` says until which, and what faded.
struct LetGo {
  std::uint32_t first = 0;  ///< episode it began with
  std::uint64_t bytes_before = 0, bytes_after = 0, max_bytes = 0;
  std::uint64_t concepts_before = 0, max_concepts = 0;
  const concepts::Forgetting* forgetting = nullptr;
};

class Thinker {
 public:
  /// A thought that was committed: examined, weighed, applied; `result` is the concept it made or changed.
  struct Committed {
    const Thought& thought;
    concepts::ConceptId result = 0;
    double needed_bits = 0;
    double candidates = 0;
    double seconds = 0;
    std::uint64_t batch = 0;                  ///< of this call of think(), from 0
    std::vector<concepts::ConceptId> before;  ///< what undoing needs
    bool for_budget = false;                  ///< thought so that the life keeps to its budget
    const LetGo* let_go = nullptr;            ///< of inputs: done already
    std::vector<std::int64_t> evidence = {};  ///< episodes, if the thought's occurrences do not say them
  };
  /// Called inside the commit, the graph still locked and not changed yet; returns the thought's number in the journal.
  using Journal = std::function<std::uint64_t(const Committed&)>;

  explicit Thinker(const ThinkerOptions& options = {}) : options_(options) {}

  /// Suggests what an episode just attached gives reason to: its pairs and its concepts. Cost in the episode's length.
  void notice(const concepts::Graph& graph, std::uint32_t episode);

  /// Examines `proposals` suggestions at most, best first, on `threads` oneTBB workers, and commits those that pay.
  /// `keep_on` is asked between batches. `mutex` is held shared while examining and alone while committing;
  /// `after_batch` is called in the same hold.
  Thinking think(concepts::Graph& graph, std::shared_mutex& mutex, std::uint64_t proposals, const Journal& journal,
                 const std::function<bool()>& keep_on = {}, const std::function<void()>& after_batch = {});

  /// Replaying a recorded batch: takes from the agenda what was taken then, without examining it; returns how many
  /// there were.
  std::size_t skip(std::uint64_t proposals) { return take(proposals).size(); }
  /// Suggests what a thought just committed gives reason to.
  void notice_thought(const concepts::Graph& graph, Operator kind, const std::vector<concepts::ConceptId>& operands,
                      concepts::ConceptId result);

  std::size_t agenda_size() const;
  const ThinkerOptions& options() const { return options_; }

  /// The agenda, to be kept with the life, and back.
  std::string state() const;
  void restore(std::string_view state);

 private:
  struct Order {
    bool operator()(const Suggestion& x, const Suggestion& y) const;
  };
  using Key = std::tuple<Operator, concepts::ConceptId, concepts::ConceptId>;

  void suggest(const Suggestion& suggestion);
  void suggest_company(concepts::ConceptId id, double priority);
  void suggest_pair(const concepts::Graph& graph, concepts::ConceptId first, concepts::ConceptId second);
  std::vector<Suggestion> take(std::size_t most);

  ThinkerOptions options_;
  std::set<Suggestion, Order> agenda_;
  std::map<Key, double> priorities_;
  mutable std::mutex agenda_mutex_;
};

}  // namespace noema::reasoning
