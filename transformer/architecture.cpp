#include "transformer/architecture.h"

#include <array>

#include "base/error.h"
#include "transformer/recurrent_network.h"
#include "transformer/seq2seq_network.h"
#include "transformer/skipgram_network.h"
#include "transformer/transformer_network.h"

namespace noema::transformer {
namespace {

struct Architecture {
  std::string_view name;
  Layout (*layout)(const ModelOptions& options, int vocabulary);
  std::unique_ptr<Network> (*network)(const ModelOptions& options, int vocabulary, int sequences, int length);
  Traits traits;
  void (*count)(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
                const std::vector<Pair>& pairs) = nullptr;  // what count_text does, if anything
};

template <typename Shape>
Layout layout(const ModelOptions& options, int vocabulary) {
  return Shape(options, vocabulary).layout();
}

template <typename T, typename Shape>
std::unique_ptr<Network> make(const ModelOptions& options, int vocabulary, int sequences, int length) {
  return std::make_unique<T>(Shape(options, vocabulary), sequences, length);
}

template <typename Shape>
void count_for(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
               const std::vector<Pair>& pairs) {
  count_tokens(weights, Shape(options, vocabulary), corpus, pairs);
}

constexpr Architecture recurrent(std::string_view name) {
  return {name, layout<RecurrentNetworkShape>, make<RecurrentNetwork, RecurrentNetworkShape>, {}};
}

constexpr std::array<Architecture, 6> kArchitectures = {{
    {"transformer", layout<Shape>, make<TransformerNetwork, Shape>, {.both_sides = true}},
    recurrent("lstm"),
    recurrent("gru"),
    recurrent("elmo"),
    {"skipgram",
     layout<SkipgramShape>,
     make<SkipgramNetwork, SkipgramShape>,
     {.likelihood = false},
     count_for<SkipgramShape>},
    {"seq2seq", layout<Seq2SeqShape>, make<Seq2SeqNetwork, Seq2SeqShape>, {.text = false}},
}};

constexpr auto kNames = [] {
  std::array<std::string_view, kArchitectures.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kArchitectures[i].name;
  return names;
}();

const Architecture& architecture_of(const ModelOptions& options) {
  for (const Architecture& architecture : kArchitectures)
    if (architecture.name == options.architecture) return architecture;
  base::check(false, "options that validate() let through name an architecture there is");
  return kArchitectures.front();
}

}  // namespace

std::span<const std::string_view> architectures() { return kNames; }

const Traits& traits_of(const ModelOptions& options) { return architecture_of(options).traits; }

void count_text(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
                const std::vector<Pair>& pairs) {
  if (const auto count = architecture_of(options).count) count(weights, options, vocabulary, corpus, pairs);
}

Layout layout_of(const ModelOptions& options, int vocabulary) {
  return architecture_of(options).layout(options, vocabulary);
}

std::unique_ptr<Network> make_network(const ModelOptions& options, int vocabulary, int sequences, int length) {
  return architecture_of(options).network(options, vocabulary, sequences, length);
}

}  // namespace noema::transformer
