#include "app/actions/generate.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "base/stop.h"
#include "tests/app/small_model.h"

using namespace noema;

TEST_CASE("a prompt is continued by as many tokens as were asked for, the same for the same seed") {
  for (const std::string architecture : {"transformer", "lstm"}) {
    const auto model = tests::model_of(architecture);
    const app::GenerateRequest request{.prompt = "once", .tokens = 20, .temperature = 1};
    const auto value = app::generate(model, request);
    CHECK(value.tokens == 20);
    CHECK(value.text == app::generate(model, request).text);
    CHECK_FALSE(app::to_json(value).contains("log_probability"));
    CHECK(app::generate(model, {.prompt = "once", .tokens = 0}).text.empty());
  }
}

TEST_CASE("a model of pairs translates its prompt; a stop interrupts, and what is not UTF-8 is refused") {
  const auto model = tests::model_of("transformer", "causal");
  const auto value = app::generate(model, {.prompt = "source", .search = {.beam = 2, .most_tokens = 5}});
  REQUIRE(value.log_probability.has_value());
  CHECK(*value.log_probability < 0);
  CHECK(app::to_json(value)["tokens"] == value.tokens);
  CHECK_THROWS_WITH(app::generate(model, {.prompt = "\xff"}), Catch::Contains("byte 0"));
  std::stop_source stop;
  stop.request_stop();
  CHECK_THROWS_AS(app::generate(tests::model_of(), {.prompt = "a", .stop = stop.get_token()}), base::Interrupted);
}
