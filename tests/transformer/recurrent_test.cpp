#include "transformer/recurrent.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "base/error.h"
#include "tests/transformer/numbers.h"
#include "transformer/buffers.h"
#include "transformer/ops.h"

using namespace noema::transformer;
using testing::random_floats;

namespace {

constexpr int kWidth = 5, kVocabulary = 7;

double logistic(double x) { return 1 / (1 + std::exp(-x)); }

/// One layer of PyTorch's LSTM or GRU, a step, in double.
struct PlainLayer {
  Cell cell;
  int w;
  const float *input, *recurrent, *bias;
  std::vector<double> h, c;

  PlainLayer(const RecurrentShape& shape, int layer, const std::vector<float>& weights)
      : cell(shape.cell), w(shape.width), h(size(w)), c(size(w)) {
    const auto tensors = shape.layer(layer);
    input = weights.data() + tensors.input;
    recurrent = weights.data() + tensors.recurrent;
    bias = weights.data() + tensors.bias;
  }
  double product(const std::vector<double>& x, const float* matrix, int column) const {
    double sum = 0;
    for (int l = 0; l < w; ++l) sum += x[size(l)] * double{matrix[at(l, (cell == Cell::kLstm ? 4 : 3) * w) + column]};
    return sum;
  }
  std::vector<double> step(const std::vector<double>& x) {
    const auto before = h;
    for (int j = 0; j < w; ++j) {
      const auto gate = [&](int block) {
        return product(x, input, block * w + j) + product(before, recurrent, block * w + j) +
               double{bias[block * w + j]};
      };
      double& state = h[size(j)];
      if (cell == Cell::kLstm) {
        c[size(j)] = logistic(gate(1)) * c[size(j)] + logistic(gate(0)) * std::tanh(gate(2));
        state = logistic(gate(3)) * std::tanh(c[size(j)]);
      } else {
        const double r = logistic(gate(0)), z = logistic(gate(1));
        const double of_state = product(before, recurrent, 2 * w + j) + double{bias[2 * w + j]};
        const double n = std::tanh(product(x, input, 2 * w + j) + double{bias[3 * w + j]} + r * of_state);
        state = (1 - z) * n + z * before[size(j)];
      }
    }
    return h;
  }
};

struct Setting {
  RecurrentShape shape;
  std::vector<float> weights, table = random_floats(kVocabulary * kWidth, 1, 2);

  explicit Setting(Cell cell, int layers = 2, std::size_t begin = 3)
      : shape{cell, layers, kWidth, begin}, weights(random_floats(shape.end(), 0.5, 1)) {}
  RecurrentStack::Pass pass(std::span<const Token> tokens, int sequences, int length,
                            const Regularisation& regularisation = {}) const {
    return {weights.data(), table.data(), tokens, sequences, length, regularisation};
  }
  const float* vector(Token token) const { return table.data() + at(token, kWidth); }
};

std::vector<Token> random_tokens(int n, std::uint64_t seed) {
  noema::base::Rng rng(seed);
  std::vector<Token> tokens(size(n));
  for (Token& token : tokens) token = static_cast<Token>(rng.below(kVocabulary));
  return tokens;
}

}  // namespace

TEST_CASE("two steps of an LSTM of one number, by hand") {
  const RecurrentShape shape{Cell::kLstm, 1, 1, 0};
  REQUIRE(shape.end() == 12);
  //                               i  f  g  o   of the state    biases
  const std::vector<float> weights = {1, 0, 2, 0, 0, 0, 0, 0, 0, 1, 0, 0};
  RecurrentState state(shape);
  float x = 0.5F;
  double cell = logistic(0.5) * std::tanh(1.0);
  CHECK(state.step(weights.data(), &x)[0] == Approx(0.5 * std::tanh(cell)));
  x = 0;  // nothing new: the cell is forgotten by its forget gate
  cell *= logistic(1);
  CHECK(state.step(weights.data(), &x)[0] == Approx(0.5 * std::tanh(cell)));
}

