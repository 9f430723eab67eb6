#include "transformer/seq2seq_reader.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/gradients.h"
#include "transformer/ops.h"
#include "transformer/sampler.h"

using namespace noema::transformer;

namespace {

Model model_of(const std::string& attention) {
  ModelOptions options = testing::small_model_of("seq2seq").options();
  options.attention = attention;
  return Model::random(options, testing::small_model_of("seq2seq").tokenizer(), 7);
}

const std::vector<Token> kSource = {9, 10, 11, 12, 10}, kTarget = {14, 9, 15};

}  // namespace

TEST_CASE("a reader of sequence to sequence says of each token of a target what its network says") {
  const Corpus no_text;
  for (const char* attention : {"none", "luong"})
    for (const auto& source : {kSource, std::vector<Token>{}}) {
      const Model model = model_of(attention);
      const std::vector<Pair> pairs = {{source, kTarget}};
      const Batch batch = Sampler(no_text, pairs, {.context = 16}).batch(0, 1);
      std::vector<float> losses(batch.targets.size()), log_p(static_cast<std::size_t>(model.tokenizer().size()));
      make_network(model.options(), model.tokenizer().size(), 1, 16)
          ->loss(model.weights().data(), batch, losses.data());
      Seq2SeqReader reader(model, source);
      for (std::size_t i = 0; i < kTarget.size(); ++i) {
        token_log_probabilities(log_p.data(), reader.output().data(), model.weights().data(), 1, model.width(),
                                model.tokenizer().size());
        CHECK(-log_p[static_cast<std::size_t>(kTarget[i])] == Approx(losses[source.size() + 1 + i]).margin(1e-4));
        reader.read(kTarget[i]);
      }
    }
}

TEST_CASE("attention is shared out over the source's tokens, in its order") {
  const Model model = model_of("luong");
  Seq2SeqReader reader(model, kSource);
  for (const Token token : kTarget) {
    REQUIRE(reader.attention().size() == kSource.size());
    float sum = 0;
    for (const float share : reader.attention()) {
      CHECK(share > 0);
      sum += share;
    }
    CHECK(sum == Approx(1).margin(1e-5));
    reader.read(token);
  }
  // The source is read from its end: its last token's state has seen nothing but that token, whatever stands before.
  Seq2SeqReader shorter(model, std::span(kSource).last(1));
  CHECK(shorter.attention()[0] == Approx(1));
}

TEST_CASE("without attention or a source there is none to share out") {
  CHECK(Seq2SeqReader(model_of("none"), kSource).attention().empty());
  CHECK(Seq2SeqReader(model_of("luong"), {}).attention().empty());
}

TEST_CASE("copies of a reader share what was read of the source and go on by themselves") {
  const Model model = model_of("luong");
  Seq2SeqReader reader(model, kSource), same(model, kSource);
  Seq2SeqReader copy = reader;
  copy.read(20);
  reader.read(kTarget[0]);
  same.read(kTarget[0]);
  CHECK(std::equal(reader.output().begin(), reader.output().end(), same.output().begin()));
  CHECK_FALSE(std::equal(reader.output().begin(), reader.output().end(), copy.output().begin()));
}

TEST_CASE("a model that is not sequence to sequence is refused with what to train") {
  for (const char* name : {"lstm", "transformer", "skipgram"})
    CHECK_THROWS_WITH(Seq2SeqReader(testing::small_model_of(name), kSource),
                      Catch::Contains(name) && Catch::Contains("--arch seq2seq"));
}
