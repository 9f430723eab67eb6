#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "transformer/kernels.h"
#include "transformer/luong_attention.h"
#include "transformer/ops.h"
#include "transformer/transformer_network.h"

using namespace noema::transformer;

namespace {

/// The weights of tests/golden/transformer.py.
std::vector<float> golden_weights(const Shape& shape) {
  std::vector<float> weights(shape.parameters());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    const double x = static_cast<double>(i);
    weights[i] = static_cast<float>(0.4 * std::sin(0.37 * x + 0.9 * std::sin(0.011 * x)));
  }
  const auto gain = [&](std::size_t at) {
    for (std::size_t i = at; i < at + static_cast<std::size_t>(shape.width); ++i) weights[i] = 1 + weights[i] / 2;
  };
  for (int l = 0; l < shape.layers; ++l) {
    gain(shape.layer(l).norm1);
    gain(shape.layer(l).norm2);
  }
  gain(shape.final_norm());
  return weights;
}

}  // namespace

TEST_CASE("losses and gradients agree with PyTorch's under each mask, for all heads and positions") {
  const auto golden = nlohmann::json::parse(noema::base::read_file(NOEMA_SOURCE_DIR "/tests/golden/transformer.json"));
  for (const auto& expected : golden.at("cases")) {
    ModelOptions options{.layers = 2, .width = 8, .heads = 2, .context = 7, .dropout = 0, .tokenizer = "bytes"};
    options.kv_heads = expected.at("kv_heads");
    options.positions = expected.at("positions");
    const Shape shape(options, 29);
    INFO(options.kv_heads << " " << options.positions << " " << expected.at("prefix").get<int>());
    REQUIRE(shape.hidden == 64);
    REQUIRE(shape.parameters() == expected.at("parameters").get<std::size_t>());
    const auto weights = golden_weights(shape);
    TransformerNetwork network(shape, 1, 7);
    const Batch batch{1,
                      7,
                      golden.at("inputs").get<std::vector<Token>>(),
                      golden.at("targets").get<std::vector<Token>>(),
                      {expected.at("prefix").get<int>()}};
    std::vector<float> gradient(weights.size()), losses(7);
    network.loss_and_gradient(gradient.data(), weights.data(), batch, 1.0F, {}, losses.data());
    for (std::size_t i = 0; i < 7; ++i)
      REQUIRE(losses[i] == Approx(expected.at("losses")[i].get<double>()).epsilon(1e-5));
    double square = 0;
    for (float g : gradient) square += static_cast<double>(g) * static_cast<double>(g);
    const double norm = expected.at("gradient_norm");
    REQUIRE(std::sqrt(square) == Approx(norm).epsilon(1e-5));
    // With learned positions there are sums that cancel; PyTorch's own float32 is as far from its float64.
    const double margin = options.positions == "learned" ? 1e-6 * norm : 1e-6;
    for (std::size_t i = 0; i * 97 < gradient.size(); ++i)
      REQUIRE(gradient[i * 97] ==
              Approx(expected.at("every_97th_gradient")[i].get<double>()).epsilon(1e-4).margin(margin));
  }
}

