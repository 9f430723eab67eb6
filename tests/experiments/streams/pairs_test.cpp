#include "experiments/streams/pairs.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "experiments/streams/registry.h"
#include "tests/experiments/fakes.h"

using namespace noema::experiments;
using noema::reasoning::ToldPair;
namespace base = noema::base;

namespace {

/// Lines BOOK, CHAPTER, TARGET, SOURCE.
const char* kLines =
    "a\tone\tta1\tsa1\n"
    "b\tone\ttb1\tsb1\n"
    "a\ttwo\tta2\tsa2\n"
    "c\tone\ttc1\tsc1\n"
    "a\tone\tta3\tsa3\n"
    "b\ttwo\tta1\tsb2\n"
    "b\ttwo\ttb3\tsc1\n";

StreamConfig config_of_lines(const TemporaryFolder& folder, const std::string& lines) {
  base::write_file(folder / "pairs.tsv", lines);
  StreamConfig config("pairs");
  config.paths = {folder / "pairs.tsv"};
  return config;
}

ToldPairs read(const TemporaryFolder& folder, const std::string& book, std::vector<std::string> withheld,
               std::int64_t chapter = 2, std::int64_t most = 0) {
  StreamConfig config = config_of_lines(folder, kLines);
  config.settings.set("source", std::int64_t{4});
  config.settings.set("target", std::int64_t{3});
  config.settings.set("by", std::int64_t{1});
  config.settings.set("chapter", chapter);
  config.settings.set("told", book);
  config.settings.set("withheld", std::move(withheld));
  config.settings.set("most", most);
  return pairs_stream().read_pairs(config, 1);
}

std::vector<std::string> sources_of(const std::vector<ToldPair>& pairs) {
  std::vector<std::string> sources;
  for (const ToldPair& pair : pairs) sources.push_back(pair.source);
  return sources;
}

using Sources = std::vector<std::string>;

}  // namespace

TEST_CASE("a book is told chapter by chapter, and the others train, without what is told or withheld on either side") {
  const TemporaryFolder folder;
  const ToldPairs pairs = read(folder, "a", {"c"});
  CHECK(sources_of(pairs.told) == Sources{"sa1", "sa3", "sa2"});
  CHECK(pairs.told[1].target == "ta3");
  CHECK(sources_of(pairs.train) == Sources{"sb1"});  // one has a told target, one a withheld source
  CHECK(pairs.left_out == 2);
  CHECK(sources_of(read(folder, "a", {"c"}, 0).told) == Sources{"sa1", "sa2", "sa3"});
  CHECK(read(folder, "a", {}, 2, 2).told.size() == 2);
  CHECK(sources_of(read(folder, "a", {}, 2, 1).train) == Sources{"sb1", "sc1", "sc1"});  // the whole book is left out
}

TEST_CASE("a book that is not there, and a line with too few columns, are refused") {
  const TemporaryFolder folder;
  CHECK_THROWS_WITH(read(folder, "x", {}), Catch::Contains("no pair is of the book 'x'"));
  CHECK_THROWS_WITH(read(folder, "a", {}, 5),
                    Catch::Contains("pairs.tsv:1: expected 5 or more columns, separated by tabs; found 4"));
}

TEST_CASE("without a column of books all pairs are told, the source first, and none is left for training") {
  const TemporaryFolder folder;
  StreamConfig config = config_of_lines(folder, "s1\tt1\nsource 2\ttarget 2\tmore\n\tt3\n老王\t\n");
  const ToldPairs pairs = pairs_stream().read_pairs(config, 1);
  CHECK(sources_of(pairs.told) == Sources{"s1", "source 2", "", "老王"});
  CHECK(pairs.told[1].target == "target 2");
  CHECK(pairs.told[3].target.empty());
  CHECK(pairs.train.empty());
  config.settings.set("told", std::string("a"));
  CHECK_THROWS_WITH(pairs_stream().read_pairs(config, 1),
                    "[stream] 'told' names a book, but 'by' names no column of books; expected both or none");
}

TEST_CASE("a line that has too few columns is named by its own file and number") {
  const TemporaryFolder folder;
  StreamConfig config = config_of_lines(folder, "s1\tt1\n");
  base::write_file(folder / "more.tsv", "s2\tt2\n\ns3\tt3\n");
  config.paths.push_back(folder / "more.tsv");
  CHECK_THROWS_WITH(pairs_stream().read_pairs(config, 1),
                    Catch::StartsWith((folder / "more.tsv").string() + ":2: ") &&
                        Catch::EndsWith("expected 2 or more columns, separated by tabs; found 1"));
}

TEST_CASE("several files are read one after another, and a chapter goes on in the next one; the seed is all one") {
  const TemporaryFolder folder;
  StreamConfig config = config_of_lines(folder, "s1\tt1\tone\ns2\tt2\ttwo\n");
  base::write_file(folder / "more.tsv", "s3\tt3\tthree\ns4\tt4\tone\n");
  config.paths.push_back(folder / "more.tsv");
  config.settings.set("chapter", std::int64_t{3});
  const ToldPairs pairs = pairs_stream().read_pairs(config, 1);
  CHECK(sources_of(pairs.told) == Sources{"s1", "s4", "s2", "s3"});
  CHECK(hash_of(pairs) == hash_of(pairs_stream().read_pairs(config, 2)));
}
