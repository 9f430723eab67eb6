// Files that are whole by their checksum and yet no models, checkpoints or tokenizers of ours: each is refused with a
// line that says what and where, never with a library's words, a crash, or a model that computes something else.

#include <catch2/catch.hpp>
#include <functional>
#include <limits>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "tests/transformer/changed.h"
#include "tests/transformer/samples.h"
#include "tests/transformer/training.h"
#include "transformer/architecture.h"
#include "transformer/trainer.h"

using namespace noema::transformer;
using Catch::Matchers::Contains;
using nlohmann::json;
using testing::changed;

namespace {

/// A file with this text as its header and these bytes behind it, with the checksum that belongs to them.
std::string file_of(const std::string& header, const std::string& content = "") {
  std::string bytes = "noema file\n";
  const std::uint32_t version = kContainerVersion;
  const std::uint64_t length = header.size();
  bytes.append(reinterpret_cast<const char*>(&version), sizeof version);
  bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
  bytes += header + content;
  return bytes + noema::base::sha256_hex(bytes);
}

std::string tiny_model() {
  const auto options = ModelOptions::preset("tiny");
  return Model::random(options, Tokenizer::train(options.tokenizer, {}, 1), 1).serialize();
}

std::string nested(std::size_t depth, const std::string& open, const std::string& close) {
  std::string text;
  for (std::size_t i = 0; i < depth; ++i) text += open;
  for (std::size_t i = 0; i < depth; ++i) text += close;
  return text;
}

}  // namespace

TEST_CASE("a header that claims lengths which are no lengths is refused") {
  const auto header = [](const char* blobs, const char* arrays) {
    return std::string(R"({"kind":"model","content":{},"blobs":)") + blobs + R"(,"arrays":)" + arrays + "}";
  };
  const std::string eight = "12345678";
  // Each sum of lengths is that of the bytes that are there.
  for (const auto& text :
       {header("[]", R"([{"name":"a","length":-1},{"name":"b","length":3}])"),
        header(R"([{"name":"a","length":-8},{"name":"b","length":16}])", "[]"),
        header(R"([{"name":"a","length":7.5},{"name":"b","length":0.5}])", "[]"),
        header(R"([{"name":"a","length":"8"}])", "[]"), header(R"([{"name":"a","length":true}])", R"([])"),
        header(R"([{"name":"a"}])", "[]"), header(R"([8])", "[]"), header("8", "[]"),
        header(R"([{"name":8,"length":8}])", "[]"), header(R"([{"length":8}])", "[]")})
    CHECK_THROWS_WITH(unpack(file_of(text, eight), "model", "m"), Contains("m: the file's header is damaged"));
  for (const auto& text : {header(R"([{"name":"a","length":18446744073709551615}])", "[]"),
                           header("[]", R"([{"name":"a","length":4611686018427387906}])"), header("[]", "[]")})
    CHECK_THROWS_WITH(unpack(file_of(text, eight), "model", "m"), Contains("truncated or padded"));
}

TEST_CASE("a header that is no object, or not even text, is refused") {
  for (const char* text : {"", "null", "[]", "7", "{", "{\"kind\":\"model\"", "\xff\xfe", "{\"kind\":1e999}"})
    CHECK_THROWS_WITH(unpack(file_of(text), "model", "m"), Contains("header is damaged"));
  auto bytes = file_of("{}");
  for (std::size_t i = 0; i < 8; ++i) bytes[15 + i] = '\xff';  // a header as long as all numbers
  CHECK_THROWS_WITH(unpack(bytes, "model", "m"), Contains("m: the file is truncated"));
}

TEST_CASE("a header that nests without end is refused or read, and the stack holds") {
  const std::string deep = nested(1000000, "[", "]");
  const auto text = R"({"kind":"model","blobs":[],"arrays":[],"content":)" + deep + "}";
  CHECK_NOTHROW(unpack(file_of(text), "model", "m"));
  CHECK_THROWS_WITH(Model::parse(file_of(text), "m"), Contains("m: the model's header is damaged"));
  CHECK_THROWS_AS(unpack(file_of(nested(1000000, "[", "")), "model", "m"), noema::base::Error);
}

