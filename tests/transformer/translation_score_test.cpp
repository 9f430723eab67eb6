#include "transformer/translation_score.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <filesystem>

#include "transformer/corpus.h"

using namespace noema::transformer;

namespace {

using Texts = std::vector<std::string>;

double word_bleu(const Texts& translations, const Texts& references) {
  std::vector<Texts> a, b;
  for (const auto& text : translations) a.push_back(words_of(text));
  for (const auto& text : references) b.push_back(words_of(text));
  return bleu(a, b);
}

}  // namespace

TEST_CASE("BLEU by hand: clipped precisions, the brevity penalty, sums over the corpus") {
  // Clipped: 5/6, 3/5, 2/4, 1/3; their product is 1/12.
  CHECK(word_bleu({"the cat sat on the mat"}, {"the cat sat on a mat"}) == Approx(100 * std::pow(1 / 12.0, 0.25)));
  CHECK(word_bleu({"the cat sat on"}, {"the cat sat on a mat"}) == Approx(100 * std::exp(-0.5)));
  CHECK(word_bleu({"a b c d e f"}, {"a b c d"}) == Approx(100 * std::pow(4 / 6.0 * 3 / 5.0 * 2 / 4.0 * 1 / 3.0, 0.25)));
  CHECK(word_bleu({"the the the the the the the"}, {"the cat is on the mat"}) == 0);  // unsmoothed
  // Two sentences: (4 + 2)/8, (3 + 0)/6, (2 + 0)/4, (1 + 0)/2 n-grams are right.
  CHECK(word_bleu({"a b c d", "e x f x"}, {"a b c d", "e y f y"}) ==
        Approx(100 * std::pow(6 / 8.0 * 3 / 6.0 * 2 / 4.0 * 1 / 2.0, 0.25)));
  CHECK(word_bleu({"same words in here"}, {"same words in here"}) == Approx(100));
  CHECK(word_bleu({""}, {"a b"}) == 0);
}

TEST_CASE("chrF by hand: averages of precision and recall over the orders there are, recall counting four times") {
  CHECK(chrf(Texts{"abc"}, Texts{"abd"}) == Approx(100 * (2 / 3.0 + 1 / 2.0 + 0) / 3));
  const double precision = (1 + 1 + 0) / 3.0, recall = (2 / 3.0 + 1 / 2.0 + 0) / 3;
  CHECK(chrf(Texts{"ab"}, Texts{"abc"}) == Approx(100 * 5 * precision * recall / (4 * precision + recall)));
  CHECK(chrf(Texts{"a b"}, Texts{"ab"}) == Approx(100));  // white space is no character
  CHECK(chrf(Texts{""}, Texts{"ab"}) == 0);
  CHECK(chrf(Texts{"\u9053\u53ef\u9053"}, Texts{"\u9053\u53ef\u9053"}) == Approx(100));
}

TEST_CASE("characters are code points without white space") {
  CHECK(characters_of("\u9053 \u3000a\n") == Texts{"\u9053", "a"});
  CHECK(words_of(" a  bc\u3000d ") == Texts{"a", "bc", "d"});
  CHECK(words_of("  ").empty());
}

TEST_CASE("copying modern Chinese has the scores that are known of it") {
  const std::filesystem::path file = NOEMA_SOURCE_DIR "/../shared/data/chinese/test.tsv";
  if (!std::filesystem::exists(file)) {
    WARN("skipped: no ../shared/data/chinese/test.tsv");
    return;
  }
  Texts modern, classical;
  std::vector<Texts> modern_characters, classical_characters;
  for (const auto& pair : read_text_pairs(file, PairColumns::parse("4,3"))) {
    modern.push_back(pair.source);
    classical.push_back(pair.target);
    modern_characters.push_back(characters_of(pair.source));
    classical_characters.push_back(characters_of(pair.target));
  }
  CHECK(bleu(modern_characters, classical_characters) == Approx(14.4191).margin(1e-3));
  CHECK(chrf(modern, classical) == Approx(19.5660).margin(1e-3));
  CHECK(bleu(classical_characters, modern_characters) == Approx(13.1698).margin(1e-3));
  CHECK(chrf(classical, modern) == Approx(14.8040).margin(1e-3));
}

TEST_CASE("the counts behind BLEU add up to the corpus: a hand-computed case") {
  // "a b c d" beside "a b c d": all of 4, 3, 2 and 1 n-grams; "a b x" beside "a b y z": 2 of 3, 1 of 2, 0 of 1, 0 of 0.
  BleuCounts sum = bleu_counts({"a", "b", "c", "d"}, {"a", "b", "c", "d"});
  CHECK(sum.bleu() == Approx(100));
  sum.add(bleu_counts({"a", "b", "x"}, {"a", "b", "y", "z"}));
  CHECK(sum.correct == std::array<double, 4>{6, 4, 2, 1});
  CHECK(sum.said == std::array<double, 4>{7, 5, 3, 1});
  CHECK(sum.reference == 8);
  CHECK(sum.bleu() == Approx(100 * std::exp(1 - 8.0 / 7) * std::pow(6.0 / 7 * 4 / 5 * 2 / 3, 0.25)));
}
