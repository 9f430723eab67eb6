#pragma once
// Words that are written nearly alike: the names nearest to one that was mistyped, and forms of one word.

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace noema::base {

/// Edits (a character inserted, left out, replaced, or two neighbours swapped) that turn one text into the other, upper
/// and lower case alike. Characters are Unicode code points. Returns `most` + 1 if it takes more than `most`.
/// O(length x length).
std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t most);

/// True if the words begin with the same three characters at least, and with the same two thirds of the longer one:
/// they may be forms of one word (make, makes). Characters are Unicode code points, upper and lower case alike.
/// O(length).
bool are_written_alike(std::string_view a, std::string_view b);

/// The names that a person may have meant, nearest first, at most `most`: those within a third of the name's length,
/// and those that begin with it. Names of equal distance keep their order.
std::vector<std::string> nearest_names(std::string_view name, std::span<const std::string> names, std::size_t most = 3);

/// "; did you mean a, b or c?", or nothing for no names.
std::string did_you_mean(std::span<const std::string> names);

}  // namespace noema::base
