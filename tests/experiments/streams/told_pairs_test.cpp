#include "experiments/streams/told_pairs.h"

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

ToldPairs read(const TemporaryFolder& folder, const std::string& book, std::vector<std::string> withheld,
               std::int64_t chapter = 2, std::int64_t most = 0) {
  base::write_file(folder / "pairs.tsv", kLines);
  StreamConfig config("pairs");
  config.paths = {folder / "pairs.tsv"};
  config.settings.set("source", std::int64_t{4});
  config.settings.set("target", std::int64_t{3});
  config.settings.set("by", std::int64_t{1});
  config.settings.set("chapter", chapter);
  config.settings.set("told", book);
  config.settings.set("withheld", std::move(withheld));
  config.settings.set("most", most);
  return stream_kind("pairs").read_pairs(config, 1);
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
  CHECK_THROWS_WITH(read(folder, "a", {}, 5), Catch::Contains("pairs.tsv:1: 4 columns; expected 5"));
}

TEST_CASE("invented pairs: the same seed gives the same book, whose names are new, and nothing told is trained on") {
  const StreamConfig config("invented_pairs");
  const StreamKind& kind = stream_kind("invented_pairs");
  const ToldPairs pairs = kind.read_pairs(config, 3);
  CHECK(hash_of(pairs) == hash_of(kind.read_pairs(config, 3)));
  CHECK(hash_of(pairs) != hash_of(kind.read_pairs(config, 4)));
  CHECK(pairs.told.size() == 100);
  for (const ToldPair& pair : pairs.train) CHECK(pair.source != pairs.told.front().source);
}
