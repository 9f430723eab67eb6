#include <dlfcn.h>
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "app/bench.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/rng.h"
#include "transformer/decoder.h"
#include "transformer/inference.h"
#include "transformer/kernels.h"
#include "transformer/ops.h"
#include "transformer/trainer.h"

namespace noema::app {
namespace {

using base::Stopwatch;
using nlohmann::json;
using transformer::Model;

// Configuration G.
constexpr int kWidth = 256, kLayers = 4, kHeads = 4, kContext = 128, kBatch = 8, kVocabulary = 8192;

/// A model of configuration G with random weights. The pieces of its tokenizer are all pairs of 90 characters.
Model model_g() {
  std::map<std::string, std::uint64_t> words;
  for (int i = 0; static_cast<int>(words.size()) < kVocabulary; ++i)
    words[std::string{static_cast<char>('!' + i / 90), static_cast<char>('!' + i % 90)}] = 1;
  auto tokenizer = transformer::Tokenizer::train(fmt::format("words:{}", kVocabulary), words, 1);
  return Model::random({.layers = kLayers, .width = kWidth, .heads = kHeads, .context = kContext, .dropout = 0},
                       std::move(tokenizer), 1);
}

std::vector<transformer::Token> random_tokens(const Model& model, std::size_t n) {
  base::Rng rng(1);
  std::vector<transformer::Token> tokens(n);
  const auto classes = static_cast<std::uint64_t>(model.tokenizer().size() - transformer::kSpecials);
  for (auto& token : tokens) token = transformer::kSpecials + static_cast<transformer::Token>(rng.below(classes));
  return tokens;
}

double median(std::vector<double> values) {
  std::nth_element(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2), values.end());
  return values[values.size() / 2];
}

/// A number from /proc/self/status, in bytes.
double status_bytes(const std::string& field) {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with(field + ":")) return 1024 * std::strtod(line.c_str() + field.size() + 1, nullptr);
  return 0;
}

// --- SGEMM -----------------------------------------------------------------------------------------------------------

/// A matrix product in a training step: c[m, n] = op(a) op(b).
struct Product {
  int m, n, k;
  bool a_transposed, b_transposed;
  double flop() const { return 2.0 * m * n * k; }
};

/// The products with weights in a training step of configuration G: the forward one and both backward ones. Together
/// they take 6 * parameters * tokens floating-point operations.
std::vector<Product> products_of_step(const Model& model) {
  const transformer::Shape& shape = model.shape();
  const int tokens = kBatch * kContext;
  std::vector<Product> products;
  const auto linear = [&](int in, int out) {
    products.push_back({tokens, out, in, false, false});
    products.push_back({tokens, in, out, false, true});
    products.push_back({in, out, tokens, true, false});
  };
  linear(kWidth, shape.qkv_width());
  linear(kWidth, kWidth);
  linear(kWidth, 2 * shape.hidden);
  linear(shape.hidden, kWidth);
  std::vector<Product> layers;
  for (int l = 0; l < kLayers; ++l) layers.insert(layers.end(), products.begin(), products.end());
  const int classes = shape.vocabulary - transformer::kSpecials;
  layers.push_back({tokens, classes, kWidth, false, true});
  layers.push_back({tokens, kWidth, classes, false, false});
  layers.push_back({classes, kWidth, tokens, true, false});
  return layers;
}

using Sgemm = void (*)(const Product&, const float* a, const float* b, float* c);

/// SGEMM of oneDNN, if it is installed, on one thread. It is loaded at run time, so that nothing depends on it.
Sgemm onednn() {
  using Dnnl = int (*)(char, char, std::int64_t, std::int64_t, std::int64_t, float, const float*, std::int64_t,
                       const float*, std::int64_t, float, float*, std::int64_t);
  static Dnnl function = [] {
    ::setenv("OMP_NUM_THREADS", "1", 1);
    void* library = ::dlopen("libdnnl.so.2", RTLD_NOW | RTLD_LOCAL);
    return library ? reinterpret_cast<Dnnl>(::dlsym(library, "dnnl_sgemm")) : Dnnl{};
  }();
  if (!function) return nullptr;
  return [](const Product& p, const float* a, const float* b, float* c) {
    function(p.a_transposed ? 'T' : 'N', p.b_transposed ? 'T' : 'N', p.m, p.n, p.k, 1, a, p.a_transposed ? p.m : p.k, b,
             p.b_transposed ? p.k : p.n, 0, c, p.n);
  };
}

