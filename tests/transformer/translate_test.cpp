#include "transformer/translate.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/gradients.h"
#include "tests/transformer/samples.h"
#include "transformer/architecture.h"
#include "transformer/inference.h"
#include "transformer/kernels.h"
#include "transformer/trainer.h"

using namespace noema::transformer;

namespace {

const Corpus kNoText;

/// Trained to say a source of three letters backwards.
Model backwards(Objective objective, std::uint64_t steps, const std::string& architecture = "transformer",
                const std::string& attention = "luong") {
  const auto some = testing::small_model(12);
  ModelOptions model_options = some.options();
  model_options.architecture = architecture;
  model_options.attention = attention;
  const Model model = Model::random(model_options, some.tokenizer(), 7);
  std::vector<Pair> pairs;
  for (char a : {'c', 'd', 't'})
    for (char b : {'a', 'o', 'e'})
      for (char c : {'t', 'g', 'n'})
        pairs.push_back(tokens_of_pair(std::string{a, b, c}, std::string{c, b, a}, model.tokenizer()));
  TrainOptions options;
  options.batch = 12;
  options.steps = steps;
  options.learning_rate = 1e-2F;
  options.objective = objective;
  Trainer trainer(model, kNoText, pairs, options);
  trainer.run();
  return trainer.model();
}

/// ln p of tokens (and a line end) after a source, one token at a time; the likeliest token at the last place.
struct Plain {
  double log_probability = 0;
  Token likeliest = 0;
};
Plain plain(const Model& model, std::vector<Token> prefix, const std::vector<Token>& target) {
  Inference inference(model);
  const int w = model.width(), vocabulary = model.shape().vocabulary;
  std::vector<float> logits(static_cast<std::size_t>(vocabulary));
  auto hidden = inference.append(prefix, model.options().pairs == "prefix" ? static_cast<int>(prefix.size()) : 0);
  Plain result;
  for (std::size_t i = 0;; ++i) {
    const float* last = hidden.data() + hidden.size() - static_cast<std::size_t>(w);
    for (Token t = 0; t < vocabulary; ++t)
      logits[static_cast<std::size_t>(t)] = dot(last, model.weights().data() + t * w, static_cast<std::size_t>(w));
    const float normaliser = log_sum_exp(logits.data() + kSpecials, static_cast<std::size_t>(vocabulary - kSpecials));
    result.likeliest = static_cast<Token>(std::max_element(logits.begin() + kSpecials, logits.end()) - logits.begin());
    if (i == target.size()) return result;
    result.log_probability += static_cast<double>(logits[static_cast<std::size_t>(target[i])] - normaliser);
    hidden = inference.append({&target[i], 1});
  }
}

std::vector<Token> prefix_of(const std::vector<Token>& source) {
  std::vector<Token> prefix(1, kStart);
  prefix.insert(prefix.end(), source.begin(), source.end());
  prefix.push_back(kSeparator);
  return prefix;
}

/// Tokens that end a line: as a character, and as a byte.
std::vector<Token> line_ends(const Model& model) {
  std::vector<Token> ends;
  for (Token t = kSpecials; t < model.tokenizer().size(); ++t)
    if (model.tokenizer().text_of(t) == "\n") ends.push_back(t);
  return ends;
}

}  // namespace

TEST_CASE("a mapping is learned from pairs and applied by greedy and beam search, under either mask") {
  for (Objective objective : {Objective::kCausal, Objective::kPrefix}) {
    const Model model = backwards(objective, 500);
    for (int beam : {1, 4}) {
      const std::vector<std::string> lines = {"cat", "dog", "ten"};
      CHECK(translate_lines(model, lines, {beam, 1, 0}, 2) == std::vector<std::string>{"tac", "god", "net"});
    }
  }
}

TEST_CASE("many hypotheses of many sources are read as one reader would read each alone") {
  for (Objective objective : {Objective::kCausal, Objective::kPrefix}) {
    const Model model = backwards(objective, 40);  // half learned: hypotheses differ and end at different times
    std::vector<std::vector<Token>> sources;
    for (const char* line : {"cat", "the", "dog", "net", "o", ""})
      sources.push_back(tokens_of_line(line, model.tokenizer()));
    const auto greedy = Translator(model, 6, {1, 1, 0}).translate(sources);
    const auto beam = Translator(model, 6, {5, 0, 0}).translate(sources);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      for (const auto* each : {&greedy[i], &beam[i]}) {
        const Translation& found = *each;
        const auto ends = found.ended ? line_ends(model) : std::vector<Token>();
        double nearest = 1e9;
        for (std::size_t end = 0; end < std::max<std::size_t>(1, ends.size()); ++end) {
          auto tokens = found.tokens;
          if (found.ended) tokens.push_back(ends[end]);
          const double expected = plain(model, prefix_of(sources[i]), tokens).log_probability;
          nearest = std::min(nearest, std::abs(expected - found.log_probability));
        }
        INFO("objective " << static_cast<int>(objective) << " source " << i << " beam " << (&found == &beam[i])
                          << " ended " << found.ended << " tokens " << found.tokens.size() << " p "
                          << found.log_probability);
        CHECK(nearest < 1e-3);
      }
      std::vector<Token> so_far;
      for (Token token : greedy[i].tokens) {
        CHECK(plain(model, prefix_of(sources[i]), so_far).likeliest == token);
        so_far.push_back(token);
      }
      if (greedy[i].ended && beam[i].ended) CHECK(beam[i].log_probability >= greedy[i].log_probability - 1e-3);
    }
  }
}

