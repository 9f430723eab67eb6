#pragma once
// The agenda: what is worth examining, best first.

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "reasoning/thought.h"

namespace noema::reasoning {

/// Suggestions in order of their priority; equal ones by kind (in the registry's order), subject and partner. One
/// suggestion per kind, subject and partner: a new one replaces the old one's priority. Thread-safe.
class Agenda {
 public:
  /// most: suggestions that are kept; the least promising go first. Suggestions of kinds that are not allowed are not
  /// taken.
  Agenda(std::size_t most, const KindSet& allowed) : most_(most), allowed_(allowed) {}

  /// O(log n).
  void suggest(const Suggestion& suggestion);
  /// Suggestions taken at once, best first, and the number taken since the last anchor, these included.
  struct Taken {
    std::vector<Suggestion> suggestions;
    std::uint64_t since_anchor = 0;
  };
  /// Takes the best ones, at most `most`.
  Taken take(std::size_t most);
  std::size_t size() const;
  /// All suggestions, best first.
  std::vector<Suggestion> suggestions() const;

  /// The suggestions taken are counted from an anchor on, an input or a checkpoint, so that a replay can take the same.
  void set_anchor();
  std::uint64_t taken_since_anchor() const;

  /// All suggestions, by the names of their kinds (CBOR), and back. Suggestions of kinds that this program does not
  /// know are dropped. Throws base::Error for bytes that are no agenda.
  std::string state() const;
  void restore(std::string_view state);

 private:
  struct Order {
    bool operator()(const Suggestion& x, const Suggestion& y) const;
  };
  using Key = std::tuple<const ThoughtKind*, concepts::ConceptId, concepts::ConceptId>;

  std::size_t most_;
  KindSet allowed_;
  std::set<Suggestion, Order> suggestions_;
  std::map<Key, double> priorities_;
  std::uint64_t taken_since_anchor_ = 0;
  mutable std::mutex mutex_;
};

}  // namespace noema::reasoning
