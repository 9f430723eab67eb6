#pragma once
// The page that the server gives to browsers: page/dist, which script/page makes and CMake embeds (page.cmake).

#include <string_view>

namespace noema::app {

/// One self-contained HTML document: nothing in it is fetched from elsewhere.
extern const std::string_view kPageText;
/// Its Content-Security-Policy: it names the hashes of the document's one script and one style sheet.
extern const std::string_view kPagePolicy;

}  // namespace noema::app
