#include "transformer/tokens.h"

#include <sys/resource.h>

#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <limits>

#include "base/error.h"
#include "tests/transformer/samples.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

namespace {

std::vector<Token> counted(std::size_t n, Token first = 0) {
  std::vector<Token> tokens(n);
  for (std::size_t i = 0; i < n; ++i) tokens[i] = first + static_cast<Token>(i);
  return tokens;
}

bool same(const Tokens& tokens, const std::vector<Token>& expected) {
  return tokens.size() == expected.size() && std::equal(tokens.begin(), tokens.end(), expected.begin());
}

}  // namespace

TEST_CASE("tokens in memory are those that were given, and none are empty") {
  CHECK(Tokens().empty());
  CHECK(Tokens().begin() == Tokens().end());
  CHECK(Tokens(std::vector<Token>{}).empty());
  const Tokens tokens(counted(5, 7));
  CHECK(same(tokens, {7, 8, 9, 10, 11}));
  CHECK(tokens[4] == 11);
  CHECK(tokens.data() == tokens.begin());
}

TEST_CASE("copies share their tokens, which live as long as the last of them") {
  Tokens kept;
  {
    const Tokens tokens(counted(1000));
    kept = tokens;
    CHECK(kept.data() == tokens.data());
  }
  CHECK(same(kept, counted(1000)));
  Tokens taken(std::move(kept));
  CHECK(same(taken, counted(1000)));
  CHECK(same(kept, counted(1000)));  // moving copies
}

TEST_CASE("a writer keeps what was appended in order, with any token and any piece, empty ones among them") {
  const testing::TemporaryFolder folder;
  for (std::size_t n : {std::size_t{1}, (std::size_t{1} << 18) - 1, std::size_t{1} << 18, (std::size_t{1} << 18) + 1}) {
    TokenWriter writer(folder / "");
    const auto tokens = counted(n, -3);
    writer.append({});
    writer.append(std::span(tokens).first(n / 2));
    writer.append(std::span(tokens).subspan(n / 2));
    writer.append({});
    CHECK(same(writer.finish(), tokens));
  }
  TokenWriter edges(folder / "");
  const std::vector<Token> extreme = {std::numeric_limits<Token>::min(), -1, 0, std::numeric_limits<Token>::max()};
  edges.append(extreme);
  CHECK(same(edges.finish(), extreme));
}

TEST_CASE("tokens on disk outlive their writer, and a writer that is left leaves no file behind") {
  const testing::TemporaryFolder folder;
  Tokens kept;
  {
    TokenWriter writer(folder / ""), abandoned(folder / "");
    writer.append(counted(300000));
    abandoned.append(counted(300000));
    kept = writer.finish();
  }
  CHECK(same(kept, counted(300000)));
  CHECK(std::filesystem::is_empty(folder / ""));
}

TEST_CASE("no tokens at all need no file, and no folder means the system's") {
  const testing::TemporaryFolder folder;
  CHECK(TokenWriter(folder / "").finish().empty());
  TokenWriter writer{std::filesystem::path()};
  writer.append(counted(3));
  CHECK(same(writer.finish(), {0, 1, 2}));
}

TEST_CASE("a folder that is missing, or is a file, is named with what is wrong and what is needed") {
  const testing::TemporaryFolder folder;
  CHECK_THROWS_WITH(TokenWriter(folder / "absent"), Contains("absent: no file can be made") &&
                                                        Contains("No such file") && Contains("writable folder") &&
                                                        Contains("4 bytes a token"));
  CHECK_THROWS_AS(TokenWriter("/dev/null"), noema::base::Error);
}

TEST_CASE("a disk that fills up is an error, and not a shorter text") {
  const testing::TemporaryFolder folder;
  // A limit on a file's size stands in for the disk's end: the first write is cut short, the next one fails.
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_FSIZE, &before) == 0);
  const auto handler = std::signal(SIGXFSZ, SIG_IGN);
  const rlimit small{1 << 20, before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
  std::string said;
  try {
    TokenWriter writer(folder / "");
    writer.append(counted(300000));
  } catch (const noema::base::Error& error) {
    said = error.what();
  }
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, handler);
  CHECK_THAT(said, Contains("writing failed") && Contains("4 bytes a token"));
  CHECK(std::filesystem::is_empty(folder / ""));
}
