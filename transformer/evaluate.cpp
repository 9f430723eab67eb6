#include "transformer/evaluate.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <cmath>

#include "base/error.h"
#include "base/numbers.h"
#include "transformer/inference.h"
#include "transformer/parallel.h"

namespace noema::transformer {

double Evaluation::bits_per_character() const { return base::bits_of(nats_per_character()); }

double Evaluation::word_perplexity() const { return std::exp(nats / static_cast<double>(words + lines)); }

Evaluation evaluate(const Model& model, const Corpus& corpus, int threads) {
  struct Reader {
    explicit Reader(const Model& m) : inference(m) {}
    Inference inference;
    std::vector<float> logits;
  };
  const std::size_t context = static_cast<std::size_t>(model.context());
  const std::size_t blocks = (corpus.tokens.size() + context - 1) / context;
  std::vector<double> nats(blocks);
  tbb::enumerable_thread_specific<Reader> readers([&] { return Reader(model); });
  Threads(threads).run([&] {
    tbb::parallel_for(std::size_t{0}, blocks, [&](std::size_t block) {
      Reader& reader = readers.local();
      const auto targets =
          std::span(corpus.tokens).subspan(block * context, std::min(context, corpus.tokens.size() - block * context));
      std::vector<Token> inputs(1, kStart);
      inputs.insert(inputs.end(), targets.begin(), targets.end() - 1);
      reader.inference.clear();
      const auto hidden = reader.inference.append(inputs);
      nats[block] =
          cross_entropy(nullptr, nullptr, nullptr, hidden.data(), model.weights().data() + model.shape().embedding(),
                        targets, model.width(), model.shape().vocabulary, 1.0F, reader.logits);
    });
  });
  Evaluation result{0, corpus.characters, corpus.words, corpus.lines, corpus.tokens.size()};
  for (double part : nats) result.nats += part;
  return result;
}

Evaluation evaluate_files(const Model& model, const std::vector<std::filesystem::path>& files, int threads) {
  const Corpus corpus = read_corpus(files, model.tokenizer());
  if (corpus.tokens.empty())
    throw base::Error(files.front().string() + ": the text is empty; there is nothing to evaluate");
  return evaluate(model, corpus, threads);
}

}  // namespace noema::transformer
