#pragma once
// Words that are written nearly alike: the names nearest to one that was mistyped, and forms of one word.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noema::base {

/// Edits (a character inserted, left out, replaced, or two neighbours swapped) that turn one text into the other, upper
/// and lower case alike. Characters are Unicode code points. Returns `most` + 1 if it takes more than `most`.
/// O(length x length).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// Characters with which forms of one word begin at least.
inline constexpr std::size_t kLeastBeginning = 3;
/// How two words differ that begin alike. Characters are Unicode code points, upper and lower case alike.
struct Endings {
  std::size_t same = 0;     ///< characters with which both begin
  std::size_t longest = 0;  ///< of what follows in either
};
/// Nothing unless forms of one word may differ so: the words begin with the same three characters, or four if each has
/// an ending of its own, and end in letters. O(length).
std::optional<Endings> endings_of(std::string_view a, std::string_view b);
/// True if the words may be forms of one word as far as writing says: they begin with the same two thirds of the longer
/// one (make, makes).
bool are_written_alike(std::string_view a, std::string_view b);

/// The names that a person may have meant, nearest first, at most `most`: those within a third of the name's length,
/// and those that begin with it. Names of equal distance keep their order.
std::vector<std::string> nearest_names(std::string_view name, std::span<const std::string> names, std::size_t most = 3);

/// "; did you mean a, b or c?", or nothing for no names.
std::string did_you_mean(std::span<const std::string> names);

}  // namespace noema::base
