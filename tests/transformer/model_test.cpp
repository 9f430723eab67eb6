#include "transformer/model.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/files.h"
#include "tests/transformer/samples.h"
#include "transformer/container.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;

TEST_CASE("a model comes back from its file with the same hash") {
  testing::TemporaryFolder folder;
  const Model model = testing::small_model();
  model.save(folder / "a.model");
  const Model copy = Model::load(folder / "a.model");
  REQUIRE(copy.hash() == model.hash());
  REQUIRE(copy.options().tokenizer == "characters");
  REQUIRE(std::equal(copy.weights().begin(), copy.weights().end(), model.weights().begin(), model.weights().end()));
}

TEST_CASE("a model's hash follows its weights and the seed decides them") {
  const auto options = ModelOptions::preset("tiny");
  const auto tokenizer = Tokenizer::train(options.tokenizer, {}, 1);
  const Model a = Model::random(options, tokenizer, 1), b = Model::random(options, tokenizer, 1),
              c = Model::random(options, tokenizer, 2);
  REQUIRE(a.hash() == b.hash());
  REQUIRE(a.hash() != c.hash());
}

TEST_CASE("the shape's tensors lie side by side and fill the weights") {
  const Shape shape(ModelOptions::preset("small"), 8192);
  REQUIRE(shape.layer(0).norm1 == 8192 * 256);
  for (int l = 0; l < 4; ++l) {
    const auto at = shape.layer(l);
    REQUIRE(at.qkv - at.norm1 == 256);
    REQUIRE(at.out - at.qkv == 256 * 768);
    REQUIRE(at.norm2 - at.out == 256 * 256);
    REQUIRE(at.gate_up - at.norm2 == 256);
    REQUIRE(at.down - at.gate_up == 256U * 2 * static_cast<unsigned>(shape.hidden));
    REQUIRE(shape.layer(l + 1).norm1 - at.down == static_cast<unsigned>(shape.hidden) * 256U);
  }
  REQUIRE(shape.parameters() == shape.layer(4).norm1 + 256);
  REQUIRE(shape.hidden == 704);
}

TEST_CASE("a file that is no model, or a damaged one, is refused with its name") {
  testing::TemporaryFolder folder;
  noema::base::write_file(folder / "text.txt", "It was a dark and stormy night.\n");
  REQUIRE_THROWS_WITH(Model::load(folder / "text.txt"), Contains("text.txt") && Contains("is not a noema model"));
  REQUIRE_THROWS_WITH(Model::load(folder / "absent.model"), Contains("no such file"));
  auto bytes = testing::small_model().serialize();
  noema::base::write_file(folder / "short.model", bytes.substr(0, bytes.size() - 100));
  REQUIRE_THROWS_WITH(Model::load(folder / "short.model"), Contains("truncated"));
  bytes[bytes.size() / 2] ^= 1;
  noema::base::write_file(folder / "flipped.model", bytes);
  REQUIRE_THROWS_WITH(Model::load(folder / "flipped.model"), Contains("damaged"));
}

TEST_CASE("options no model can have are named") {
  REQUIRE_THROWS_AS(ModelOptions::preset("huge"), noema::base::UsageError);
  ModelOptions options;
  options.heads = 3;
  REQUIRE_THROWS_WITH(options.validate(), Contains("heads 3"));
  options = {};
  options.dropout = 1;
  REQUIRE_THROWS_WITH(options.validate(), Contains("dropout"));
}

TEST_CASE("a model says how it read pairs in training; a file from before that was trained on text") {
  const Model model = testing::small_model();
  auto options = model.options();
  options.pairs = "prefix";
  const Model pairs(options, model.tokenizer(), {model.weights().begin(), model.weights().end()});
  REQUIRE(Model::parse(pairs.serialize()).options().pairs == "prefix");
  REQUIRE(pairs.hash() != model.hash());
  Container old = unpack(model.serialize(), "model", "old");
  old.header["options"].erase("pairs");
  REQUIRE(Model::parse(pack(old)).options().pairs.empty());
  REQUIRE(Model::parse(pack(old)).hash() == model.hash());
  options.pairs = "both";
  REQUIRE_THROWS_WITH(options.validate(), Contains("pairs both"));
}
