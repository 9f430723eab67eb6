#include "app/actions/escape.h"

#include "app/characters.h"

namespace noema::app {
namespace {

constexpr UChar32 kReplacement = 0xFFFD;

constexpr std::string_view kReplacementBytes = "\xEF\xBF\xBD";

bool is_control(UChar32 c) { return c < 0x20 || c == 0x7F; }

}  // namespace

std::string xml_text(std::string_view text) {
  std::string escaped;
  for_each_character(text, [&](UChar32 c, std::string_view bytes) {
    switch (c) {
      case '&': escaped += "&amp;"; return;
      case '<': escaped += "&lt;"; return;
      case '>': escaped += "&gt;"; return;
      case '"': escaped += "&quot;"; return;
      // Unescaped, parsers would turn them into spaces or line feeds.
      case '\t': escaped += "&#9;"; return;
      case '\n': escaped += "&#10;"; return;
      case '\r': escaped += "&#13;"; return;
      default: break;
    }
    const bool held = c >= 0x20 && c != 0xFFFE && c != 0xFFFF && c != kReplacement;
    escaped += held ? bytes : kReplacementBytes;
  });
  return escaped;
}

std::string dot_text(std::string_view text) {
  std::string escaped = "\"";
  for_each_character(text, [&](UChar32 c, std::string_view bytes) {
    if (c == '"')
      escaped += "\\\"";
    else if (c == '\\')
      escaped += "\\\\";
    else if (c == '&')
      escaped += "&amp;";
    else if (is_control(c) || c == kReplacement)
      escaped += kReplacementBytes;
    else
      escaped += bytes;
  });
  return escaped + '"';
}

}  // namespace noema::app
