// What must hold of hypotheses read by a model of any architecture that translates.

#include "transformer/hypotheses.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>

#include "tests/transformer/gradients.h"
#include "transformer/buffers.h"
#include "transformer/ops.h"

using namespace noema::transformer;

namespace {

std::vector<Model> models() {
  std::vector<Model> all;
  for (const char* name : {"transformer", "lstm", "gru", "elmo", "seq2seq"}) {
    const Model drawn = testing::small_model_of(name);
    for (const char* pairs : {"causal", "prefix"}) {
      if (std::string(pairs) == "prefix" && std::string(name) != "transformer") continue;
      ModelOptions options = drawn.options();
      options.pairs = pairs;
      all.emplace_back(options, drawn.tokenizer(), std::vector<float>(drawn.weights().begin(), drawn.weights().end()));
    }
  }
  return all;
}

std::vector<float> row(std::span<const float> rows, int index, int vocabulary) {
  const auto found = rows.subspan(size(index) * size(vocabulary), size(vocabulary));
  return {found.begin(), found.end()};
}

bool alike(const std::vector<float>& a, const std::vector<float>& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (!(a[i] == b[i] || std::abs(a[i] - b[i]) < 1e-4F)) return false;
  return a.size() == b.size();
}

std::vector<Token> source_of(const Model& model, std::size_t first, std::size_t n) {
  const auto tokens = testing::story_tokens(model.tokenizer(), 1);
  return {tokens.begin() + static_cast<std::ptrdiff_t>(first), tokens.begin() + static_cast<std::ptrdiff_t>(first + n)};
}

}  // namespace

TEST_CASE("every prediction is a distribution over the tokens that are no specials") {
  for (const Model& model : models()) {
    INFO(model.options().architecture);
    const int vocabulary = model.tokenizer().size();
    const auto reader = make_hypotheses(model, 2);
    const auto sums_to_one = [&](const std::vector<float>& log_p) {
      double sum = 0;
      for (std::size_t t = 0; t < log_p.size(); ++t) {
        if (t < kSpecials) CHECK(log_p[t] == -std::numeric_limits<float>::infinity());
        sum += std::exp(double{log_p[t]});
      }
      CHECK(sum == Approx(1).epsilon(1e-4));
    };
    sums_to_one(row(reader->begin(1, source_of(model, 0, 4)), 0, vocabulary));
    sums_to_one(row(reader->begin(0, {}), 0, vocabulary));
    const std::vector<int> slots = {0, 1};
    const std::vector<Token> tokens = {kSpecials + 3, kSpecials + 7};
    const auto rows = reader->step(slots, tokens);
    REQUIRE(rows.size() == 2 * size(vocabulary));
    const auto first = row(rows, 0, vocabulary), second = row(rows, 1, vocabulary);
    sums_to_one(first);
    sums_to_one(second);
    CHECK_FALSE(alike(first, second));
  }
}

TEST_CASE("a slot predicts the same beside others, in any order of the slots, as alone") {
  for (const Model& model : models()) {
    INFO(model.options().architecture);
    const int vocabulary = model.tokenizer().size();
    const auto together = make_hypotheses(model, 3);
    std::vector<std::vector<Token>> said(3);
    for (int slot = 0; slot < 3; ++slot) together->begin(slot, source_of(model, size(3 * slot), size(2 + slot)));
    noema::base::Rng rng(5);
    std::vector<std::vector<float>> last(3);
    for (int time = 0; time < 5; ++time) {
      std::vector<int> slots = {2, 0, 1};
      if (time % 2 == 1) slots = {1, 2};
      std::vector<Token> tokens;
      for (const int slot : slots) {
        tokens.push_back(kSpecials + 1 + static_cast<Token>(rng.below(20)));
        said[size(slot)].push_back(tokens.back());
      }
      const auto rows = together->step(slots, tokens);
      for (std::size_t i = 0; i < slots.size(); ++i) last[size(slots[i])] = row(rows, static_cast<int>(i), vocabulary);
    }
    for (int slot = 0; slot < 3; ++slot) {
      const auto alone = make_hypotheses(model, 1);
      alone->begin(0, source_of(model, size(3 * slot), size(2 + slot)));
      std::vector<float> found;
      const int only = 0;
      for (const Token token : said[size(slot)]) found = row(alone->step({&only, 1}, {&token, 1}), 0, vocabulary);
      REQUIRE(alike(found, last[size(slot)]));
    }
  }
}