TEST_CASE("every truncation and every flipped bit of a model file is noticed, and told with the file's name") {
  const std::string bytes = tiny_model();
  noema::base::Rng rng(3);
  const auto header_end = bytes.find("{\"arrays\"");
  REQUIRE(header_end != bytes.npos);
  for (int trial = 0; trial < 40; ++trial) {
    const auto cut = trial < 20 ? rng.below(header_end + 600) : rng.below(bytes.size());
    CHECK_THROWS_WITH(Model::parse(bytes.substr(0, cut), "a.model"), Contains("a.model: "));
    auto flipped = bytes;
    flipped[trial < 20 ? rng.below(header_end + 600) : rng.below(bytes.size())] ^= static_cast<char>(1 << rng.below(7));
    CHECK_THROWS_WITH(Model::parse(flipped, "a.model"), Contains("a.model: "));
  }
  CHECK_THROWS_WITH(Model::parse(bytes + "x", "a.model"), Contains("truncated or padded"));
  CHECK_THROWS_WITH(Model::parse("", "a.model"), Contains("a.model: is not a noema model"));
}

TEST_CASE("a weight that is not finite is refused, wherever it is and whichever it is") {
  const std::string bytes = tiny_model();
  const std::size_t weights = unpack(bytes, "model", "m").arrays.at("weights").size();
  using limits = std::numeric_limits<float>;
  for (const float bad : {limits::quiet_NaN(), limits::signaling_NaN(), limits::infinity(), -limits::infinity()})
    for (const std::size_t at : {std::size_t{0}, weights / 2, weights - 1})
      CHECK_THROWS_WITH(
          Model::parse(changed(bytes, "model", [&](Container& c) { c.arrays["weights"][at] = bad; }), "a.model"),
          Contains("a.model: weight number " + std::to_string(at + 1) + " is not finite") &&
              Contains("take an earlier"));
}

TEST_CASE("a model's options that no model can have, or that do not fit its weights, are refused") {
  const std::string bytes = tiny_model();
  const auto refused = [&](const std::function<void(json&)>& change, const char* why) {
    INFO(why);
    CHECK_THROWS_WITH(
        Model::parse(changed(bytes, "model", [&](Container& c) { change(c.header["options"]); }), "a.model"),
        Contains("a.model: ") && Contains(why) && !Contains("json.exception"));
  };
  refused([](json& o) { o["layers"] = 0; }, "layers 0");
  refused([](json& o) { o["layers"] = -3; }, "layers -3");
  refused([](json& o) { o["layers"] = 1000000; }, "layers 1000000");
  refused([](json& o) { o["width"] = 1; }, "width 1");
  refused([](json& o) { o["heads"] = 0; }, "heads 0");
  refused([](json& o) { o["heads"] = 3; }, "heads 3");
  refused([](json& o) { o["kv_heads"] = 5; }, "kv-heads 5");
  refused([](json& o) { o["context"] = 3; }, "context 3");
  refused([](json& o) { o["context"] = 100000; }, "context 100000");
  refused([](json& o) { o["dropout"] = -0.5; }, "dropout");
  refused([](json& o) { o["architecture"] = "perceptron"; }, "arch perceptron");
  refused([](json& o) { o["positions"] = "none"; }, "positions none");
  refused([](json& o) { o["attention"] = "all"; }, "attention all");
  refused([](json& o) { o["pairs"] = "both"; }, "pairs both");
  refused([](json& o) { o["layers"] = 3; }, "weights, expected");
  refused([](json& o) { o["architecture"] = "lstm"; }, "weights, expected");
  for (const char* key : {"layers", "width", "heads", "context", "dropout", "architecture", "tokenizer"}) {
    refused([&](json& o) { o.erase(key); }, "header is damaged");
    refused([&](json& o) { o[key] = json::array(); }, "header is damaged");
    refused([&](json& o) { o[key] = nullptr; }, "header is damaged");
  }
  refused([](json& o) { o = "options"; }, "header is damaged");
  CHECK_THROWS_AS(Model::parse(changed(bytes, "model", [](Container& c) { c.arrays.clear(); }), "m"),
                  noema::base::Error);
  CHECK_THROWS_AS(Model::parse(changed(bytes, "model", [](Container& c) { c.blobs.clear(); }), "m"),
                  noema::base::Error);
}

TEST_CASE("a tokenizer of a kind there is not, or without what its kind needs, is refused") {
  const auto bytes = [](const json& all) {
    std::string cbor;
    json::to_cbor(all, cbor);
    return cbor;
  };
  const json whole = json::from_cbor(Tokenizer::train("characters", testing::story_units(), 1).serialize());
  const auto refused = [&](const std::function<void(json&)>& change, const char* why) {
    json other = whole;
    change(other);
    CHECK_THROWS_WITH(Tokenizer::parse(bytes(other)), Contains("tokenizer: ") && Contains(why));
  };
  CHECK_NOTHROW(Tokenizer::parse(bytes(whole)));
  refused([](json& t) { t["kind"] = "letters"; }, "of kind 'letters', expected one of bytes, characters, words, bpe");
  refused([](json& t) { t["kind"] = ""; }, "of kind ''");
  refused([](json& t) { t["kind"] = "bpe"; }, "damaged");  // without a model there is nothing to cut with
  refused([](json& t) { t["model"] = json::binary({'x'}); }, "damaged");
  refused([](json& t) { t["model"] = json::binary({'x'}), t["kind"] = "bpe"; }, "SentencePiece model is damaged");
  refused([](json& t) { t["begin"] = {"not binary"}; }, "damaged");
  refused([](json& t) { t["follow"] = 3; }, "damaged");
  for (const char* key : {"kind", "begin", "follow", "model"}) refused([&](json& t) { t.erase(key); }, "damaged");
  refused([](json& t) { t = json::array(); }, "damaged");
}

