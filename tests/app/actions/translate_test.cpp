#include "app/actions/translate.h"

#include <catch2/catch.hpp>

#include "base/error.h"
#include "tests/app/program.h"
#include "tests/app/small_model.h"

using namespace noema;

TEST_CASE("each pair is translated and scored beside a copy of its source") {
  const tests::Workplace work;
  app::TranslateRequest request;
  request.model = work.file("m");
  request.file = work.write("p.tsv", "one two three four\tone two three four\nfive\tsix\nseven\teight\n");
  request.search.beam = 1;
  tests::model_of("transformer", "causal").save(request.model);
  double share = 0;
  request.progress = [&](double done, std::size_t) { share = done; };
  request.limit = 2;
  const auto value = app::translate(request);
  CHECK(value.translations.size() == 2);
  CHECK(value.copy.chrf > 50);
  CHECK(share > 0);
  const auto object = app::to_json(value);
  CHECK(object["pairs"] == 2);
  CHECK(object["copy_bleu"] == value.copy.bleu);
  request.tokens = app::BleuTokens::kWords;
  CHECK(app::translate(request).copy.bleu != value.copy.bleu);

  request.file = work.write("empty.tsv", "");
  CHECK_THROWS_WITH(app::translate(request), Catch::Contains("no pairs"));
  request.file = work.file("p.tsv");
  tests::model_of().save(request.model);
  CHECK_THROWS_AS(app::translate(request), base::Error);
}