TEST_CASE("two steps of a GRU of one number, by hand") {
  const RecurrentShape shape{Cell::kGru, 1, 1, 0};
  REQUIRE(shape.end() == 10);
  //                               r  z  n   of the state  biases r z m n
  const std::vector<float> weights = {0, 0, 1, 0, 0, 2, 0, 0, 0.5F, 0};
  RecurrentState state(shape);
  float x = 1;
  const double first = 0.5 * std::tanh(1 + 0.5 * 0.5);
  CHECK(state.step(weights.data(), &x)[0] == Approx(first));
  x = 0;
  CHECK(state.step(weights.data(), &x)[0] == Approx(0.5 * std::tanh(0.5 * (2 * first + 0.5)) + 0.5 * first));
}

TEST_CASE("layers upon layers agree with PyTorch's equations in double") {
  for (Cell cell : {Cell::kLstm, Cell::kGru}) {
    const Setting setting(cell, 3);
    std::vector<PlainLayer> plain;
    for (int l = 0; l < 3; ++l) plain.emplace_back(setting.shape, l, setting.weights);
    RecurrentState state(setting.shape);
    for (Token token : random_tokens(20, 4)) {
      std::vector<double> x(setting.vector(token), setting.vector(token) + kWidth);
      for (PlainLayer& layer : plain) x = layer.step(x);
      const auto top = state.step(setting.weights.data(), setting.vector(token));
      for (std::size_t j = 0; j < kWidth; ++j) REQUIRE(top[j] == Approx(x[j]).margin(1e-5));
    }
  }
}

TEST_CASE("a cleared state is as new, a copy goes on by itself, and the same states go on in another stack") {
  const Setting setting(Cell::kLstm);
  const auto tokens = random_tokens(4, 5);
  RecurrentState state(setting.shape);
  const auto read = [&](RecurrentState& s, Token token) {
    const auto top = s.step(setting.weights.data(), setting.vector(token));
    return std::vector<float>(top.begin(), top.end());
  };
  const auto first = read(state, tokens[0]);
  RecurrentState copy = state;
  const auto second = read(state, tokens[1]);
  CHECK(read(copy, tokens[1]) == second);
  read(copy, tokens[2]);
  CHECK(std::equal(second.begin(), second.end(), state.top().begin()));
  state.clear();
  CHECK(read(state, tokens[0]) == first);

  // The same weights further behind: what it says next is the same.
  std::vector<float> behind(100);
  behind.insert(behind.end(), setting.weights.begin(), setting.weights.end());
  RecurrentShape moved = setting.shape;
  moved.begin += 100;
  RecurrentState elsewhere = state.moved_to(moved);
  const auto top = elsewhere.step(behind.data(), setting.vector(tokens[3]));
  const auto expected = read(state, tokens[3]);
  CHECK(std::equal(top.begin(), top.end(), expected.begin()));
}

TEST_CASE("a sequence that begins later is read as one that begins there, and nothing comes before it") {
  for (Cell cell : {Cell::kLstm, Cell::kGru}) {
    const Setting setting(cell);
    constexpr int kSequences = 10, kLength = 6;  // more than one task's sequences
    const auto tokens = random_tokens(kSequences * kLength, 6);
    std::vector<int> begins;
    for (int s = 0; s < kSequences; ++s) begins.push_back(s % (kLength + 1));
    RecurrentStack stack(setting.shape, kSequences, kLength);
    auto pass = setting.pass(tokens, kSequences, kLength);
    pass.begins = begins.data();
    stack.forward(pass);
    for (int s = 0; s < kSequences; ++s) {
      RecurrentState state(setting.shape);
      for (int t = 0; t < kLength; ++t) {
        const float* found = stack.output() + at(s * kLength + t, kWidth);
        if (t >= begins[size(s)]) state.step(setting.weights.data(), setting.vector(tokens[size(s * kLength + t)]));
        for (std::size_t j = 0; j < kWidth; ++j) REQUIRE(found[j] == Approx(state.top()[j]).margin(1e-5));
      }
    }
  }
}

