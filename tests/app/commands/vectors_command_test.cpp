#include <algorithm>
#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/app/program.h"
#include "tests/app/small_model.h"

using namespace noema::tests;

TEST_CASE("each predecessor is trained, measured and gives vectors of a word, and a life refuses it with a line") {
  const Workplace work;
  const std::string text = work.write("text.txt", world_text(60));
  for (const std::string architecture : {"lstm", "gru", "elmo", "skipgram"}) {
    INFO(architecture);
    const std::string model = work.file(architecture + ".model");
    const auto trained = run_noema({"train", "--text", text, "--out", model, "--arch", architecture, "--preset", "tiny",
                                    "--width", "16", "--layers", "1", "--steps", "3", "--json"});
    INFO(trained.err);
    REQUIRE(trained.status == 0);
    CHECK(run_noema({"evaluate", model, text, "--json"}).json().at(0)["word_perplexity"] > 1);
    const auto rows = run_noema({"vectors", model, "bank", "the bank of a river", "a bank", "--json"}).json();
    REQUIRE(rows.size() == 2);
    CHECK(rows[0]["cosines"][0] == Approx(1));
    CHECK(rows[0]["start"] == 4);
    CHECK((rows[0]["cosines"][1] == Approx(1)) == (architecture == "skipgram"));
    CHECK(run_noema({"generate", model, "the", "--tokens", "4"}).status == (architecture == "skipgram" ? 1 : 0));
    for (const auto& refused :
         {run_noema({"new", work.file("a.life"), "--model", model}), run_noema({"attention", model, "the bank"})}) {
      CHECK(refused.status == 1);
      CHECK_THAT(refused.err, Catch::Contains(architecture) && Catch::Contains("expected a transformer"));
    }
    CHECK(run_noema({"vectors", model, "bench", "a bank"}).status == 1);
  }
  CHECK(run_noema({"train", "--text", text, "--out", work.file("b"), "--arch", "seq2seq"}).status == 2);
  CHECK(run_noema({"train", "--text", text, "--out", work.file("b"), "--arch", "rnn"}).status == 2);
}

TEST_CASE("the cosines of a word's vectors are printed as a matrix beside the sentences") {
  const Workplace work;
  model_of().save(work.file("m"));
  const auto shown = run_noema({"vectors", work.file("m"), "bank", "the bank of a river", "a bank"});
  CHECK(shown.status == 0);
  CHECK_THAT(shown.out, Catch::Contains("1.000") && Catch::Contains("1, byte 4: the bank of a river"));
}