TEST_CASE("recurrent models translate as they were trained: what a search believes of its translation, training does") {
  const std::vector<std::pair<std::string, std::string>> kinds = {
      {"seq2seq", "luong"}, {"seq2seq", "none"}, {"lstm", "luong"}, {"gru", "luong"}, {"elmo", "luong"}};
  for (const auto& [architecture, attention] : kinds) {
    INFO(architecture << " " << attention);
    const Model model = backwards(Objective::kCausal, 40, architecture, attention);
    std::vector<std::vector<Token>> sources;
    for (const char* line : {"cat", "the", "dog", "o", ""}) sources.push_back(tokens_of_line(line, model.tokenizer()));
    for (int beam : {1, 3}) {
      const auto found = Translator(model, 5, {beam, 1, 0}).translate(sources);
      for (std::size_t i = 0; i < sources.size(); ++i) {
        if (!found[i].ended) continue;
        double nearest = 1e9;
        for (const Token end : line_ends(model)) {
          std::vector<Pair> pair = {{sources[i], found[i].tokens}};
          pair.front().target.push_back(end);
          Sampler sampler(kNoText, pair, {.context = 12});
          const double loss = make_network(model.options(), model.tokenizer().size(), 1, 12)
                                  ->loss(model.weights().data(), sampler.batch(0, 1));
          nearest = std::min(nearest, std::abs(-loss - found[i].log_probability));
        }
        INFO(i << " beam " << beam);
        CHECK(nearest < 1e-3);
      }
    }
  }
  const Model model = backwards(Objective::kCausal, 400, "seq2seq");
  const std::vector<std::string> lines = {"cat", "dog", "ten"};
  CHECK(translate_lines(model, lines, {1, 1, 0}, 2) == std::vector<std::string>{"tac", "god", "net"});
  CHECK_THROWS_WITH(make_hypotheses(testing::small_model_of("skipgram"), 1), Catch::Matchers::Contains("no text"));
}

TEST_CASE("a wide beam finds nothing less likely than the best of all short words") {
  const Model model = backwards(Objective::kPrefix, 60);
  const auto source = tokens_of_line("cat", model.tokenizer());
  const std::string letters = "cdtaoegn";
  std::vector<std::string> words(1);
  for (std::size_t i = 0; i < words.size() && words[i].size() < 3; ++i)
    for (char letter : letters) words.push_back(words[i] + letter);
  double best = -1e9;
  for (const std::string& word : words) {
    auto tokens = word.empty() ? std::vector<Token>{} : model.tokenizer().encode(word);
    tokens.push_back(model.tokenizer().encode("\n").front());
    best = std::max(best, plain(model, prefix_of(source), tokens).log_probability);
  }
  const auto found = Translator(model, 1, {40, 0, 0}).translate({&source, 1}).front();
  CHECK(found.ended);
  CHECK(found.log_probability >= best - 1e-4);
}

TEST_CASE("translations are the same on any number of threads, and stop when the observer says so") {
  const Model model = backwards(Objective::kPrefix, 30);
  std::vector<std::string> lines;
  for (int i = 0; i < 70; ++i) lines.push_back(std::string(1 + i % 9, "catdogen"[i % 8]) + " the");
  const auto one = translate_lines(model, lines, {3, 1, 0}, 1);
  REQUIRE(one == translate_lines(model, lines, {3, 1, 0}, 2));
  REQUIRE(one == translate_lines(model, lines, {3, 1, 0}, 5));
  const auto stopped = translate_lines(model, lines, {3, 1, 0}, 1, [](std::size_t) { return false; });
  REQUIRE(stopped.back().empty());
}

TEST_CASE("a translation without end stops where it must, a long source loses its end, a text model is refused") {
  const Model model = backwards(Objective::kCausal, 1);
  const std::vector<std::vector<Token>> sources = {std::vector<Token>(40, kSpecials + 3)};
  const auto all = Translator(model, 1, {2, 1, 0}).translate(sources).front();
  CHECK(all.tokens.size() <= 6);  // half the context
  CHECK(Translator(model, 1, {2, 1, 2}).translate(sources).front().tokens.size() <= 2);
  CHECK_THROWS_WITH(Translator(testing::small_model(12), 1, {}), Catch::Matchers::Contains("train --pairs"));
}