TEST_CASE("a copied slot goes on as the one it was copied from, and each by itself from then on") {
  for (const Model& model : models()) {
    INFO(model.options().architecture);
    const int vocabulary = model.tokenizer().size();
    const auto reader = make_hypotheses(model, 2);
    const std::vector<int> both = {0, 1};
    const int first = 0;
    const Token token = kSpecials + 4;
    reader->begin(1, source_of(model, 9, 5));  // is overwritten
    reader->begin(0, source_of(model, 0, 3));
    reader->step({&first, 1}, {&token, 1});
    reader->copy(0, 1);
    const std::vector<Token> same = {kSpecials + 6, kSpecials + 6}, different = {kSpecials + 2, kSpecials + 9},
                             again = {kSpecials + 1, kSpecials + 1};
    auto rows = reader->step(both, same);
    CHECK(alike(row(rows, 0, vocabulary), row(rows, 1, vocabulary)));
    reader->step(both, different);
    rows = reader->step(both, again);
    CHECK_FALSE(alike(row(rows, 0, vocabulary), row(rows, 1, vocabulary)));
  }
}

TEST_CASE("a slot that begins anew has forgotten what it read") {
  for (const Model& model : models()) {
    INFO(model.options().architecture);
    const int vocabulary = model.tokenizer().size();
    const auto used = make_hypotheses(model, 1), fresh = make_hypotheses(model, 1);
    const int only = 0;
    const Token token = kSpecials + 4;
    used->begin(0, source_of(model, 5, 6));
    used->step({&only, 1}, {&token, 1});
    const auto found = row(used->begin(0, source_of(model, 0, 2)), 0, vocabulary);
    CHECK(found == row(fresh->begin(0, source_of(model, 0, 2)), 0, vocabulary));
  }
}

TEST_CASE("what is said depends on the source") {
  for (const Model& model : models()) {
    INFO(model.options().architecture);
    const auto reader = make_hypotheses(model, 1);
    const int vocabulary = model.tokenizer().size();
    const auto one = row(reader->begin(0, source_of(model, 0, 3)), 0, vocabulary);
    CHECK(one != row(reader->begin(0, source_of(model, 4, 3)), 0, vocabulary));
  }
}

TEST_CASE("the hidden state of a slot is the one of which its prediction was made, also in a copy of the slot") {
  for (const Model& model : models()) {
    INFO(model.options().architecture);
    const int vocabulary = model.tokenizer().size();
    const auto reader = make_hypotheses(model, 3);
    const auto tokens = source_of(model, 0, 6);
    reader->begin(1, std::span(tokens).first(4));
    const int slot = 1;
    const auto predicted = row(reader->step({&slot, 1}, {&tokens[4], 1}), 0, vocabulary);
    reader->copy(1, 2);
    for (const int of : {1, 2}) {
      const auto hidden = reader->hidden(of);
      REQUIRE(hidden.size() == size(model.width()));
      std::vector<float> again(size(vocabulary));
      token_log_probabilities(again.data(), hidden.data(), model.weights().data(), 1, model.width(), vocabulary);
      CHECK(alike(again, predicted));
    }
    const auto attention = reader->attention(2);
    if (model.options().architecture != "seq2seq") CHECK(attention.empty());
    if (!attention.empty()) {
      CHECK(attention.size() == 4);
      CHECK(std::accumulate(attention.begin(), attention.end(), 0.0F) == Approx(1).epsilon(1e-4));
    }
  }
}
