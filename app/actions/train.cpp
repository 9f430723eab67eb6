#include "app/actions/train.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "base/failure_context.h"
#include "base/files.h"
#include "base/numbers.h"
#include "base/stop.h"
#include "transformer/evaluate.h"
#include "transformer/trained_pairs.h"

namespace noema::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::ordered_json;
using transformer::Model;

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code code;
  return fs::equivalent(a, b, code) && !code;
}

std::vector<fs::path> files_read_by(const TrainRequest& request) {
  auto files = request.text;
  for (const fs::path& file : {request.pairs, request.valid})
    if (!file.empty()) files.push_back(file);
  return files;
}

void check_options(const TrainRequest& request) {
  if (request.text.empty() && request.pairs.empty())
    throw base::UsageError("train: give --text FILE... or --pairs FILE.tsv");
  transformer::require_trainable(request.model, request.training, !request.text.empty(), !request.pairs.empty());
  if (!request.valid.empty() && !transformer::traits_of(request.model).text)
    throw base::UsageError(
        fmt::format("--valid: a model of architecture {} predicts targets of pairs, not text; "
                    "measure it with noema translate",
                    request.model.architecture));
  if (request.training.resume && request.force)
    throw base::UsageError("train: --resume and --force contradict each other; give one");
}

void check_inputs(const TrainRequest& request) {
  for (const auto& file : files_read_by(request)) {
    if (file == "-" || fs::is_other(fs::status(file)))
      throw base::UsageError(fmt::format(
          "{}: a training reads its input twice, before it begins and while it runs; give a file", file.string()));
    if (same_file(file, request.out))
      throw base::UsageError(fmt::format("--out {}: is also an input; choose another file", request.out.string()));
  }
}

void check_output(const TrainRequest& request) {
  const fs::path checkpoint = checkpoint_of(request.out);
  if (request.training.resume && !fs::exists(checkpoint))
    throw base::Error(fmt::format("{}: no checkpoint to resume from; train without --resume", checkpoint.string()));
  if (!request.training.resume && !request.force)
    for (const auto& path : {request.out, checkpoint})
      if (fs::exists(path))
        throw base::Error(fmt::format("{}: exists; add --force to replace it, or choose another --out", path.string()));
}

/// Everything that can be refused is refused before hours of work.
void check(const TrainRequest& request, const transformer::TrainOptions& training) {
  request.model.validate();
  check_options(request);
  check_output(request);
  check_inputs(request);
  base::require_writable(request.out);
  transformer::require_resumable(request.model, training);
  if (!request.valid.empty()) transformer::require_text(request.valid, request.stop);
}

transformer::TrainOptions training_of(const TrainRequest& request) {
  auto training = request.training;
  training.checkpoint = checkpoint_of(request.out);
  return training;
}

transformer::Tokenizer tokenizer_of(const TrainRequest& request) {
  if (request.remark) request.remark(fmt::format("learning the tokenizer {}", request.model.tokenizer));
  auto counts = transformer::count_units(request.text, request.stop);
  if (!request.pairs.empty()) transformer::count_pair_units(request.pairs, request.columns, counts);
  if (counts.empty())
    throw base::Error(
        fmt::format("{}: the text is empty; give text to train on", files_read_by(request).front().string()));
  return transformer::Tokenizer::train(request.model.tokenizer, counts, request.training.seed);
}

/// What a training reads, as tokens.
struct Material {
  transformer::Corpus corpus, valid;
  std::vector<transformer::Pair> pairs;

  double characters_per_token() const {
    return static_cast<double>(corpus.characters) / static_cast<double>(std::max<std::size_t>(1, corpus.tokens.size()));
  }
};

Material material_of(const TrainRequest& request, const transformer::Tokenizer& tokenizer) {
  const fs::path folder = folder_of(request.out);
  Material material{transformer::read_corpus(request.text, tokenizer, folder, request.stop), {}, {}};
  if (!request.valid.empty())
    material.valid = transformer::read_corpus({request.valid}, tokenizer, folder, request.stop);
  if (!request.pairs.empty()) material.pairs = transformer::read_pairs(request.pairs, tokenizer, request.columns);
  return material;
}

void remark_on(const TrainRequest& request, std::size_t parameters, const Material& material) {
  if (!request.remark) return;
  request.remark(fmt::format("training {:.2f}M parameters on {} tokens ({:.2f} characters a token) and {} pairs",
                             static_cast<double>(parameters) / 1e6, material.corpus.tokens.size(),
                             material.characters_per_token(), material.pairs.size()));
}

transformer::Progress run_to_the_end(transformer::Trainer& trainer, const TrainRequest& request) {
  const auto observe = [&](const transformer::Progress& progress) {
    if (request.progress) request.progress(progress);
    return true;
  };
  const transformer::Progress last = trainer.run(observe, {}, request.stop);
  if (request.stop.stop_requested() && last.share < 1)
    throw base::Interrupted(
        fmt::format("train: interrupted at step {}; add --resume to the same command to go on", last.step));
  return last;
}

void measure(TrainValue& value, const Model& model, const Material& material, const TrainRequest& request) {
  if (request.valid.empty()) return;
  const auto evaluation = transformer::evaluate(model, material.valid, request.training.threads, request.stop);
  value.valid_bits_per_char = evaluation.bits_per_character();
  value.valid_word_perplexity = evaluation.word_perplexity();
}

}  // namespace

fs::path checkpoint_of(const fs::path& model) { return model.string() + ".train"; }

TrainValue train(const TrainRequest& request) {
  const base::FailureContext context("training a model");
  const transformer::TrainOptions training = training_of(request);
  check(request, training);
  auto tokenizer = tokenizer_of(request);
  const Material material = material_of(request, tokenizer);
  auto start = Model::random(request.model, std::move(tokenizer), training.seed);
  const std::size_t parameters = start.weights().size();
  transformer::Trainer trainer(std::move(start), material.corpus, material.pairs, training);
  remark_on(request, parameters, material);
  const transformer::Progress last = run_to_the_end(trainer, request);

  const Model model = trainer.model();
  model.save(request.out);
  if (!request.pairs.empty())
    transformer::TrainedPairs(transformer::read_text_pairs(request.pairs, request.columns)).save(request.out);
  fs::remove(training.checkpoint);
  TrainValue value{.tokens_per_second = last.tokens_per_second,
                   .parameters = parameters,
                   .steps = last.step,
                   .seconds = last.elapsed_seconds,
                   .vocabulary = static_cast<int>(model.tokenizer().size()),
                   .hash = model.hash()};
  if (!material.corpus.tokens.empty() && transformer::traits_of(model.options()).likelihood)
    value.train_bits_per_char = base::bits_of(last.loss) / material.characters_per_token();
  measure(value, model, material, request);
  return value;
}

ordered_json to_json(const TrainValue& value) {
  const auto or_null = [](const std::optional<double>& number) {
    return number ? ordered_json(*number) : ordered_json(nullptr);
  };
  return {{"train_bits_per_char", or_null(value.train_bits_per_char)},
          {"valid_bits_per_char", or_null(value.valid_bits_per_char)},
          {"valid_word_perplexity", or_null(value.valid_word_perplexity)},
          {"tokens_per_second", value.tokens_per_second},
          {"parameters", value.parameters},
          {"steps", value.steps},
          {"seconds", value.seconds},
          {"vocabulary", value.vocabulary},
          {"hash", value.hash}};
}

}  // namespace noema::app