TEST_CASE("a tokenizer's bytes that nest without end are refused, and the stack holds") {
  for (const char* open : {"\x81", "\x9f", "\xa1\x61k", "\xbf\x61k"}) {
    const std::string deep = nested(500000, open, "");
    CHECK_THROWS_WITH(Tokenizer::parse(deep), Contains("tokenizer: damaged"));
  }
}

TEST_CASE("every truncation and many a flipped bit of a tokenizer is refused, or still tells tokens of bytes") {
  for (const char* kind : {"bytes", "characters", "words", "bpe:400"}) {
    const std::string bytes = Tokenizer::train(kind, testing::story_units(), 1).serialize();
    noema::base::Rng rng(3);
    for (int trial = 0; trial < 60; ++trial)
      CHECK_THROWS_AS(Tokenizer::parse(bytes.substr(0, rng.below(bytes.size()))), noema::base::Error);
    for (int trial = 0; trial < 60; ++trial) {
      auto flipped = bytes;
      flipped[rng.below(bytes.size())] ^= static_cast<char>(1 << rng.below(7));
      try {  // a flipped bit may give another piece: a tokenizer all the same
        const auto tokenizer = Tokenizer::parse(flipped);
        for (const char* unit : {" cat", "道", "xyz"}) CHECK_FALSE(tokenizer.encode(unit).empty());
      } catch (const noema::base::Error& error) {
        CHECK_THAT(error.what(), Contains("tokenizer: "));
      }
    }
  }
}

TEST_CASE("a checkpoint whose content is damaged is refused by its name before anything is trained with it") {
  const testing::TemporaryFolder folder;
  const Model model = testing::small_model(16);
  const auto corpus = testing::story_corpus(model.tokenizer(), 4);
  const TrainOptions options = testing::stopped_training(model, corpus, folder / "a.train");
  const std::string bytes = noema::base::read_file(options.checkpoint);
  const auto refused = [&](const std::function<void(Container&)>& change, const char* why) {
    INFO(why);
    noema::base::write_file(options.checkpoint, changed(bytes, "checkpoint", change));
    CHECK_THROWS_WITH(Trainer(model, corpus, {}, options), Contains("a.train: ") && Contains(why));
  };
  for (const char* array : {"weights", "first_moments", "second_moments"}) {
    refused([&](Container& c) { c.arrays[array].pop_back(); }, array);
    refused([&](Container& c) { c.arrays.erase(array); }, "holds 0 numbers as its");
    refused([&](Container& c) { c.arrays[array][3] = std::numeric_limits<float>::quiet_NaN(); }, "is not finite");
  }
  for (const char* key : {"step", "tokens", "elapsed", "loss_sum", "loss_count"}) {
    refused([&](Container& c) { c.header.erase(key); }, "header is damaged");
    refused([&](Container& c) { c.header[key] = "seven"; }, "header is damaged");
  }
  for (const char* key : {"identity", "weight_decay"})
    refused([&](Container& c) { c.header[key] = json::array(); }, "header is damaged");
  refused([&](Container& c) { c.header = 3; }, "header is damaged");
  refused([&](Container& c) { c.header["identity"] = "another"; }, "other options or text");
  refused([&](Container& c) { c.blobs["tokenizer"] += "x"; }, "other options or text");
  const auto not_resumable = [&](const std::function<void(Container&)>& change) {
    noema::base::write_file(options.checkpoint, changed(bytes, "checkpoint", change));
    CHECK_THROWS_WITH(require_resumable(model.options(), options), Contains("a.train: "));
  };
  not_resumable([](Container& c) { c.header["identity"] = 7; });
  not_resumable([](Container& c) { c.header["identity"] = "not json"; });
  not_resumable([](Container& c) { c.header = "x"; });
  noema::base::write_file(options.checkpoint, model.serialize());
  CHECK_THROWS_WITH(Trainer(model, corpus, {}, options), Contains("is a noema model, expected a checkpoint"));
  noema::base::write_file(options.checkpoint, bytes);
  CHECK_NOTHROW(Trainer(model, corpus, {}, options));
}