TEST_CASE("a stack behind another goes on from its last states") {
  for (Cell cell : {Cell::kLstm, Cell::kGru}) {
    const Setting setting(cell);
    const auto before = random_tokens(3 * 4, 7), after = random_tokens(3 * 5, 8);
    RecurrentStack first(setting.shape, 3, 4), second(setting.shape, 3, 5);
    first.forward(setting.pass(before, 3, 4));
    auto pass = setting.pass(after, 3, 5);
    pass.before = &first;
    pass.length_before = 4;
    second.forward(pass);
    for (int s = 0; s < 3; ++s) {
      RecurrentState state(setting.shape);
      for (int t = 0; t < 4; ++t) state.step(setting.weights.data(), setting.vector(before[size(s * 4 + t)]));
      for (int t = 0; t < 5; ++t) {
        const auto top = state.step(setting.weights.data(), setting.vector(after[size(s * 5 + t)]));
        for (std::size_t j = 0; j < kWidth; ++j)
          REQUIRE(second.output()[size((s * 5 + t) * kWidth) + j] == Approx(top[j]).margin(1e-5));
      }
    }
  }
}

TEST_CASE("the gradient through two stacks, late beginnings and dropout agrees with finite differences") {
  constexpr int kSequences = 9, kBefore = 3, kAfter = 4;
  const auto first_tokens = random_tokens(kSequences * kBefore, 7), tokens = random_tokens(kSequences * kAfter, 8);
  const auto wished_first = random_floats(first_tokens.size() * kWidth, 1, 9);
  const auto wished = random_floats(tokens.size() * kWidth, 1, 10);
  std::vector<int> begins;
  for (int s = 0; s < kSequences; ++s) begins.push_back(s % (kBefore + 1));
  for (Cell cell : {Cell::kLstm, Cell::kGru})
    for (const Regularisation& regularisation : {Regularisation{}, Regularisation{0.3F, 77}}) {
      const Setting setting(cell);
      RecurrentStack encoder(setting.shape, kSequences, kBefore), decoder(setting.shape, kSequences, kAfter);
      const auto passes = [&](const Setting& s) {
        auto first = s.pass(first_tokens, kSequences, kBefore, regularisation);
        first.begins = begins.data();
        auto second = s.pass(tokens, kSequences, kAfter, regularisation);
        second.before = &encoder;
        second.length_before = kBefore;
        return std::pair{first, second};
      };
      const auto loss = [&](const Setting& s) {
        const auto [first, second] = passes(s);
        encoder.forward(first);
        decoder.forward(second);
        double sum = 0;
        for (std::size_t i = 0; i < wished_first.size(); ++i)
          sum += double{wished_first[i]} * double{encoder.output()[i]};
        for (std::size_t i = 0; i < wished.size(); ++i) sum += double{wished[i]} * double{decoder.output()[i]};
        return sum;
      };
      loss(setting);
      const auto [first, second] = passes(setting);
      std::vector<float> gradient(setting.weights.size(), 7), of_decoder(gradient), dtable(setting.table.size());
      std::copy(wished.begin(), wished.end(), decoder.output_gradient());
      std::copy(wished_first.begin(), wished_first.end(), encoder.output_gradient());
      decoder.backward(second, of_decoder.data());
      encoder.backward(first, gradient.data());
      for (std::size_t i = 0; i < setting.shape.begin; ++i) CHECK(gradient[i] == 7);  // not the stack's
      for (std::size_t i = setting.shape.begin; i < gradient.size(); ++i) gradient[i] += of_decoder[i];
      embedding_backward(dtable.data(), decoder.output_gradient(), tokens, kWidth);
      embedding_backward(dtable.data(), encoder.output_gradient(), first_tokens, kWidth);

      const auto agrees = [&](std::vector<float> Setting::*member, const std::vector<float>& found, std::size_t begin,
                              std::size_t end) {
        for (std::uint64_t trial = 0; trial < 2; ++trial) {
          const auto direction = random_floats(found.size(), 1, 30 + trial);
          double expected = 0;
          for (std::size_t i = begin; i < end; ++i) expected += double{direction[i]} * double{found[i]};
          const auto moved = [&](float by) {
            Setting other = setting;
            for (std::size_t i = begin; i < end; ++i) (other.*member)[i] += by * direction[i];
            return loss(other);
          };
          REQUIRE(expected == Approx((moved(1e-3F) - moved(-1e-3F)) / 2e-3).epsilon(0.01).margin(0.03));
        }
      };
      for (int l = 0; l < setting.shape.layers; ++l) {
        const auto tensors = setting.shape.layer(l);
        const std::size_t ends[] = {tensors.input, tensors.recurrent, tensors.bias, setting.shape.layer(l + 1).input};
        for (std::size_t part = 0; part < 3; ++part) agrees(&Setting::weights, gradient, ends[part], ends[part + 1]);
      }
      agrees(&Setting::table, dtable, 0, dtable.size());
    }
}

