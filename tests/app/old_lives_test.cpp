// Lives that earlier programs wrote open in this one: they are checked, replayed, thought on and asked.

#include <catch2/catch.hpp>
#include <cstdlib>
#include <set>

#include "tests/app/program.h"

namespace noema::tests {
namespace {

namespace fs = std::filesystem;

const fs::path kLives = fs::path(NOEMA_SOURCE_DIR) / "tests" / "lives";

std::vector<std::string> names_of_lives() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kLives))
    if (entry.path().extension() == ".xz") names.push_back(entry.path().stem().string());
  std::sort(names.begin(), names.end());
  return names;
}

std::string unpacked(const Workplace& work, const std::string& name) {
  const std::string packed = (kLives / (name + ".xz")).string();
  REQUIRE(std::system(("xz -dc '" + packed + "' > '" + work.file(name) + "'").c_str()) == 0);
  return work.file(name);
}

nlohmann::json result_of(std::vector<std::string> arguments) {
  arguments.insert(arguments.end(), {"--quiet", "--json"});
  const Outcome outcome = run_noema(arguments);
  INFO(arguments.front() << ": " << outcome.err);
  REQUIRE(outcome.status == 0);
  const auto lines = outcome.json();
  REQUIRE_FALSE(lines.empty());
  return lines.back();
}

}  // namespace

TEST_CASE("lives of every earlier format are there, each at most 300 kB") {
  const auto names = names_of_lives();
  CHECK(std::set<std::string>(names.begin(), names.end()).contains("format1.life"));
  for (const std::string& name : names) CHECK(fs::file_size(kLives / (name + ".xz")) <= 300'000);
}

TEST_CASE("a life of an earlier format is checked, replayed, thought on, fed and asked") {
  for (const std::string& name : names_of_lives()) {
    INFO(name);
    const Workplace work;
    const std::string life = unpacked(work, name);
    const auto before = result_of({"status", life});
    CHECK(before["thoughts"] > 50);
    CHECK(result_of({"check", life})["ok"] == true);
    CHECK(result_of({"replay", life})["same"] == true);
    const auto found = result_of({"recall", life, "sees dest"});
    CHECK(found["text"].get<std::string>().find("dest") != std::string::npos);
    const auto asked = result_of({"ask", life, "who sees bold ?"});
    CHECK(asked["evidence"].size() > 0);
    const std::string more = work.write("more.txt", "boru sees dest\nmiru sees dest\n去山看水。\n");
    CHECK(result_of({"feed", life, more, "--think", "16"})["inputs"] == 3);
    CHECK(result_of({"think", life, "--until-quiet", "--no-consolidate"}).contains("thoughts"));
    CHECK(result_of({"check", life})["ok"] == true);
    CHECK(result_of({"replay", life})["same"] == true);
    CHECK(result_of({"status", life})["episodes"] == before["episodes"].get<int>() + 4);
  }
}

}  // namespace noema::tests
