#include "app/help/completion.h"

#include <catch2/catch.hpp>
#include <cstdlib>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::app::help;
using noema::tests::Workplace;

namespace {

const std::vector<CommandHelp> kCommands{
    {"paint",
     "Work",
     "Paint a wall: noema paint wall",
     {{{"wall"}, true, true, "TEXT", {}, "The wall"},
      {{"-c", "--colour"}, false, false, "TEXT", {"blue", "red"}, "It's [what] \\ it: becomes"},
      {{"--quick"}, false, false, "", {}, "Do not wait"}}},
    {"pack", "Work", "Pack", {{{"how"}, true, true, "TEXT", {"box", "bag"}, "In what"}}}};

/// What bash would offer for the last word.
std::string offered_by_bash(const std::vector<std::string>& words) {
  const Workplace place;
  std::string script = completion_script(Shell::kBash, kCommands) + "COMP_WORDS=(";
  for (const std::string& word : words) script += "'" + word + "' ";
  script += ")\nCOMP_CWORD=" + std::to_string(words.size() - 1) + "\n_noema\necho -n \"${COMPREPLY[@]}\"\n";
  const std::string out = place.file("out");
  REQUIRE(std::system(("bash " + place.write("script", script) + " > " + out).c_str()) == 0);
  return noema::base::read_file(out);
}

}  // namespace

TEST_CASE("bash completes commands, their options, and the choices of an option or an argument", "[help]") {
  CHECK(offered_by_bash({"noema", "pa"}) == "paint pack");
  CHECK(offered_by_bash({"noema", "paint", "--"}) == "--colour --quick");
  CHECK(offered_by_bash({"noema", "paint", "wall", "--colour", ""}) == "blue red");
  CHECK(offered_by_bash({"noema", "paint", "-c", "r"}) == "red");
  CHECK(offered_by_bash({"noema", "pack", "b"}) == "box bag");
  CHECK(offered_by_bash({"noema", "paint", "w"}).empty());  // names of files, which the shell offers itself
}

TEST_CASE("no description breaks out of the quotes of a script", "[help]") {
  CHECK_THAT(completion_script(Shell::kFish, kCommands),
             Catch::Contains("-s c -l colour -r -f -a 'blue red' -d 'It'\\''s [what] \\ it: becomes'"));
  CHECK_THAT(completion_script(Shell::kFish, kCommands), Catch::Contains("-a paint -d 'Paint a wall'"));
  CHECK_THAT(completion_script(Shell::kZsh, kCommands),
             Catch::Contains("'--colour[It'\\''s \\[what\\] \\\\ it\\: becomes]:TEXT:(blue red)'"));
}
