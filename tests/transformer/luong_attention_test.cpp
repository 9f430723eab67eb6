#include "transformer/luong_attention.h"

#include <catch2/catch.hpp>
#include <cmath>

#include "tests/transformer/numbers.h"
#include "transformer/buffers.h"

using namespace noema::transformer;
using testing::random_floats;

namespace {

constexpr int kWidth = 6, kSequences = 3, kQueries = 4, kKeys = 5;

struct Numbers {
  std::vector<float> score = random_floats(kWidth * kWidth, 0.5, 1),
                     combine = random_floats(2 * kWidth * kWidth, 0.5, 2),
                     states = random_floats(kSequences * kQueries * kWidth, 1, 3),
                     memory = random_floats(kSequences * kKeys * kWidth, 1, 4);
  std::vector<int> begins = {0, 2, kKeys};  // all keys, some, none

  LuongAttention::Pass pass(const Regularisation& regularisation = {}) const {
    return {score.data(), combine.data(), states.data(), memory.data(), kSequences,
            kQueries,     kKeys,          begins.data(), regularisation};
  }
};

/// The equations of luong_attention.h, in double.
std::vector<double> plain(const Numbers& n) {
  std::vector<double> all;
  for (int s = 0; s < kSequences; ++s)
    for (int i = 0; i < kQueries; ++i) {
      const float* h = n.states.data() + at(s * kQueries + i, kWidth);
      std::vector<double> query(kWidth), shares, combined(2 * kWidth);
      for (int j = 0; j < kWidth; ++j)
        for (int l = 0; l < kWidth; ++l) query[size(j)] += double{h[l]} * double{n.score[size(l * kWidth + j)]};
      const auto key = [&](int k) { return n.memory.data() + at(s * kKeys + k, kWidth); };
      double sum = 0;
      for (int k = n.begins[size(s)]; k < kKeys; ++k) {
        double product = 0;
        for (int j = 0; j < kWidth; ++j) product += query[size(j)] * double{key(k)[j]};
        shares.push_back(std::exp(product));
        sum += shares.back();
      }
      for (std::size_t k = 0; k < shares.size(); ++k)
        for (int j = 0; j < kWidth; ++j)
          combined[size(j)] += shares[k] / sum * double{key(n.begins[size(s)] + static_cast<int>(k))[j]};
      for (int j = 0; j < kWidth; ++j) combined[size(kWidth + j)] = double{h[j]};
      for (int j = 0; j < kWidth; ++j) {
        double out = 0;
        for (int l = 0; l < 2 * kWidth; ++l) out += combined[size(l)] * double{n.combine[size(l * kWidth + j)]};
        all.push_back(std::tanh(out));
      }
    }
  return all;
}

constexpr std::size_t kOutputs = kSequences * kQueries * kWidth;

}  // namespace

TEST_CASE("attention over an encoder's states agrees with its equations, with all keys, some and none") {
  const Numbers numbers;
  LuongAttention attention(kWidth, kSequences, kKeys);
  attention.forward(numbers.pass());
  const auto expected = plain(numbers);
  REQUIRE(expected.size() == kOutputs);
  for (std::size_t i = 0; i < kOutputs; ++i) REQUIRE(attention.output()[i] == Approx(expected[i]).margin(1e-5));
}

TEST_CASE("keys before a sequence's beginning change nothing, whatever they hold") {
  Numbers numbers;
  LuongAttention attention(kWidth, kSequences, kKeys);
  attention.forward(numbers.pass());
  const std::vector<float> before(attention.output(), attention.output() + kOutputs);
  for (int k = 0; k < 2; ++k)
    for (int j = 0; j < kWidth; ++j) numbers.memory[size((kKeys + k) * kWidth + j)] = 1e9F;
  attention.forward(numbers.pass());
  CHECK(before == std::vector<float>(attention.output(), attention.output() + kOutputs));
}

TEST_CASE("the gradient of attention over an encoder's states agrees with finite differences, with dropout too") {
  const auto wished = random_floats(kOutputs, 1, 9);
  for (const Regularisation& regularisation : {Regularisation{}, Regularisation{0.3F, 77}}) {
    const Numbers numbers;
    LuongAttention attention(kWidth, kSequences, kKeys);
    const auto loss = [&](const Numbers& n) {
      attention.forward(n.pass(regularisation));
      double sum = 0;
      for (std::size_t i = 0; i < kOutputs; ++i) sum += double{wished[i]} * double{attention.output()[i]};
      return sum;
    };
    loss(numbers);
    std::copy(wished.begin(), wished.end(), attention.output_gradient());
    std::vector<float> dscore(numbers.score.size(), 7), dcombine(numbers.combine.size(), 7),
        dstates(numbers.states.size(), 7), dmemory(numbers.memory.size(), 7);
    attention.backward(numbers.pass(regularisation), dscore.data(), dcombine.data(), dstates.data(), dmemory.data());
    const auto agrees = [&](std::vector<float> Numbers::*member, const std::vector<float>& gradient) {
      for (std::uint64_t trial = 0; trial < 5; ++trial) {
        const auto direction = random_floats(gradient.size(), 1, 20 + trial);
        double expected = 0;
        for (std::size_t i = 0; i < gradient.size(); ++i) expected += double{direction[i]} * double{gradient[i]};
        const auto moved = [&](float by) {
          Numbers other = numbers;
          for (std::size_t i = 0; i < gradient.size(); ++i) (other.*member)[i] += by * direction[i];
          return loss(other);
        };
        REQUIRE(expected == Approx((moved(1e-3F) - moved(-1e-3F)) / 2e-3).epsilon(0.01).margin(0.02));
      }
    };
    agrees(&Numbers::score, dscore);
    agrees(&Numbers::combine, dcombine);
    agrees(&Numbers::states, dstates);
    agrees(&Numbers::memory, dmemory);
    for (int k = 0; k < 2; ++k)  // what is not there gets no gradient
      for (int j = 0; j < kWidth; ++j) CHECK(dmemory[size((kKeys + k) * kWidth + j)] == 0);
  }
}

TEST_CASE("both passes of attention have the same bits on any number of threads") {
  const auto wished = random_floats(kOutputs, 1, 9);
  CHECK(testing::same_on_any_threads([&] {
    const Numbers numbers;
    LuongAttention attention(kWidth, kSequences, kKeys);
    attention.forward(numbers.pass({0.2F, 5}));
    std::vector<float> all(attention.output(), attention.output() + kOutputs);
    std::copy(wished.begin(), wished.end(), attention.output_gradient());
    std::vector<float> dscore(numbers.score.size()), dcombine(numbers.combine.size()), dstates(numbers.states.size()),
        dmemory(numbers.memory.size());
    attention.backward(numbers.pass({0.2F, 5}), dscore.data(), dcombine.data(), dstates.data(), dmemory.data());
    for (const auto* part : {&dscore, &dcombine, &dstates, &dmemory}) all.insert(all.end(), part->begin(), part->end());
    return all;
  }));
}
