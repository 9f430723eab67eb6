#pragma once
// Escaping text for the formats of other programs. Their parsers accept the result for every text.

#include <string>
#include <string_view>

namespace noema::app {

/// For XML 1.0, inside elements and attributes. Characters that XML cannot contain (U+FFFE, U+FFFF, and control
/// characters except tab, line feed and carriage return) become U+FFFD; parsers return all others unchanged.
std::string xml_text(std::string_view text);

/// A quoted string of the DOT language, with its quotes, that Graphviz draws as exactly this text: its escapes (\n, \N)
/// and entities (&amp;) have no effect. Control characters become U+FFFD.
std::string dot_text(std::string_view text);

}  // namespace noema::app