/// SGEMM of noema.
void own(const Product& p, const float* a, const float* b, float* c) {
  transformer::matmul(p.m, p.n, p.k, {a, p.a_transposed ? p.m : p.k, p.a_transposed},
                      {b, p.b_transposed ? p.k : p.n, p.b_transposed}, 0, c, p.n);
}

/// SGEMM of OpenBLAS, if it is installed, on one thread.
Sgemm openblas() {
  using Cblas = void (*)(int, int, int, int, int, int, float, const float*, int, const float*, int, float, float*, int);
  static Cblas function = [] {
    // The environment may restrict OpenBLAS to an older kernel; we compare with its best one.
    ::unsetenv("OPENBLAS_CORETYPE");
    ::unsetenv("OPENBLAS_L2_SIZE");
    void* library = ::dlopen("libopenblas.so.0", RTLD_NOW | RTLD_LOCAL);
    if (!library) return Cblas{};
    reinterpret_cast<void (*)(int)>(::dlsym(library, "openblas_set_num_threads"))(1);
    return reinterpret_cast<Cblas>(::dlsym(library, "cblas_sgemm"));
  }();
  if (!function) return nullptr;
  return [](const Product& p, const float* a, const float* b, float* c) {
    constexpr int kRowMajor = 101, kNormal = 111, kTransposed = 112;
    function(kRowMajor, p.a_transposed ? kTransposed : kNormal, p.b_transposed ? kTransposed : kNormal, p.m, p.n, p.k,
             1, a, p.a_transposed ? p.m : p.k, b, p.b_transposed ? p.k : p.n, 0, c, p.n);
  };
}

/// Floating-point operations per second, measured for about a second over all products, on one thread.
double sgemm_rate(Sgemm sgemm, const std::vector<Product>& products) {
  std::size_t largest = 0;
  for (const Product& p : products)
    for (int n : {p.m * p.k, p.k * p.n, p.m * p.n}) largest = std::max(largest, static_cast<std::size_t>(n));
  const std::vector<float> a(largest, 0.5F), b(largest, 0.25F);
  std::vector<float> c(largest);
  double flop = 0;
  const Stopwatch watch;
  while (watch.seconds() < 1)
    for (const Product& p : products) {
      sgemm(p, a.data(), b.data(), c.data());
      flop += p.flop();
    }
  return flop / watch.seconds();
}

// --- measurements in processes of their own --------------------------------------------------------------------------

/// Runs a command and parses its last line.
json output_of(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (!pipe) throw base::Error("cannot run " + command);
  std::string last, line;
  for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
    if (c != '\n') {
      line += static_cast<char>(c);
      continue;
    }
    last = std::exchange(line, {});
  }
  if (::pclose(pipe) != 0 || !json::accept(last)) throw base::Error(command + ": failed");
  return json::parse(last);
}

json step_of(const std::string& program, int threads) {
  return output_of(fmt::format("'{}' step --threads {} --seconds 4", program, threads));
}

/// The same measurement with PyTorch: see script/bench_pytorch.py.
json pytorch(const std::string& what, int threads) {
  return output_of(fmt::format(
      "env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE /usr/bin/python3 '{}/script/bench_pytorch.py' {} --threads {}",
      NOEMA_SOURCE_DIR, what, threads));
}

bool has_pytorch() { return std::system("/usr/bin/python3 -c 'import torch' >/dev/null 2>&1") == 0; }

// --- forward and decoding --------------------------------------------------------------------------------------------

