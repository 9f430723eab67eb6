#include <catch2/catch.hpp>

#include "tests/app/program.h"
#include "tests/app/small_model.h"

using namespace noema::tests;

TEST_CASE("generate prints the prompt and what follows; with --json they stand apart") {
  const Workplace work;
  const std::string model = work.file("m");
  model_of().save(model);
  const auto shown = run_noema({"generate", model, "once", "--tokens", "3"});
  CHECK(shown.status == 0);
  CHECK(shown.out.starts_with("once"));
  const auto object = run_noema({"generate", model, "once", "--tokens", "3", "--json"}).json().at(0);
  CHECK(object["prompt"] == "once");
  CHECK(object["tokens"] == 3);
  CHECK("once" + object["text"].get<std::string>() + "\n" == shown.out);
}
