#pragma once
// How one word's writing becomes another's: what walk and walked tell of talk.

#include <optional>
#include <string>
#include <string_view>

namespace noema::concepts::company {

/// How C is written if it becomes D as A becomes B: the part that A and B do not share at their end, or at their
/// beginning if they share more there, is exchanged in C. Absent if A and B share less than half of the shorter one's
/// characters, if they are equal, or if C does not end (begin) as A does. All are valid UTF-8; characters stay whole.
/// O(bytes).
std::optional<std::string> written_alike(std::string_view a, std::string_view b, std::string_view c);

}  // namespace noema::concepts::company