/// The seconds of one forward pass over 32 tokens with logits at all positions, on one thread.
double forward_seconds(const Model& model) {
  constexpr int kTokens = 32;
  transformer::Inference inference(model);
  const auto tokens = random_tokens(model, kTokens);
  const int vocabulary = model.shape().vocabulary;
  std::vector<float> logits(static_cast<std::size_t>(kTokens) * static_cast<std::size_t>(vocabulary));
  std::vector<double> seconds;
  for (int i = 0; i < 60; ++i) {
    inference.clear();
    const Stopwatch watch;
    const auto hidden = inference.append(tokens);
    transformer::token_logits(logits.data(), hidden.data(), model.weights().data() + model.shape().embedding(), kTokens,
                              model.width(), vocabulary);
    seconds.push_back(watch.seconds());
  }
  return median(seconds);
}

/// The bytes that computing the loss of a step's tokens needs at once, in addition to its inputs.
double bytes_of_loss(int vocabulary) {
  constexpr int kNarrow = 16;
  const int tokens = kBatch * kContext;
  const std::vector<float> hidden(static_cast<std::size_t>(tokens) * kNarrow, 0.5F),
      table(static_cast<std::size_t>(vocabulary) * kNarrow, 0.25F);
  std::vector<float> dhidden(hidden.size()), dtable(table.size()), scratch;
  const std::vector<transformer::Token> targets(static_cast<std::size_t>(tokens), transformer::kSpecials);
  transformer::cross_entropy(nullptr, dhidden.data(), dtable.data(), hidden.data(), table.data(), targets, kNarrow,
                             vocabulary, 1, scratch);
  return static_cast<double>(scratch.size() * sizeof(float));
}

/// The bytes of weights that are read per second while decoding token by token, on one thread.
double decoding_rate(const Model& model) {
  transformer::Decoder decoder(model);
  const auto tokens = random_tokens(model, kContext - 1);
  std::vector<double> seconds;
  for (int i = 0; i < 5; ++i) {
    decoder.reset();
    const Stopwatch watch;
    for (const auto& token : tokens) decoder.append({&token, 1});
    seconds.push_back(watch.seconds() / static_cast<double>(tokens.size()));
  }
  return static_cast<double>(model.weights().size() * sizeof(float)) / median(seconds);
}

/// The bytes per second at which one thread reads a buffer as large as the weights.
double reading_rate(const Model& model) {
  const std::vector<float> buffer(model.weights().begin(), model.weights().end());
  std::vector<double> seconds;
  volatile float sink = 0;
  for (int i = 0; i < 30; ++i) {
    const Stopwatch watch;
    sink = sink + transformer::sum(buffer.data(), buffer.size());
    seconds.push_back(watch.seconds());
  }
  return static_cast<double>(buffer.size() * sizeof(float)) / median(seconds);
}

}  // namespace

void bench_step(int threads, double seconds) {
  const double idle = status_bytes("VmRSS");
  const Model model = model_g();
  transformer::Corpus corpus;
  corpus.tokens = random_tokens(model, 64 * 1024);
  const std::vector<transformer::Pair> none;
  transformer::TrainOptions options;
  options.batch = kBatch;
  options.steps = 1000000;
  options.threads = threads;
  transformer::Trainer trainer(model, corpus, none, options);
  trainer.run({}, 3);
  std::vector<double> steps;
  std::uint64_t allocations = 0, calls = 0;
  for (const Stopwatch all; all.seconds() < seconds; ++calls) {
    const std::uint64_t before = allocations_so_far();
    const auto progress = trainer.run({}, 4);
    allocations += allocations_so_far() - before;
    steps.push_back(progress.tokens_per_second);
  }
  fmt::print("{}\n", json{{"tokens_per_second", median(steps)},
                          {"resident_bytes", status_bytes("VmHWM") - idle},
                          {"allocations", static_cast<double>(allocations) / static_cast<double>(4 * calls)}}
                         .dump());
}