TEST_CASE("both passes of a stack have the same bits on any number of threads") {
  const auto tokens = random_tokens(20 * 6, 8);
  const auto wished = random_floats(tokens.size() * kWidth, 1, 10);
  for (Cell cell : {Cell::kLstm, Cell::kGru})
    CHECK(testing::same_on_any_threads([&] {
      const Setting setting(cell);
      RecurrentStack stack(setting.shape, 20, 6);
      const auto pass = setting.pass(tokens, 20, 6, {0.2F, 5});
      stack.forward(pass);
      std::vector<float> gradient(setting.weights.size());
      std::copy(wished.begin(), wished.end(), stack.output_gradient());
      stack.backward(pass, gradient.data());
      gradient.insert(gradient.end(), stack.output(), stack.output() + wished.size());
      gradient.insert(gradient.end(), stack.output_gradient(), stack.output_gradient() + wished.size());
      return gradient;
    }));
}

TEST_CASE("more and shorter sequences fit where fewer long ones do, more tokens do not") {
  const Setting setting(Cell::kLstm);
  const auto tokens = random_tokens(24, 8);
  RecurrentStack stack(setting.shape, 2, 12), wide(setting.shape, 12, 2);
  stack.forward(setting.pass(tokens, 12, 2));
  wide.forward(setting.pass(tokens, 12, 2));
  CHECK(std::equal(stack.output(), stack.output() + 24 * kWidth, wide.output()));
  CHECK_THROWS_AS(stack.forward(setting.pass(random_tokens(25, 8), 5, 5)), noema::base::Bug);
  CHECK_THROWS_AS(stack.forward(setting.pass(tokens, 2, 13)), noema::base::Bug);
  CHECK_THROWS_AS(stack.forward(setting.pass(std::span(tokens).first(23), 2, 12)), noema::base::Bug);
}

TEST_CASE("a stack's tensors lie where its shape says, forget gates begin open, and it stands where it should") {
  for (Cell cell : {Cell::kLstm, Cell::kGru}) {
    Layout layout;
    layout.vector("before", 3, 0);
    const RecurrentShape shape{cell, 2, 4, 3};
    shape.append(layout, "layer");
    CHECK(layout.parameters() == shape.end());
    int open = 0;
    for (const Tensor& tensor : layout.tensors()) {
      if (tensor.name == "layer 1 input") CHECK(tensor.begin == shape.layer(1).input);
      if (tensor.name == "layer 1 recurrent") CHECK(tensor.begin == shape.layer(1).recurrent);
      if (tensor.name.ends_with("bias f")) CHECK(tensor.begin == shape.layer(open).bias + 4);
      open += tensor.name.ends_with("bias f") && tensor.start == 1;
      if (!tensor.name.ends_with("bias f")) CHECK(tensor.start == 0);
    }
    CHECK(open == (cell == Cell::kLstm ? 2 : 0));
    CHECK_THROWS_AS(shape.append(layout, "again"), noema::base::Bug);
  }
}
