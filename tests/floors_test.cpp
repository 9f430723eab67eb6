// The house's rules that a compiler does not know: who may include whom, what each folder must have, and that no word
// of a natural language steers memory, concepts or reasoning.

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

namespace {

namespace fs = std::filesystem;

const fs::path kRoot = NOEMA_SOURCE_DIR;

// A folder may include itself and the folders below it; folders of one floor do not see each other.
const std::map<std::string, int> kFloors = {{"base", 0},      {"memory", 1},      {"concepts", 2}, {"transformer", 2},
                                            {"reasoning", 3}, {"experiments", 4}, {"app", 5},      {"python", 6}};

const std::map<std::string, std::string> kDoors = {{"memory", "life.h"},
                                                   {"concepts", "graph.h"},
                                                   {"transformer", "model.h"},
                                                   {"reasoning", "mind.h"},
                                                   {"experiments", "experiment.h"}};

bool may_include(const std::string& from, const std::string& to) {
  return from == to || kFloors.at(to) < kFloors.at(from);
}

std::vector<fs::path> sources_of(const std::string& folder) {
  std::vector<fs::path> files;
  if (!fs::exists(kRoot / folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(kRoot / folder)) {
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cpp") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::vector<std::string> lines_of(const fs::path& path) {
  std::ifstream file(path);
  std::vector<std::string> lines;
  for (std::string line; std::getline(file, line);) lines.push_back(line);
  return lines;
}

// Project headers that a file includes: those in quotes.
std::vector<std::string> includes_of(const fs::path& path) {
  static const std::regex kInclude(R"re(^\s*#\s*include\s*"([^"]+)")re");
  std::vector<std::string> found;
  std::smatch match;
  for (const std::string& line : lines_of(path)) {
    if (std::regex_search(line, match, kInclude)) found.push_back(match[1]);
  }
  return found;
}

// String literals of a line of code, without those of comments and #include lines.
std::vector<std::string> literals_of(const std::string& line) {
  std::vector<std::string> literals;
  if (line.find("#include") != std::string::npos) return literals;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line.compare(i, 2, "//") == 0) break;
    if (line[i] == '\'' && i + 2 < line.size()) {
      const std::size_t end = line.find('\'', i + (line[i + 1] == '\\' ? 3 : 2));
      // A digit separator has no partner close by.
      if (end != std::string::npos && end - i <= 5) i = end;
      continue;
    }
    if (line[i] != '"') continue;
    std::string literal;
    for (++i; i < line.size() && line[i] != '"'; ++i) {
      if (line[i] == '\\') literal += line[i++];
      literal += line[i];
    }
    literals.push_back(literal);
  }
  return literals;
}

// Words that only a list of stop words, question words or templates would hold. As a whole literal none has another
// use.
const std::set<std::string> kWords = {
    "a",   "an",   "the",   "of",   "in",  "on",  "at",    "is",   "are",    "was",   "were",  "be",   "been", "am",
    "who", "what", "where", "when", "why", "how", "which", "whom", "whose",  "he",    "she",   "it",   "they", "we",
    "you", "i",    "his",   "her",  "its", "my",  "your",  "this", "that",   "these", "those", "does", "did",  "do",
    "has", "had",  "have",  "with", "by",  "yes", "no",    "not",  "please", "than",  "there", "here", "s",    "'s"};

std::string folded(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

// Escapes such as \u9053 and \U00009053 are characters beyond ASCII in disguise; \x is for bytes.
bool beyond_ascii(const std::string& literal) {
  static const std::regex kEscape(R"(\\u[0-9a-fA-F]{4}|\\U[0-9a-fA-F]{8})");
  if (std::regex_search(literal, kEscape)) return true;
  return std::any_of(literal.begin(), literal.end(), [](unsigned char c) { return c >= 0x80; });
}

}  // namespace

TEST_CASE("no folder includes a folder of its own floor or above") {
  for (const auto& [folder, floor] : kFloors) {
    for (const fs::path& file : sources_of(folder)) {
      for (const std::string& include : includes_of(file)) {
        INFO(file.lexically_relative(kRoot).string() << " includes \"" << include << "\"");
        const std::string target = include.substr(0, include.find('/'));
        // Full paths from the root are the rule, so the first part is a folder of the house.
        REQUIRE(include.find('/') != std::string::npos);
        REQUIRE(kFloors.contains(target));
        CHECK(may_include(folder, target));
        CHECK(fs::exists(kRoot / include));
      }
    }
  }
}

TEST_CASE("each test includes its own folder and those below it") {
  for (const auto& [folder, floor] : kFloors) {
    for (const fs::path& file : sources_of("tests/" + folder)) {
      for (const std::string& include : includes_of(file)) {
        INFO(file.lexically_relative(kRoot).string() << " includes \"" << include << "\"");
        const std::string target = include.substr(0, include.find('/'));
        CHECK((target == "tests" || (kFloors.contains(target) && kFloors.at(target) <= floor)));
      }
    }
  }
}

TEST_CASE("each folder has a README and each room its door") {
  for (const auto& [folder, floor] : kFloors) {
    INFO(folder);
    CHECK(fs::exists(kRoot / folder / "README.md"));
    CHECK(fs::exists(kRoot / folder / "CMakeLists.txt"));
  }
  for (const auto& [folder, door] : kDoors) {
    INFO(folder << "/" << door);
    CHECK(fs::exists(kRoot / folder / door));
  }
}

TEST_CASE("headers have #pragma once") {
  for (const auto& [folder, floor] : kFloors) {
    for (const fs::path& file : sources_of(folder)) {
      if (file.extension() != ".h") continue;
      INFO(file.string());
      const auto lines = lines_of(file);
      CHECK(std::find(lines.begin(), lines.end(), "#pragma once") != lines.end());
    }
  }
}

TEST_CASE("no word of a natural language stands as a literal in memory, concepts or reasoning") {
  for (const char* folder : {"memory", "concepts", "reasoning"}) {
    for (const fs::path& file : sources_of(folder)) {
      int number = 0;
      for (const std::string& line : lines_of(file)) {
        ++number;
        for (const std::string& literal : literals_of(line)) {
          INFO(file.lexically_relative(kRoot).string() << ":" << number << ": \"" << literal << "\"");
          CHECK_FALSE(beyond_ascii(literal));
          CHECK_FALSE(kWords.contains(folded(literal)));
        }
      }
    }
  }
}

TEST_CASE("the reader of literals sees what stands in quotes and nothing else") {
  using Literals = std::vector<std::string>;
  CHECK(literals_of(R"re(if (word == "the") return "a \"b\"";  // "who")re") == Literals{"the", R"(a \"b\")"});
  CHECK(literals_of(R"re(#include "base/error.h")re").empty());
  CHECK(literals_of(R"re(if (c == '"') call("x", 1'000'000);)re") == Literals{"x"});
  CHECK(beyond_ascii("\xe9\x81\x93"));
  CHECK(beyond_ascii("\\u9053"));
  CHECK_FALSE(beyond_ascii("plain"));
}

TEST_CASE("two headers do not name two constants alike, which the linker would take for one") {
  static const std::regex kNamespace(R"(^namespace (noema[\w:]*))");
  static const std::regex kConstant(R"(^(?:inline const|extern const).*?\b(k[A-Z]\w*)\b)");
  std::map<std::string, fs::path> named;
  for (const auto& [folder, floor] : kFloors)
    for (const fs::path& path : sources_of(folder)) {
      if (path.extension() != ".h") continue;
      std::string space;
      std::smatch match;
      for (const std::string& line : lines_of(path)) {
        if (std::regex_search(line, match, kNamespace)) space = match[1];
        if (!std::regex_search(line, match, kConstant)) continue;
        const auto [known, is_new] = named.emplace(space + "::" + match[1].str(), path);
        INFO(known->first << " in " << known->second << " and " << path);
        CHECK(is_new);
      }
    }
  CHECK(named.size() > 50);
}
