#include "experiments/streams/registry.h"

#include <catch2/catch.hpp>
#include <set>

#include "base/error.h"

using namespace noema::experiments;
namespace base = noema::base;

TEST_CASE("every kind of stream has a name of its own, help, and keys whose defaults lie in their ranges") {
  std::set<std::string> names;
  for (const StreamKind& kind : stream_kinds()) {
    CHECK(names.insert(kind.name).second);
    CHECK_FALSE(kind.help.empty());
    std::set<std::string> keys;
    for (const base::Key& key : kind.keys) {
      CHECK(keys.insert(key.name).second);
      CHECK_FALSE(key.help.empty());
      if (const auto* whole = std::get_if<std::int64_t>(&key.fallback))
        CHECK(key.range.contains(static_cast<double>(*whole)));
      if (const auto* number = std::get_if<double>(&key.fallback)) CHECK(key.range.contains(*number));
    }
    CHECK(StreamConfig(kind.name).settings == base::Settings(kind.keys));
  }
  CHECK_THROWS_WITH(stream_kind("word"), Catch::Contains("expected one of: world, files, zipf"));
}

TEST_CASE("a generated stream gives its experiences, after those that the model is trained on, and again the same") {
  for (const char* name : {"world", "zipf"}) {
    StreamConfig config(name);
    config.settings.set("lines", std::int64_t{20});
    const Experiences all = read_stream(config, 3, 5), again = read_stream(config, 3, 5);
    REQUIRE(all.size() == 25);
    for (std::size_t i = 0; i < all.size(); ++i) {
      REQUIRE(kind_of(all[i]) == stream_kind(name).gives);
      CHECK(std::get<noema::reasoning::Text>(all[i]).text == std::get<noema::reasoning::Text>(again[i]).text);
    }
  }
}
