#include "app/filter_options.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema;

namespace {

/// The arguments that a command line gives.
app::FilterArguments parsed(const std::string& line) {
  CLI::App command;
  app::FilterArguments arguments;
  app::add_filter_options(command, arguments, "Recall");
  command.parse(line);
  return arguments;
}

}  // namespace

TEST_CASE("without options every input is looked at") {
  const reasoning::RecallFilter filter = parsed("").filter();
  CHECK_FALSE(filter.group);
  CHECK_FALSE(filter.speaker);
  CHECK_FALSE(filter.since);
}

TEST_CASE("a group, a speaker and a time are taken as they are written") {
  const reasoning::RecallFilter filter =
      parsed("--group \"home life\" --speaker Ann --since 2024-02-29T12:00+02:00").filter();
  CHECK(filter.group == "home life");
  CHECK(filter.speaker == "Ann");
  CHECK(filter.since == 1709200800);
  CHECK(parsed("--since 2024-02-29").filter().since == 1709164800);
  CHECK(parsed("--since 1709164800").filter().since == 1709164800);
  CHECK(parsed("--since 1709164800000").filter().since == 1709164800);
}

TEST_CASE("a time that is none is refused by the option's name when the command line is read") {
  for (const char* time : {"yesterday", "2023-02-29", "2024-02-29T25:00", "nan", "-1e99"})
    CHECK_THROWS_WITH(parsed(std::string("--since ") + time), Catch::Contains("--since: "));
  app::FilterArguments arguments;
  arguments.since = "yesterday";
  CHECK_THROWS_AS(arguments.filter(), base::Error);
}

TEST_CASE("the help says in the command's words what is looked at") {
  CLI::App command;
  app::FilterArguments arguments;
  app::add_filter_options(command, arguments, "Forget");
  CHECK_THAT(command.help(), Catch::Contains("Forget only inputs of this group") &&
                                 Catch::Contains("Forget only what this speaker told") && Catch::Contains("TIME"));
}
