#include "app/actions/train.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/stop.h"
#include "tests/app/program.h"

using namespace noema;

namespace {

app::TrainRequest small_training(const tests::Workplace& work) {
  app::TrainRequest request;
  request.text = {work.write("t.txt", tests::world_text(40))};
  request.out = work.file("m");
  request.model = transformer::ModelOptions::preset("tiny");
  request.model.layers = 1;
  request.model.width = 16;
  request.training.steps = 3;
  return request;
}

}  // namespace

TEST_CASE("a training writes a model and returns what it reached, in JSON with null for what was not measured") {
  const tests::Workplace work;
  auto request = small_training(work);
  std::string remarks;
  request.remark = [&](const std::string& text) { remarks += text; };
  const auto value = app::train(request);
  CHECK(value.steps == 3);
  CHECK(*value.train_bits_per_char > 1);
  CHECK_FALSE(value.valid_bits_per_char.has_value());
  CHECK_THAT(remarks, Catch::Contains("learning the tokenizer bytes") && Catch::Contains("0 pairs"));
  CHECK(transformer::Model::load(request.out).hash() == value.hash);
  CHECK_FALSE(std::filesystem::exists(app::checkpoint_of(request.out)));
  const auto object = app::to_json(value);
  CHECK(object["train_bits_per_char"].is_number());
  CHECK(object["valid_bits_per_char"].is_null());
  CHECK(object["parameters"] == value.parameters);

  CHECK_THROWS_WITH(app::train(request), Catch::Contains("--force"));
  request.force = true;
  request.valid = work.write("v.txt", tests::world_text(10, 2));
  CHECK(app::train(request).valid_word_perplexity.has_value());
}

TEST_CASE("a training refuses contradictory options, and an interrupted one says how to go on") {
  const tests::Workplace work;
  auto request = small_training(work);
  request.training.resume = true;
  CHECK_THROWS_WITH(app::train(request), Catch::Contains("no checkpoint to resume from"));
  request.force = true;
  CHECK_THROWS_AS(app::train(request), base::UsageError);
  request.training.resume = request.force = false;
  request.text.clear();
  CHECK_THROWS_AS(app::train(request), base::UsageError);
  request = small_training(work);
  std::stop_source stop;
  request.stop = stop.get_token();
  request.training.steps = 1000000;
  request.progress = [&](const transformer::Progress&) { stop.request_stop(); };
  CHECK_THROWS_WITH(app::train(request), Catch::Contains("add --resume"));
  CHECK(std::filesystem::exists(app::checkpoint_of(request.out)));
  CHECK_FALSE(std::filesystem::exists(request.out));
}
