#include "concepts/facts/fact_layer.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/rng.h"

using namespace noema;
using concepts::facts::FactLayer;

namespace {

using Identities = std::vector<std::string>;

/// Who lives where, told in two ways.
FactLayer told_world() {
  FactLayer layer;
  base::Rng rng(1);
  for (std::int64_t input = 1; input <= 240; ++input) {
    const std::string who = "mek" + std::to_string(input % 60), where = "tol" + std::to_string(input * 7 % 60 % 9);
    const Identities told =
        input % 120 < 60 ? Identities{who, "dorv", "ul", where, "."} : Identities{"ul", where, "gesk", who, "."};
    layer.think(layer.learn_words(told), input);
  }
  return layer;
}

}  // namespace

TEST_CASE("a layer of facts finds templates and relations as it is told, and is the same when loaded") {
  const FactLayer layer = told_world();
  CHECK(layer.told().used().size() >= 2);
  CHECK_FALSE(layer.kinds().empty());
  const FactLayer again = FactLayer::load(layer.save());
  CHECK(again.save() == layer.save());
  CHECK(again.told().version() == layer.told().version());
}

TEST_CASE("words are known once they were learned") {
  FactLayer layer = told_world();
  CHECK(layer.word_of("dorv") != FactLayer::kUnknown);
  CHECK(layer.text_of(layer.word_of("dorv")) == "dorv");
  CHECK(layer.word_of("never") == FactLayer::kUnknown);
  const Identities two{"never", "dorv"};
  CHECK(layer.words_of(two) == concepts::facts::Words{FactLayer::kUnknown, layer.word_of("dorv")});
  layer.learn_words(two);
  CHECK(layer.word_of("never") != FactLayer::kUnknown);
}

TEST_CASE("empty and very long sentences are not taken") {
  FactLayer layer;
  CHECK_FALSE(layer.think({}, 1));
  CHECK_FALSE(
      layer.tell(concepts::facts::Words(concepts::facts::kMaxWords + 1, layer.learn_words(Identities{"a"})[0]), 2));
  CHECK(layer.told().sentences().empty());
  layer.withdraw(7);  // what was never told cannot be withdrawn, and that is no error
}
