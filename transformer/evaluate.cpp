#include "transformer/evaluate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "base/error.h"
#include "base/numbers.h"
#include "base/stop.h"
#include "transformer/architecture.h"
#include "transformer/parallel.h"

namespace noema::transformer {

namespace {

/// A batch of the blocks [first, first + count) of the text; each block is a sequence.
void fill(Batch& batch, const Corpus& corpus, std::size_t first, std::size_t count, std::size_t context) {
  batch.sequences = static_cast<int>(count);
  batch.length = static_cast<int>(context);
  batch.inputs.assign(count * context, kPad);
  batch.targets.assign(count * context, -1);
  batch.prefixes.assign(count, 0);
  const auto text = std::span(corpus.tokens).subspan(first * context);
  for (std::size_t i = 0; i < std::min(count * context, text.size()); ++i) {
    batch.inputs[i] = i % context == 0 ? kStart : text[i - 1];
    batch.targets[i] = text[i];
  }
}

void require_text_model(const Model& model) {
  if (!traits_of(model.options()).text)
    throw base::Error(
        fmt::format("a model of architecture {} predicts targets of pairs, not text; measure it with "
                    "noema translate",
                    model.options().architecture));
}

}  // namespace

double Evaluation::bits_per_character() const { return base::bits_of(nats_per_character()); }

std::optional<double> Evaluation::word_perplexity() const {
  if (!base::has_words(words, lines, characters)) return std::nullopt;
  const double perplexity = std::exp(nats / static_cast<double>(words + lines));
  return std::isfinite(perplexity) ? std::optional(perplexity) : std::nullopt;
}

Evaluation evaluate(const Model& model, const Corpus& corpus, int threads, const std::stop_token& stop) {
  constexpr std::size_t kTokens = 4096;  // in a batch
  require_text_model(model);
  const std::size_t context = static_cast<std::size_t>(model.context());
  const std::size_t blocks = (corpus.tokens.size() + context - 1) / context;
  const std::size_t most = std::clamp<std::size_t>(kTokens / context, 1, std::max<std::size_t>(1, blocks));
  Evaluation result{0, corpus.characters, corpus.words, corpus.lines, corpus.tokens.size()};
  Threads(threads).run(stop, [&] {
    const auto network =
        make_network(model.options(), model.tokenizer().size(), static_cast<int>(most), model.context());
    Batch batch;
    for (std::size_t first = 0; first < blocks && !stop.stop_requested(); first += most) {
      fill(batch, corpus, first, std::min(most, blocks - first), context);
      result.nats += network->loss(model.weights().data(), batch);
    }
  });
  base::stop_if_requested(stop);
  if (!std::isfinite(result.nats))
    throw base::Error(
        "the model's predictions are not finite: its training diverged; train it with a lower "
        "--learning-rate");
  return result;
}

Evaluation evaluate_files(const Model& model, const std::vector<std::filesystem::path>& files, int threads,
                          const std::filesystem::path& folder, const std::stop_token& stop) {
  require_text_model(model);
  const Corpus corpus = read_corpus(files, model.tokenizer(), folder, stop);
  if (corpus.tokens.empty())
    throw base::Error(files.front().string() + ": the text is empty; there is nothing to evaluate");
  return evaluate(model, corpus, threads, stop);
}

}  // namespace noema::transformer
