// What must hold of every kind of stream.

#include "experiments/streams/stream.h"

#include <fmt/format.h>

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/config.h"
#include "experiments/streams/registry.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
namespace base = noema::base;

namespace {

/// The error of an experiment whose stream has this line in its table; empty if it is read.
std::string error_of(const StreamKind& kind, const std::string& line) {
  std::string content = kind.gives_tasks() ? "arms = [\"names\"]\n" : "[model]\nfile = \"data.txt\"\n";
  content += "[stream]\nkind = \"" + kind.name + "\"\n";
  const bool reads_files = kind.keys.front().name == "files";
  if (reads_files && line.find("files =") == std::string::npos) content += "files = [\"data.txt\"]\n";
  try {
    config_of_text(content + line + "\n");
  } catch (const base::Error& error) {
    return error.what();
  }
  return "";
}

std::vector<std::string> told_texts(const Experiences& experiences) {
  std::vector<std::string> lines;
  for (const auto& experience : experiences) lines.push_back(std::get<noema::reasoning::Text>(experience).text);
  return lines;
}

/// A stream of some lines of each kind.
StreamConfig small(const std::string& kind, const TemporaryFolder& folder) {
  StreamConfig config(kind);
  if (kind == "files") {
    std::string text;
    for (int i = 0; i < 40; ++i) text += "line " + std::to_string(i) + "\n";
    base::write_file(folder / "data.txt", text);
    config.paths = {folder / "data.txt"};
  } else {
    config.settings.set("lines", std::int64_t{30});
  }
  return config;
}

}  // namespace

TEST_CASE("every number of every kind of stream is taken at both ends of its range and refused beyond them") {
  for (const StreamKind& kind : stream_kinds())
    for (const base::Key& key : kind.keys) {
      const bool whole = std::holds_alternative<std::int64_t>(key.fallback);
      if (!whole && !std::holds_alternative<double>(key.fallback)) continue;
      const auto line = [&](double value) {
        return whole ? fmt::format("{} = {:.0f}", key.name, value) : fmt::format("{} = {:#}", key.name, value);
      };
      INFO(kind.name << "." << key.name);
      CHECK(error_of(kind, line(key.range.least)).empty());
      CHECK(error_of(kind, line(key.range.most)).empty());
      const double step = whole ? 1 : 1e-3;
      for (const double wrong :
           {key.range.least - step, key.range.most + std::max(step, key.range.most * 1e-6), -1e9}) {
        const std::string error = error_of(kind, line(wrong));
        CHECK_THAT(error, Catch::Contains("e.toml:") && Catch::Contains("'stream." + key.name + "' is") &&
                              Catch::Contains(key.range.expected()));
      }
      for (const char* wrong : {"nan", "inf", "-inf", "\"3\"", "true", "[1]", "{}", "2020-01-01"})
        CHECK_THAT(error_of(kind, key.name + " = " + wrong), Catch::Contains("'stream." + key.name + "' is"));
      if (whole) CHECK_THAT(error_of(kind, key.name + " = 3.5"), Catch::Contains("a whole number"));
    }
}

TEST_CASE("a key that a kind of stream does not have is refused with those it has, and with the nearest one") {
  for (const StreamKind& kind : stream_kinds()) {
    const std::string error = error_of(kind, kind.keys.back().name + "x = 1");
    CHECK_THAT(error, Catch::Contains("unknown key 'stream." + kind.keys.back().name + "x'") &&
                          Catch::Contains("did you mean '" + kind.keys.back().name + "'"));
  }
}

TEST_CASE("the same seed gives the same experiences, and those before the stream are the first of a longer one") {
  const TemporaryFolder folder;
  for (const StreamKind& kind : stream_kinds()) {
    // tests/experiments/streams/class_tasks_test.cpp, pairs_test.cpp and invented_pairs_test.cpp
    if (kind.gives_tasks() || kind.gives_pairs()) continue;
    INFO(kind.name);
    const StreamConfig config = small(kind.name, folder);
    const auto stream = told_texts(read_stream(config, 5, 0));
    CHECK(stream == told_texts(read_stream(config, 5, 0)));
    const auto longer = told_texts(read_stream(config, 5, 7));
    CHECK(std::equal(stream.begin(), stream.end(), longer.begin()));
    const bool drawn = stream != told_texts(read_stream(config, 6, 0));
    CHECK(drawn == (kind.name != "files"));
  }
}

TEST_CASE("a seed of any 64 bits gives a stream") {
  const TemporaryFolder folder;
  for (const StreamKind& kind : stream_kinds())
    for (const std::uint64_t seed : {std::uint64_t{0}, ~std::uint64_t{0}, std::uint64_t{1} << 63})
      if (!kind.gives_tasks() && !kind.gives_pairs())
        CHECK_FALSE(read_stream(small(kind.name, folder), seed, 0).empty());
}

TEST_CASE("lines become experiences of text, in order, without a reading") {
  const Experiences experiences = texts({"one", "", "道"});
  REQUIRE(experiences.size() == 3);
  CHECK(told_texts(experiences) == std::vector<std::string>{"one", "", "道"});
  for (const auto& experience : experiences) CHECK(std::get<noema::reasoning::Text>(experience).reading == nullptr);
  CHECK(texts({}).empty());
}

TEST_CASE("a stream is the world by default, and an unknown kind is refused with those there are") {
  CHECK(StreamConfig().kind == "world");
  CHECK_THROWS_WITH(StreamConfig("words"),
                    Catch::Contains("stream kind 'words' is unknown") && Catch::Contains("world, files, zipf"));
  CHECK_THROWS_AS(StreamConfig(""), base::Error);
}

TEST_CASE("files that are missing, no files, or no text are refused with their names") {
  const StreamKind& files = stream_kind("files");
  CHECK_THAT(error_of(files, "files = [\"absent.txt\"]"), Catch::Contains("absent.txt") && Catch::Contains("no file"));
  CHECK_THAT(error_of(files, "files = [\".\"]"), Catch::Contains("no file"));
  CHECK_THAT(error_of(files, "files = \"data.txt\""), Catch::Contains("a list of texts"));
  CHECK_THAT(error_of(files, "files = [1]"), Catch::Contains("only texts in quotes"));
  CHECK_FALSE(error_of(files, "files = []").empty());
  const TemporaryFolder folder;
  StreamConfig config("files");
  base::write_file(folder / "b", "fine\n\xff\n");
  config.paths = {folder / "b"};
  CHECK_THROWS_WITH(read_stream(config, 1, 0), Catch::Contains("b:2:") && Catch::Contains("not UTF-8"));
  std::filesystem::remove(folder / "b");
  CHECK_THROWS_WITH(read_stream(config, 1, 0), Catch::Contains("no such file"));
}
