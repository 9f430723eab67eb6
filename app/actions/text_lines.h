#pragma once
// The lines of a text that an action reads whole.

#include <cstdint>
#include <string>
#include <vector>

namespace noema::app {

/// All lines of a text file (.gz and .xz too); purpose says what they are for, such as "score". Throws base::Error if
/// the file cannot be read or holds no line.
std::vector<std::string> lines_to_read(const std::string& file, const char* purpose);

/// The lines from `begin` on that hold at least so many words and line ends, or all that are left. Moves `begin` past
/// them.
std::vector<std::string> take_words(const std::vector<std::string>& lines, std::size_t& begin, std::uint64_t words);

}  // namespace noema::app
