#include "app/actions/evaluate.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/program.h"
#include "tests/app/small_model.h"

using namespace noema;

TEST_CASE("evaluating measures all files as one text, and refuses empty and missing ones") {
  const tests::Workplace work;
  const std::string model = work.file("m");
  tests::model_of().save(model);
  const std::string a = work.write("a.txt", "one two\n"), b = work.write("b.txt", "three\n");
  const auto value = app::evaluate({.model = model, .files = {a, b}});
  CHECK(value.evaluation.lines == 2);
  const auto object = app::to_json(value);
  CHECK(object["words"] == 3);
  CHECK(object["chars"] == 14);
  CHECK(object["nats_per_char"].get<double>() < object["bits_per_char"].get<double>());
  CHECK_THROWS_AS(app::evaluate({.model = model, .files = {work.write("e.txt", "")}}), base::Error);
  CHECK_THROWS_AS(app::evaluate({.model = work.file("none"), .files = {a}}), base::Error);
}
