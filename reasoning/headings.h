#pragma once
// What recall must know of an input beside its units: who told it, when, in which group, and whether it is evidence.

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "memory/life.h"

namespace noema::reasoning {

/// Which inputs are to be recalled.
struct RecallFilter {
  std::optional<std::string> group = {};
  std::optional<std::string> speaker = {};
  std::optional<double> since = {};  ///< seconds since 1970: told then or later
  bool passes_all() const { return !group && !speaker && !since; }
};

/// The moment of which a question asks what was known then; nothing: now.
struct AsOf {
  std::optional<double> time = {};              ///< seconds since 1970: inputs until then, or
  std::optional<memory::EpisodeId> input = {};  ///< inputs up to this one
};

struct Heading {
  double time = 0;            ///< seconds since 1970
  std::uint32_t group = 0;    ///< number of its name
  std::uint32_t speaker = 0;  ///< number of the name; 0: none
  std::uint32_t first = 0;    ///< the episode that holds the input's first piece
  bool is_question = false;
};

/// The headings of a range of episodes, counted from 0 as the stream of units counts them. 24 bytes an episode.
class Headings {
 public:
  /// Holds the episodes from `first` on that are committed: reads what is new, O(new ones), or O(held ones) where
  /// `first` moved.
  void catch_up(const memory::Life& life, std::uint32_t first);

  std::uint32_t begin() const { return first_; }
  std::uint32_t end() const { return first_ + static_cast<std::uint32_t>(headings_.size()); }
  bool holds(std::uint32_t episode) const { return episode >= begin() && episode < end(); }
  const Heading& operator[](std::uint32_t episode) const { return headings_[episode - first_]; }
  /// True for the first episode of an input of which a further piece is held.
  bool has_pieces(std::uint32_t input) const { return holds(input + 1) && (*this)[input + 1].first == input; }
  /// The filter in numbers, for passes().
  struct Wanted {
    std::optional<std::uint32_t> group, speaker;  ///< a number that no episode has for an unknown name
    std::optional<double> since;
    std::set<std::uint32_t> withdrawn;  ///< inputs that a person took back, by their first episodes
  };
  Wanted wanted(const RecallFilter& filter) const;
  /// False for a question and for what was withdrawn: they are not recalled.
  bool passes(std::uint32_t episode, const Wanted& wanted) const;

 private:
  std::uint32_t number_of(std::string_view name);

  std::uint32_t first_ = 0;
  std::vector<Heading> headings_;
  std::unordered_map<std::string, std::uint32_t> numbers_;  // of names of groups and speakers, from 1
};

/// The same of a row that is not held.
bool passes(const memory::EpisodeRow& row, const RecallFilter& filter);

}  // namespace noema::reasoning
