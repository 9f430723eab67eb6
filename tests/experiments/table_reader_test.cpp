#include "experiments/table_reader.h"

#include <catch2/catch.hpp>

#include "base/error.h"

using namespace noema;
using experiments::TableReader;

namespace {

const std::filesystem::path kFile = "x.toml";

}  // namespace

TEST_CASE("a table is read key by key, and a key that is absent leaves its value") {
  const toml::table table =
      toml::parse("name = \"a\"\nsize = 3\nseeds = [1, 2]\nof = [\"b\", \"c\"]\nrate = 0.5\non = true\n");
  TableReader reader(table, "", kFile);
  std::string name, other = "as it was";
  int size = 0;
  std::vector<std::uint64_t> seeds;
  std::vector<std::string> of;
  double rate = 0;
  bool on = false;
  std::optional<std::int64_t> absent;
  reader.text("name", name);
  reader.text("other", other);
  reader.integer("size", size, {1, 9, true});
  reader.integers("seeds", seeds, {0, 9, true});
  reader.texts("of", of);
  reader.number("rate", rate, {0, 1});
  reader.flag("on", on);
  reader.integer("absent", absent, {1, 9, true});
  reader.finish();
  CHECK(name == "a");
  CHECK(other == "as it was");
  CHECK(size == 3);
  CHECK(seeds == std::vector<std::uint64_t>{1, 2});
  CHECK(of == std::vector<std::string>{"b", "c"});
  CHECK(rate == 0.5);
  CHECK(on);
  CHECK_FALSE(absent);
}

TEST_CASE("a mistake in a table is told with its line and what was expected") {
  const toml::table table = toml::parse("size = 30\nseeds = [1, \"x\"]\nempty = []\nsized = 1\n");
  TableReader reader(table, "part", kFile);
  int size = 0;
  std::vector<std::uint64_t> seeds;
  CHECK_THROWS_WITH(reader.integer("size", size, {1, 9, true}),
                    Catch::Contains("x.toml:1: 'part.size' is 30; expected"));
  CHECK_THROWS_WITH(reader.integers("seeds", seeds, {0, 9, true}),
                    Catch::Contains("x.toml:2: 'part.seeds' is a text; expected a list of whole numbers"));
  CHECK_THROWS_WITH(reader.integers("empty", seeds, {0, 9, true}), Catch::Contains("x.toml:3: 'part.empty' is a list"));
  CHECK_THROWS_WITH(reader.finish(), Catch::Contains("x.toml:4: unknown key 'part.sized'; did you mean 'size'?"));
}
