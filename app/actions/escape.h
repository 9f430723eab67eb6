#pragma once
// Text inside the formats of other programs. Every valid UTF-8 text comes out as text that their parsers take.

#include <string>
#include <string_view>

namespace noema::app {

/// For XML 1.0, inside elements and attributes. Characters that XML cannot hold (control characters but tab and line
/// feeds, U+FFFE, U+FFFF) become U+FFFD; all others are read back as they are.
std::string xml_text(std::string_view text);

/// A quoted string of the DOT language, quotes included, that Graphviz draws as this text: neither its escapes (\n, \N)
/// nor its entities (&amp;) change what is shown. Control characters become U+FFFD.
std::string dot_text(std::string_view text);

}  // namespace noema::app
