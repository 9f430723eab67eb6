#include "transformer/corpus.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

TEST_CASE("pairs are read from two columns, or from those that were chosen") {
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "two.tsv", "a b\tc\n\td\n");
  const auto two = read_text_pairs(folder / "two.tsv");
  REQUIRE(two.size() == 2);
  REQUIRE(two[0].source == "a b");
  REQUIRE(two[0].target == "c");
  REQUIRE(two[1].source.empty());
  noema::base::write_file(folder / "four.tsv", "book\t1\told\tnew\n");
  const auto four = read_text_pairs(folder / "four.tsv", PairColumns::parse("4,3"));
  REQUIRE(four[0].source == "new");
  REQUIRE(four[0].target == "old");
}

TEST_CASE("a line without the columns is named with file and number") {
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "a.tsv", "a\tb\nonly one\n");
  REQUIRE_THROWS_WITH(read_text_pairs(folder / "a.tsv"),
                      Contains("a.tsv:2: expected source TAB target, found 1 column"));
  REQUIRE_THROWS_WITH(read_text_pairs(folder / "a.tsv", PairColumns::parse("4,3")),
                      Contains("a.tsv:1: expected at least 4 columns") && Contains("found 2 columns"));
  noema::base::write_file(folder / "four.tsv", "book\t1\told\tnew\n");
  REQUIRE_THROWS_WITH(read_text_pairs(folder / "four.tsv"), Contains("four.tsv:1") && Contains("choose columns"));
  for (const char* text : {"", "4", "4,", "0,1", "a,b", "1,2,3", "1,-2"})
    REQUIRE_THROWS_AS(PairColumns::parse(text), noema::base::UsageError);
}

TEST_CASE("a pair's target ends with a line end, its source does not") {
  const Model model = testing::small_model();
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "a.tsv", "the cat\tthe dog\n");
  const auto pairs = read_pairs(folder / "a.tsv", model.tokenizer());
  REQUIRE(model.tokenizer().decode(pairs[0].source) == "the cat");
  REQUIRE(model.tokenizer().decode(pairs[0].target) == "the dog\n");
}

TEST_CASE("a text's tokens come back from disk, in pieces of any size, and leave no file behind") {
  testing::TemporaryFolder folder;
  noema::base::Rng rng(4);
  std::vector<Token> all;
  Tokens kept;
  {
    TokenWriter writer(folder / "");
    while (all.size() < 700000) {
      std::vector<Token> piece(rng.below(5000));
      for (Token& token : piece) token = static_cast<Token>(rng.below(9000));
      writer.append(piece);
      all.insert(all.end(), piece.begin(), piece.end());
    }
    kept = writer.finish();
  }
  const Tokens copy = kept;
  kept = {};
  REQUIRE(std::equal(copy.begin(), copy.end(), all.begin(), all.end()));
  REQUIRE(std::filesystem::is_empty(folder / ""));
  REQUIRE(TokenWriter(folder / "").finish().empty());
  REQUIRE_THROWS_WITH(TokenWriter(folder / "absent"), Contains("absent") && Contains("writable folder"));
}
