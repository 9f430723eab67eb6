#include "app/help/man_page.h"

#include <catch2/catch.hpp>

using namespace noema::app::help;

TEST_CASE("a manual page has the program's name, its description and every command with its options", "[help]") {
  const std::string page =
      man_page("noema, a mind.\nBegin:  noema new", "1.2",
               {{"paint",
                 "Work",
                 "Paint a wall",
                 {{{"-c", "--colour"}, false, false, "TEXT", {"blue", "red"}, ".what 'it' becomes \\n"}}}});
  CHECK_THAT(page, Catch::StartsWith(".TH NOEMA 1"));
  CHECK_THAT(page, Catch::Contains(".SH NAME\nnoema \\- a mind.\n"));
  CHECK_THAT(page, Catch::Contains(".nf\nBegin:  noema new\n.fi\n"));
  CHECK_THAT(page, Catch::Contains(".SH \"Work\"\n.SS \"noema paint\"\nPaint a wall\n"));
  CHECK_THAT(page, Catch::Contains("\\fB\\-c\\fR, \\fB\\-\\-colour\\fR \\fIblue|red\\fR\n"));
  CHECK_THAT(page, Catch::Contains("\n\\&.what \\(aqit\\(aq becomes \\en\n"));  // no request, no escape
}
