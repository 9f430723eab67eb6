#include <algorithm>
#include <catch2/catch.hpp>

#include "base/files.h"
#include "tests/app/program.h"

using namespace noema::tests;

TEST_CASE("a model trained on pairs translates a sentence and a file, and says how well") {
  const Workplace work;
  std::string lines;
  for (int i = 0; i < 40; ++i) lines += "book\t1\tNO. " + std::to_string(i) + "\tnumber " + std::to_string(i) + "\n";
  const std::string pairs = work.write("pairs.tsv", lines), model = work.file("pairs.model");
  const auto unchosen = run_noema({"train", "--pairs", pairs, "--out", model, "--steps", "2"});
  CHECK(unchosen.status == 1);
  CHECK_THAT(unchosen.err, Catch::Contains("pairs.tsv:1: expected source TAB target"));
  const auto trained =
      run_noema({"train", "--pairs", pairs, "--pairs-columns", "4,3", "--out", model, "--preset", "tiny", "--tokenizer",
                 "characters", "--objective", "prefix", "--batch", "4", "--epochs", "20", "--json"});
  INFO(trained.err);
  REQUIRE(trained.status == 0);
  const auto said = run_noema({"generate", model, "number 7", "--beam", "2", "--json"}).json().at(0);
  for (const char* key : {"prompt", "text", "tokens", "log_probability"}) CHECK(said.contains(key));

  const auto translate = [&](const std::string& threads) {
    return run_noema({"translate", model, pairs, "--columns", "4,3", "--limit", "30", "--out", work.file("out.txt"),
                      "--threads", threads, "--json"});
  };
  const auto scored = translate("1").json().at(0);
  for (const char* key : {"bleu", "chrf", "copy_bleu", "copy_chrf", "pairs", "seconds"}) CHECK(scored.contains(key));
  CHECK(scored["pairs"] == 30);
  const auto shown = run_noema({"translate", model, pairs, "--columns", "4,3", "--limit", "3"});
  CHECK_THAT(shown.out, Catch::Contains("BLEU") && Catch::Contains("3 pairs translated in"));
  const std::string text = noema::base::read_file(work.file("out.txt"));
  CHECK(std::count(text.begin(), text.end(), '\n') == 30);
  CHECK(translate("3").json().at(0)["bleu"] == scored["bleu"]);
  CHECK(noema::base::read_file(work.file("out.txt")) == text);

  const std::string plain = work.file("plain.model"), book = work.write("book.txt", world_text(30));
  REQUIRE(run_noema({"train", "--text", book, "--out", plain, "--preset", "tiny", "--steps", "2"}).status == 0);
  CHECK(run_noema({"generate", plain, "the", "--tokens", "5"}).status == 0);
  const auto refused = run_noema({"translate", plain, pairs, "--columns", "4,3"});
  CHECK(refused.status == 1);
  CHECK_THAT(refused.err, Catch::Contains("train --pairs"));
}