void bench_transformer(const std::string& native, int rounds) {
  const Model model = model_g();
  const double flop_of_token = 6.0 * static_cast<double>(model.weights().size());
  const auto products = products_of_step(model);
  const std::string self = std::filesystem::read_symlink("/proc/self/exe");
  const bool peer = has_pytorch();
  std::vector<double> products_rate, best_rate, one, two, natives, torch_one, torch_two, share, faster_one, faster_two,
      speed_up, against_native, forward, torch_forward, faster_forward, decoding, reading, decoding_share;
  json last_step, last_torch;
  for (int round = 0; round < rounds; ++round) {
    // The libraries are measured before and after the step, so that changes in the machine's speed affect both.
    std::vector<Sgemm> libraries;
    for (const Sgemm library : {onednn(), openblas()})
      if (library) libraries.push_back(library);
    std::vector<double> rates(libraries.size());
    const auto measure_libraries = [&] {
      for (std::size_t i = 0; i < libraries.size(); ++i) rates[i] += sgemm_rate(libraries[i], products) / 2;
    };
    measure_libraries();
    one.push_back((last_step = step_of(self, 1)).at("tokens_per_second"));
    products_rate.push_back(sgemm_rate(own, products));
    measure_libraries();
    if (!rates.empty()) {
      best_rate.push_back(*std::max_element(rates.begin(), rates.end()));
      share.push_back(one.back() * flop_of_token / best_rate.back());
    }
    two.push_back(step_of(self, 2).at("tokens_per_second"));
    speed_up.push_back(two.back() / one.back());
    if (!native.empty()) {
      natives.push_back(step_of(native, 1).at("tokens_per_second"));
      against_native.push_back(one.back() / natives.back());
    }
    forward.push_back(1e3 * forward_seconds(model));
    decoding.push_back(decoding_rate(model));
    reading.push_back(reading_rate(model));
    decoding_share.push_back(decoding.back() / reading.back());
    if (!peer) continue;
    torch_one.push_back((last_torch = pytorch("train", 1)).at("tokens_per_second"));
    torch_two.push_back(pytorch("train", 2).at("tokens_per_second"));
    torch_forward.push_back(pytorch("forward", 1).at("milliseconds"));
    faster_one.push_back(one.back() / torch_one.back());
    faster_two.push_back(two.back() / std::max(torch_one.back(), torch_two.back()));
    faster_forward.push_back(torch_forward.back() / forward.back());
  }
  const auto giga = [](double x) { return x / 1e9; };
  if (!share.empty()) {
    const double best = giga(median(best_rate));
    report({"transformer/products/of_best_library",
            giga(median(products_rate)),
            "GFLOP/s, 1 thread",
            best,
            giga(median(products_rate)) / best,
            {}});
    report({"transformer/step/of_best_library", giga(median(one) * flop_of_token), "GFLOP/s, 1 thread", best,
            median(share), 0.8});
  }
  report({"transformer/step/1_thread_to_2", median(two), "tokens/s", median(one), median(speed_up), 1.8});
  if (!native.empty())
    report({"transformer/step/portable_to_native", median(one), "tokens/s", median(natives), median(against_native),
            0.95});
  report({"transformer/step/allocations", last_step.at("allocations"), "allocations a step", {}, {}, 0});
  report({"transformer/decoding/of_reading", giga(median(decoding)), "GB/s of weights, 1 thread", giga(median(reading)),
          median(decoding_share), 0.7});
  constexpr int kLarge = 33000;
  const double whole = 4.0 * kBatch * kContext * kLarge, held = bytes_of_loss(kLarge);
  report(
      {"transformer/loss/33k_vocabulary", held / 1e6, "MB at once, beside all logits", whole / 1e6, held / whole, {}});
  if (!peer) return;
  report({"transformer/step/pytorch_1_thread", median(one), "tokens/s", median(torch_one), median(faster_one), 1.35});
  report({"transformer/step/pytorch_2_threads", median(two), "tokens/s", median(torch_two), median(faster_two), 1.7});
  report({"transformer/forward_32/pytorch", median(forward), "ms", median(torch_forward), median(faster_forward), 2.5});
  const double ours = last_step.at("resident_bytes"), theirs = last_torch.at("resident_bytes");
  report({"transformer/step/memory", ours / 1e6, "MB above idle", theirs / 1e6, theirs / ours, 1});
}

}  // namespace noema::app