namespace {

using Floats = std::vector<float>;

/// Input number k of tests/golden/ops.py.
Floats golden_input(int k, std::size_t n) {
  Floats x(n);
  for (std::size_t i = 0; i < n; ++i) {
    const double at = 1000.0 * k + static_cast<double>(i);
    x[i] = static_cast<float>(2.5 * 0.4 * std::sin(0.37 * at + 0.9 * std::sin(0.011 * at)));
  }
  return x;
}

/// What an operation gives for its inputs, and the gradients of sum(output * direction).
struct Result {
  Floats output;
  std::vector<Floats> gradients;
};

void require_golden(const nlohmann::json& expected, const Result& found) {
  const auto require = [](const nlohmann::json& numbers, const Floats& values) {
    REQUIRE(numbers.size() == values.size());
    for (std::size_t i = 0; i < values.size(); ++i)
      REQUIRE(values[i] == Approx(numbers[i].get<double>()).epsilon(1e-4).margin(1e-6));
  };
  INFO(expected.at("name").get<std::string>());
  require(expected.at("output"), found.output);
  for (std::size_t i = 0; i < found.gradients.size(); ++i) require(expected.at("gradients")[i], found.gradients[i]);
}

Result golden_linear() {
  const auto x = golden_input(0, 15), w = golden_input(1, 20), dy = golden_input(2, 12);
  Result r{Floats(12), {Floats(15), Floats(20)}};
  linear(r.output.data(), x.data(), w.data(), 3, 5, 4);
  linear_backward_input(r.gradients[0].data(), dy.data(), w.data(), 3, 5, 4);
  linear_backward_weights(r.gradients[1].data(), x.data(), dy.data(), 3, 5, 4, 0, 4, false);
  return r;
}

Result golden_rms_norm() {
  const auto x = golden_input(0, 18), gain = golden_input(1, 6), dy = golden_input(2, 18);
  Floats inverse(3);
  Result r{Floats(18), {Floats(18), Floats(6)}};
  rms_norm(r.output.data(), inverse.data(), x.data(), gain.data(), 3, 6);
  rms_norm_backward(r.gradients[0].data(), r.gradients[1].data(), dy.data(), x.data(), gain.data(), inverse.data(), 3,
                    6);
  return r;
}

Result golden_swiglu() {
  const auto x = golden_input(0, 28), dy = golden_input(1, 14);
  Result r{Floats(14), {Floats(28)}};
  swiglu(r.output.data(), x.data(), 2, 7);
  swiglu_backward(r.gradients[0].data(), dy.data(), x.data(), 2, 7);
  return r;
}

Result golden_rotary() {
  const Rotary rotary(3, 4);
  Result r{golden_input(0, 24), {golden_input(1, 24)}};
  for (int i = 0; i < 3; ++i) {
    rotary.turn(r.output.data() + 8 * i, i, 2);
    rotary.turn(r.gradients[0].data() + 8 * i, i, 2, true);
  }
  return r;
}

/// PyTorch has queries, keys and values by themselves; ours lie side by side.
Result golden_attention(int kv_heads, int prefix) {
  const Attention a{5, 5, 2, kv_heads, 4, prefix};
  const int kv = 4 * kv_heads, stride = 8 + 2 * kv;
  const auto q = golden_input(0, 40), k = golden_input(1, static_cast<std::size_t>(5 * kv)),
             v = golden_input(2, static_cast<std::size_t>(5 * kv)), dy = golden_input(3, 40);
  Floats qkv(static_cast<std::size_t>(5 * stride)), dqkv(qkv.size()), weights(50), scratch(25);
  const auto each = [&](auto visit) {  // (element of qkv, part, element of the part)
    for (int i = 0; i < 5; ++i)
      for (int j = 0; j < stride; ++j) {
        const int part = j < 8 ? 0 : j < 8 + kv ? 1 : 2;
        const int at = part == 0 ? 8 * i + j : kv * i + (j - 8) % kv;
        visit(static_cast<std::size_t>(stride * i + j), static_cast<std::size_t>(part), static_cast<std::size_t>(at));
      }
  };
  each([&](std::size_t to, std::size_t part, std::size_t from) {
    qkv[to] = (part == 0 ? q : part == 1 ? k : v)[from];
  });
  Result r{Floats(40), {Floats(q.size()), Floats(k.size()), Floats(v.size())}};
  attention(r.output.data(), weights.data(), qkv.data(), qkv.data() + 8, qkv.data() + 8 + kv, stride, stride, a);
  attention_backward(dqkv.data(), dqkv.data() + 8, dqkv.data() + 8 + kv, scratch.data(), dy.data(), weights.data(),
                     qkv.data(), qkv.data() + 8, qkv.data() + 8 + kv, stride, a);
  each([&](std::size_t from, std::size_t part, std::size_t to) { r.gradients[part][to] = dqkv[from]; });
  return r;
}

Result golden_luong() {
  const auto states = golden_input(0, 18), memory = golden_input(1, 24), score = golden_input(2, 36),
             combine = golden_input(3, 72), dy = golden_input(4, 18);
  LuongAttention attention(6, 1, 4);
  const int begins = 0;
  const LuongAttention::Pass pass{score.data(), combine.data(), states.data(), memory.data(), 1, 3, 4, &begins, {}};
  attention.forward(pass);
  Result r{Floats(attention.output(), attention.output() + 18), {Floats(18), Floats(24), Floats(36), Floats(72)}};
  std::copy(dy.begin(), dy.end(), attention.output_gradient());
  attention.backward(pass, r.gradients[2].data(), r.gradients[3].data(), r.gradients[0].data(), r.gradients[1].data());
  return r;
}

Result golden_embedding() {
  const std::vector<Token> tokens = {5, 2, 5};
  const auto table = golden_input(0, 28), dy = golden_input(1, 12);
  Result r{Floats(12), {Floats(28)}};
  embedding(r.output.data(), table.data(), tokens, 4);
  embedding_backward(r.gradients[0].data(), dy.data(), tokens, 4);
  return r;
}

/// Row by row, since ours scales all rows alike.
Result golden_cross_entropy() {
  const std::vector<Token> targets = {kSpecials + 5, kSpecials, kSpecials + 9};
  const auto h = golden_input(0, 18), table = golden_input(1, 84), direction = golden_input(2, 3);
  Result r{Floats(3), {Floats(18), Floats(84)}};
  Floats scratch;
  for (std::size_t i = 0; i < 3; ++i)
    cross_entropy(&r.output[i], &r.gradients[0][6 * i], r.gradients[1].data(), &h[6 * i], table.data(),
                  std::span(targets).subspan(i, 1), 6, 14, direction[i], scratch);
  return r;
}

Result golden_softmax() {
  const auto dy = golden_input(1, 9);
  Result r{golden_input(0, 9), {Floats(9)}};
  softmax(r.output.data(), 9, 1.5F);
  softmax_row_backward(r.gradients[0].data(), r.output.data(), dy.data(), 9, 1.5F);
  return r;
}

Result golden_tanh() {
  Result r{golden_input(0, 9), {golden_input(1, 9)}};
  tanh_row(r.output.data(), 9);
  tanh_row_backward(r.gradients[0].data(), r.output.data(), 9);
  return r;
}

Result golden_logistic_loss() {
  const float direction = golden_input(1, 1).front();
  auto x = golden_input(0, 9);
  const float loss = logistic_loss_row(x.data(), 9, -1, 1);
  for (float& dx : x) dx *= direction;
  return {{loss}, {x}};
}

Result golden_lstm_step() {
  auto gates = golden_input(0, 20);
  const auto bias = golden_input(1, 20), cell = golden_input(2, 5), dy = golden_input(3, 10);
  Result r{Floats(10), {Floats(20), Floats(20), Floats(dy.begin() + 5, dy.end())}};
  float* const c = r.output.data() + 5;
  lstm_row(r.output.data(), c, gates.data(), bias.data(), cell.data(), 5);
  lstm_row_backward(r.gradients[0].data(), r.gradients[2].data(), dy.data(), gates.data(), c, cell.data(), 5);
  r.gradients[1] = r.gradients[0];
  return r;
}

Result golden_gru_step() {
  auto gates = golden_input(0, 20);
  const auto bias = golden_input(1, 20), hidden = golden_input(2, 5), dy = golden_input(3, 5);
  Result r{Floats(5), {Floats(20), Floats(20), Floats(5)}};
  gru_row(r.output.data(), gates.data(), bias.data(), hidden.data(), 5);
  gru_row_backward(r.gradients[0].data(), r.gradients[2].data(), dy.data(), gates.data(), hidden.data(), 5);
  r.gradients[1] = r.gradients[0];
  return r;
}

Result golden_adamw() {
  Result r{golden_input(0, 5), {}};
  const auto gradient = golden_input(1, 5);
  Floats m(5), v(5);
  for (int t = 1; t <= 3; ++t)
    adamw(r.output.data(), m.data(), v.data(), gradient.data(), 5,
          {0.1F, 0.9F, 0.98F, 1e-8F, 0.1F, 1, static_cast<float>(1 - std::pow(0.9, t)),
           static_cast<float>(1 - std::pow(0.98, t))});
  return r;
}

}  // namespace

TEST_CASE("each operation and layer agrees with PyTorch, forward and backward") {
  const auto golden = nlohmann::json::parse(noema::base::read_file(NOEMA_SOURCE_DIR "/tests/golden/ops.json"));
  const std::map<std::string, Result (*)()> operations = {
      {"linear", golden_linear},       {"rms_norm", golden_rms_norm},
      {"swiglu", golden_swiglu},       {"rotary", golden_rotary},
      {"luong", golden_luong},         {"embedding", golden_embedding},
      {"softmax", golden_softmax},     {"cross_entropy", golden_cross_entropy},
      {"tanh", golden_tanh},           {"logistic_loss", golden_logistic_loss},
      {"lstm_step", golden_lstm_step}, {"gru_step", golden_gru_step},
      {"adamw", golden_adamw}};
  std::size_t attentions = 0;
  for (const auto& expected : golden.at("cases")) {
    if (expected.at("name") == "attention") {
      require_golden(expected, golden_attention(expected.at("kv_heads"), expected.at("prefix")));
      ++attentions;
    } else {
      require_golden(expected, operations.at(expected.at("name"))());
    }
  }
  REQUIRE(attentions == 6);
  REQUIRE(golden.at("cases").size() == operations.size() + attentions);
}
