#include "transformer/architecture.h"

#include <fmt/format.h>

#include <array>

#include "base/error.h"
#include "transformer/recurrent_hypotheses.h"
#include "transformer/recurrent_network.h"
#include "transformer/recurrent_reader.h"
#include "transformer/seq2seq_network.h"
#include "transformer/seq2seq_reader.h"
#include "transformer/skipgram_network.h"
#include "transformer/transformer_hypotheses.h"
#include "transformer/transformer_network.h"

namespace noema::transformer {
namespace {

struct Architecture {
  std::string_view name;
  Layout (*layout)(const ModelOptions& options, int vocabulary);
  std::unique_ptr<Network> (*network)(const ModelOptions& options, int vocabulary, int sequences, int length);
  std::unique_ptr<Hypotheses> (*hypotheses)(const Model& model, int slots);  // null: the architecture predicts no text
  Traits traits;
  void (*count)(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
                std::span<const Pair> pairs) = nullptr;  // does count_text's work; null: there is none
};

template <typename Shape>
Layout layout(const ModelOptions& options, int vocabulary) {
  return Shape(options, vocabulary).layout();
}

template <typename T, typename Shape>
std::unique_ptr<Network> make(const ModelOptions& options, int vocabulary, int sequences, int length) {
  return std::make_unique<T>(Shape(options, vocabulary), sequences, length);
}

template <typename T>
std::unique_ptr<Hypotheses> read(const Model& model, int slots) {
  return std::make_unique<T>(model, slots);
}

template <typename Shape>
void count_for(float* weights, const ModelOptions& options, int vocabulary, const Corpus& corpus,
               std::span<const Pair> pairs) {
  count_tokens(weights, Shape(options, vocabulary), corpus, pairs);
}

constexpr Architecture recurrent(std::string_view name) {
  return {name,
          layout<RecurrentNetworkShape>,
          make<RecurrentNetwork, RecurrentNetworkShape>,
          read<RecurrentHypotheses<RecurrentReader>>,
          {}};
}

constexpr std::array<Architecture, 6> kArchitectures = {{
    {"transformer", layout<Shape>, make<TransformerNetwork, Shape>, read<TransformerHypotheses>, {.both_sides = true}},
    recurrent("lstm"),
    recurrent("gru"),
    recurrent("elmo"),
    {"skipgram",
     layout<SkipgramShape>,
     make<SkipgramNetwork, SkipgramShape>,
     nullptr,
     {.likelihood = false},
     count_for<SkipgramShape>},
    {"seq2seq",
     layout<Seq2SeqShape>,
     make<Seq2SeqNetwork, Seq2SeqShape>,
     read<RecurrentHypotheses<Seq2SeqReader>>,
     {.text = false}},
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
                std::span<const Pair> pairs) {
  if (const auto count = architecture_of(options).count) count(weights, options, vocabulary, corpus, pairs);
}

Layout layout_of(const ModelOptions& options, int vocabulary) {
  return architecture_of(options).layout(options, vocabulary);
}

std::unique_ptr<Network> make_network(const ModelOptions& options, int vocabulary, int sequences, int length) {
  return architecture_of(options).network(options, vocabulary, sequences, length);
}

std::unique_ptr<Hypotheses> make_hypotheses(const Model& model, int slots) {
  const auto make = architecture_of(model.options()).hypotheses;
  if (!make)
    throw base::Error(
        fmt::format("the model is of architecture {}, which predicts no text", model.options().architecture));
  return make(model, slots);
}

}  // namespace noema::transformer
