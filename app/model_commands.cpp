#include "app/model_commands.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/results.h"
#include "app/translate_command.h"
#include "base/error.h"
#include "base/files.h"
#include "base/numbers.h"
#include "base/rng.h"
#include "base/stop.h"
#include "base/text.h"
#include "transformer/attention_map.h"
#include "transformer/decoder.h"
#include "transformer/evaluate.h"
#include "transformer/recurrent_reader.h"
#include "transformer/trainer.h"

namespace noema::app {
namespace {

namespace fs = std::filesystem;
namespace ranges = base::ranges;
using nlohmann::ordered_json;
using transformer::Model;

// --- train
// ---------------------------------------------------------------------------------------------------------------

struct TrainArguments {
  std::vector<fs::path> text;
  fs::path out, pairs, valid;
  std::string preset = "small", architecture = "transformer", objective = "causal", positions = "rotary",
              attention = "luong";
  std::optional<std::string> tokenizer, pairs_columns;
  std::optional<int> layers, width, heads, kv_heads, context;
  std::optional<float> dropout;
  transformer::TrainOptions options;
  bool force = false;
};

transformer::Objective objective_of(const std::string& name) {
  if (name == "causal") return transformer::Objective::kCausal;
  if (name == "prefix") return transformer::Objective::kPrefix;
  if (name == "masked") return transformer::Objective::kMasked;
  throw base::UsageError(fmt::format("--objective {}: unknown; expected causal, prefix or masked", name));
}

transformer::ModelOptions model_options_of(const TrainArguments& a) {
  auto options = transformer::ModelOptions::preset(a.preset);
  if (a.tokenizer) options.tokenizer = *a.tokenizer;
  if (a.layers) options.layers = *a.layers;
  if (a.width) options.width = *a.width;
  if (a.heads) options.heads = *a.heads;
  if (a.context) options.context = *a.context;
  if (a.dropout) options.dropout = *a.dropout;
  if (a.kv_heads) options.kv_heads = *a.kv_heads;
  options.positions = a.positions;
  options.architecture = a.architecture;
  options.attention = a.attention;
  options.validate();
  return options;
}

fs::path folder_of(const fs::path& file) { return file.has_parent_path() ? file.parent_path() : fs::path("."); }

fs::path checkpoint_of(const fs::path& out) { return out.string() + ".train"; }

bool same_file(const fs::path& a, const fs::path& b) {
  std::error_code code;
  return fs::equivalent(a, b, code) && !code;
}

/// Everything that can be refused is refused before hours of work.
void check_train(const TrainArguments& a, const transformer::ModelOptions& model_options,
                 const transformer::TrainOptions& options) {
  if (a.text.empty() && a.pairs.empty()) throw base::UsageError("train: give --text FILE... or --pairs FILE.tsv");
  transformer::require_trainable(model_options, options, !a.text.empty(), !a.pairs.empty());
  if (!a.valid.empty() && !transformer::traits_of(model_options).text)
    throw base::UsageError(
        fmt::format("--valid: a model of architecture {} predicts targets of pairs, not text; "
                    "measure it with noema translate",
                    a.architecture));
  auto files = a.text;
  if (!a.pairs.empty()) files.push_back(a.pairs);
  if (!a.valid.empty()) files.push_back(a.valid);
  for (const auto& file : files)
    if (file == "-" || fs::is_other(fs::status(file)))
      throw base::UsageError(
          fmt::format("{}: is read twice, before the training and for it; give a file", file.string()));
  if (a.options.resume && a.force)
    throw base::UsageError("train: --resume and --force contradict each other; give one");
  if (a.options.resume && !fs::exists(checkpoint_of(a.out)))
    throw base::Error(
        fmt::format("{}: no checkpoint to resume from; train without --resume", checkpoint_of(a.out).string()));
  if (!a.options.resume && !a.force)
    for (const auto& path : {a.out, checkpoint_of(a.out)})
      if (fs::exists(path))
        throw base::Error(fmt::format("{}: exists; add --force to replace it, or choose another --out", path.string()));
  for (const auto& file : files)
    if (same_file(file, a.out))
      throw base::UsageError(fmt::format("--out {}: is read too; choose another", a.out.string()));
  base::require_writable(a.out);
}

ordered_json train(const TrainArguments& a, const Globals& globals) {
  const auto model_options = model_options_of(a);
  auto options = a.options;
  options.seed = globals.seed;
  options.threads = globals.threads;
  options.objective = objective_of(a.objective);
  options.checkpoint = checkpoint_of(a.out);
  check_train(a, model_options, options);
  const auto columns = a.pairs_columns ? transformer::PairColumns::parse(*a.pairs_columns) : transformer::PairColumns();
  transformer::require_resumable(model_options, options);
  const auto stop = stop_token();
  if (!a.valid.empty()) transformer::require_text(a.valid, stop);

  remark(globals, fmt::format("learning the tokenizer {}", model_options.tokenizer));
  auto counts = transformer::count_units(a.text, stop);
  if (!a.pairs.empty()) transformer::count_pair_units(a.pairs, columns, counts);
  if (counts.empty())
    throw base::Error(fmt::format("{}: the text is empty; give text to train on",
                                  (a.text.empty() ? a.pairs : a.text.front()).string()));
  auto tokenizer = transformer::Tokenizer::train(model_options.tokenizer, counts, globals.seed);
  const auto corpus = transformer::read_corpus(a.text, tokenizer, folder_of(a.out), stop);
  const auto valid =
      a.valid.empty() ? transformer::Corpus{} : transformer::read_corpus({a.valid}, tokenizer, folder_of(a.out), stop);
  const auto pairs =
      a.pairs.empty() ? std::vector<transformer::Pair>{} : transformer::read_pairs(a.pairs, tokenizer, columns);

  auto start = Model::random(model_options, std::move(tokenizer), globals.seed);
  const double parameters = static_cast<double>(start.weights().size());
  transformer::Trainer trainer(std::move(start), corpus, pairs, options);
  remark(globals, fmt::format("training {:.2f}M parameters on {} tokens ({:.2f} characters a token) and {} pairs",
                              parameters / 1e6, corpus.tokens.size(),
                              static_cast<double>(corpus.characters) /
                                  static_cast<double>(std::max<std::size_t>(1, corpus.tokens.size())),
                              pairs.size()));
  transformer::Progress last;
  {
    ProgressBar bar(globals);
    double logged = 0;
    last = trainer.run(
        [&](const transformer::Progress& p) {
          const std::string line = fmt::format("step {}  loss {:.4f} nats/token  {:.0f} tokens/s  rate {:.2e}", p.step,
                                               p.loss, p.tokens_per_second, static_cast<double>(p.learning_rate));
          bar.show(p.share, line);
          if (::isatty(STDERR_FILENO) == 0 && p.elapsed_seconds - logged >= 30) {
            logged = p.elapsed_seconds;
            remark(globals, fmt::format("{:5.1f}%  {:6.0f} s  {}", p.share * 100, p.elapsed_seconds, line));
          }
          return true;
        },
        {}, stop);
  }
  if (stop.stop_requested() && last.share < 1)
    throw base::Interrupted(
        fmt::format("train: interrupted at step {}; add --resume to the same command to go on", last.step));

  const Model model = trainer.model();
  model.save(a.out);
  fs::remove(checkpoint_of(a.out));
  const double characters_per_token =
      static_cast<double>(corpus.characters) / static_cast<double>(std::max<std::size_t>(1, corpus.tokens.size()));
  ordered_json result = {
      {"train_bits_per_char", corpus.tokens.empty() || !transformer::traits_of(model.options()).likelihood
                                  ? ordered_json()
                                  : ordered_json(base::bits_of(last.loss) / characters_per_token)},
      {"valid_bits_per_char", nullptr},
      {"valid_word_perplexity", nullptr}};
  if (!a.valid.empty()) {
    const auto evaluation = transformer::evaluate(model, valid, globals.threads, stop);
    result["valid_bits_per_char"] = evaluation.bits_per_character();
    if (const auto perplexity = evaluation.word_perplexity()) result["valid_word_perplexity"] = *perplexity;
  }
  result["tokens_per_second"] = last.tokens_per_second;
  result["parameters"] = model.weights().size();
  result["steps"] = last.step;
  result["seconds"] = last.elapsed_seconds;
  result["vocabulary"] = model.tokenizer().size();
  result["hash"] = model.hash();
  return result;
}

void add_train(CLI::App& app, Globals& globals) {
  auto* command =
      app.add_subcommand("train", "Train a model on text: noema train --text book.txt --out book.model --minutes 10");
  auto a = std::make_shared<TrainArguments>();
  command->add_option("--text", a->text, "Text files to learn from, plain, .gz or .xz");
  command->add_option("--pairs", a->pairs, "Lines source TAB target: the target is predicted from the source");
  command->add_option("--pairs-columns", a->pairs_columns,
                      "Columns of source and target, from 1, in files with more than two, such as 4,3");
  command->add_flag("--predict-source", a->options.predict_source,
                    "Learn to predict the sources of pairs too (causal objective)");
  command->add_option("--out", a->out, "The model file to write")->required();
  command->add_option("--valid", a->valid, "Text to measure the finished model on; it is never learned from");
  command->add_option("--preset", a->preset, "Size: tiny (bytes), small (bpe:8192) or base (bpe:16384)")
      ->capture_default_str();
  command->add_option("--arch", a->architecture, fmt::format("{}", fmt::join(transformer::architectures(), ", ")))
      ->capture_default_str();
  command->add_option("--objective", a->objective, "causal, prefix or masked")->capture_default_str();
  command->add_option("--tokenizer", a->tokenizer, "bytes, characters, words[:SIZE] or bpe:SIZE, over the preset's");
  command->add_option("--layers", a->layers, "Blocks, over the preset's")->check(within(ranges::kLayers));
  command->add_option("--width", a->width, "Floats of a hidden state, over the preset's")
      ->check(within(ranges::kWidth));
  command->add_option("--heads", a->heads, "Attention heads, over the preset's")->check(within(ranges::kHeads));
  command
      ->add_option("--kv-heads", a->kv_heads, "Heads of keys and values, shared by groups of heads (default: as heads)")
      ->check(within(ranges::kKvHeads));
  command->add_option("--positions", a->positions, "rotary or learned")->capture_default_str();
  command->add_option("--attention", a->attention, "none or luong, of --arch seq2seq")->capture_default_str();
  command->add_option("--context", a->context, "Tokens a prediction sees, over the preset's")
      ->check(within(ranges::kContext));
  command->add_option("--dropout", a->dropout, "Share dropped in training, over the preset's")
      ->check(within(ranges::kDropout));
  command
      ->add_option("--batch", a->options.batch,
                   "Sequences of the context's length a step; of shorter pairs as many more")
      ->capture_default_str()
      ->check(within(ranges::kBatch));
  command->add_option("--learning-rate", a->options.learning_rate, "Top of the schedule")
      ->capture_default_str()
      ->check(within(ranges::kLearningRate));
  command->add_option("--weight-decay", a->options.optimizer.weight_decay, "Of matrices")
      ->capture_default_str()
      ->check(within(ranges::kWeightDecay));
  command
      ->add_option("--masked-share", a->options.masked_share,
                   "Share of sequences trained to fill gaps seeing both sides (for a mind's keys)")
      ->capture_default_str()
      ->check(within(ranges::kShare));
  command->add_option("--minutes", a->options.minutes, "Train this long")->check(within(ranges::kMinutes));
  command->add_option("--steps", a->options.steps, "Train this many steps")->check(within(ranges::kSteps));
  command->add_option("--epochs", a->options.epochs, "Train this many passes over the text (default 1)")
      ->check(within(ranges::kEpochs));
  command->add_flag("--resume", a->options.resume, "Go on from MODEL.train, with the same options");
  command->add_flag("--force", a->force, "Replace an existing model");
  add_globals(*command, globals);
  command->callback([a, &globals] { print_result(globals, train(*a, globals)); });
}

// --- evaluate
// ------------------------------------------------------------------------------------------------------------

void add_evaluate(CLI::App& app, Globals& globals) {
  struct Arguments {
    fs::path model;
    std::vector<fs::path> files;
  };
  auto* command = app.add_subcommand("evaluate", "How well a model predicts text: noema evaluate book.model other.txt");
  auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model file")->required();
  command->add_option("FILE", a->files, "Text files, measured as one text in non-overlapping contexts")->required();
  add_globals(*command, globals);
  command->callback([a, &globals] {
    const auto e = transformer::evaluate_files(Model::load(a->model), a->files, globals.threads, {}, stop_token());
    const auto perplexity = e.word_perplexity();
    print_result(globals, {{"bits_per_char", e.bits_per_character()},
                           {"nats_per_char", e.nats_per_character()},
                           {"word_perplexity", perplexity ? ordered_json(*perplexity) : ordered_json()},
                           {"words", e.words},
                           {"chars", e.characters},
                           {"lines", e.lines},
                           {"tokens", e.tokens}});
  });
}

// --- attention
// -----------------------------------------------------------------------------------------------------------

void add_attention(CLI::App& app, Globals& globals) {
  struct Arguments {
    fs::path model, svg;
    std::string text;
    int layer = 0, head = 0;
    bool both_sides = false;
  };
  auto* command = app.add_subcommand(
      "attention", "What a head attends to: noema attention book.model \"the cat is on a chair\" --svg cat.svg");
  auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model file")->required();
  command->add_option("TEXT", a->text, "One line of text; for seq2seq the source, or source TAB target")->required();
  command->add_option("--layer", a->layer, "Layer, from 0")->capture_default_str();
  command->add_option("--head", a->head, "Head, from 0")->capture_default_str();
  command->add_option("--svg", a->svg, "Also draw a heat map into this file");
  command->add_flag(
      "--both-sides", a->both_sides,
      "Read in both directions, as a mind's keys are made (and as the sources of pairs with --objective prefix)");
  add_globals(*command, globals);
  command->callback([a, &globals] {
    if (const auto invalid = base::first_invalid_utf8(a->text))
      throw base::Error(fmt::format("attention: byte {} of the text is not UTF-8", *invalid));
    if (!a->svg.empty()) require_result_file(a->svg);
    const Model model = Model::load(a->model);
    const bool both = a->both_sides || model.options().pairs == "prefix";
    const auto mask = both ? transformer::Mask::kBidirectional : transformer::Mask::kCausal;
    const auto map = transformer::attention_map(model, a->text, a->layer, a->head, mask, stop_token());
    if (!a->svg.empty()) base::write_file(a->svg, transformer::attention_svg(map));
    if (globals.json)
      print_result(globals, {{"tokens", map.tokens},
                             {"readers", map.readers},
                             {"layer", map.layer},
                             {"head", map.head},
                             {"weights", map.weights}});
    else
      print_text("{}", transformer::attention_table(map));
  });
}

// --- generate
// ------------------------------------------------------------------------------------------------------------

/// A token drawn from p^(1/temperature); the likeliest at temperature 0.
transformer::Token draw(std::span<const float> log_probabilities, double temperature, base::Rng& rng) {
  base::stop_if_requested(stop_token());
  if (std::isnan(log_probabilities[transformer::kSpecials]))
    throw base::Error(
        "the model's predictions are not finite: its training diverged; train it with a lower "
        "--learning-rate");
  std::size_t best = transformer::kSpecials;
  for (std::size_t i = best; i < log_probabilities.size(); ++i)
    if (log_probabilities[i] > log_probabilities[best]) best = i;
  if (temperature <= 0) return static_cast<transformer::Token>(best);
  const auto weight = [&](std::size_t i) {
    return std::exp(static_cast<double>(log_probabilities[i] - log_probabilities[best]) / temperature);
  };
  double total = 0;
  for (std::size_t i = transformer::kSpecials; i < log_probabilities.size(); ++i) total += weight(i);
  double left = rng.uniform() * total;
  for (std::size_t i = transformer::kSpecials; i < log_probabilities.size(); ++i)
    if ((left -= weight(i)) < 0) return static_cast<transformer::Token>(i);
  return static_cast<transformer::Token>(best);
}

template <typename Choose>
std::vector<transformer::Token> continue_with_transformer(const Model& model,
                                                          std::span<const transformer::Token> prompt, int count,
                                                          Choose choose) {
  transformer::Decoder decoder(model);
  decoder.append(prompt);
  std::vector<transformer::Token> tokens;
  for (int i = 0; i < count; ++i) {
    tokens.push_back(choose(decoder.position().log_probabilities));
    decoder.append({&tokens.back(), 1});
  }
  return tokens;
}

template <typename Choose>
std::vector<transformer::Token> continue_with_recurrent(const Model& model, std::span<const transformer::Token> prompt,
                                                        int count, Choose choose) {
  transformer::RecurrentReader reader(model);
  for (const auto token : prompt) reader.read(token);
  std::vector<transformer::Token> tokens;
  for (int i = 0; i < count; ++i) {
    tokens.push_back(choose(reader.log_probabilities()));
    reader.read(tokens.back());
  }
  return tokens;
}

void add_generate(CLI::App& app, Globals& globals) {
  struct Arguments {
    fs::path model;
    std::string prompt;
    int tokens = 64;
    double temperature = 0.8;
    transformer::TranslateOptions search;
  };
  auto* command = app.add_subcommand("generate",
                                     "Continue a text, or translate it with a model trained on pairs: noema generate "
                                     "book.model \"Once upon\" --tokens 50");
  auto a = std::make_shared<Arguments>();
  command->add_option("MODEL", a->model, "Model file")->required();
  command->add_option("PROMPT", a->prompt, "Text to continue or to translate")->required();
  command->add_option("--tokens", a->tokens, "Tokens to add")->capture_default_str()->check(within(ranges::kTokens));
  command->add_option("--temperature", a->temperature, "0 takes the likeliest token, 1 draws as the model believes")
      ->capture_default_str()
      ->check(within(ranges::kTemperature));
  add_search_options(*command, a->search);
  add_globals(*command, globals);
  command->callback([a, &globals] {
    if (const auto invalid = base::first_invalid_utf8(a->prompt))
      throw base::Error(fmt::format("generate: byte {} of the prompt is not UTF-8", *invalid));
    const Model model = Model::load(a->model);
    if (!model.options().pairs.empty()) return print_translation(model, a->prompt, a->search, globals);
    const auto prompt = transformer::tokens_of_line(a->prompt, model.tokenizer());
    base::Rng rng = base::Rng(globals.seed).fork("generate");
    const auto choose = [&](std::span<const float> log_probabilities) {
      return draw(log_probabilities, a->temperature, rng);
    };
    const auto tokens = model.options().architecture == "transformer"
                            ? continue_with_transformer(model, prompt, a->tokens, choose)
                            : continue_with_recurrent(model, prompt, a->tokens, choose);
    const std::string text = printable(model.tokenizer().decode(tokens));
    if (globals.json)
      print_result(globals, {{"prompt", a->prompt}, {"text", text}, {"tokens", tokens.size()}});
    else
      print_text("{}{}\n", a->prompt, text);
  });
}

}  // namespace

void add_model_commands(CLI::App& app, Globals& globals) {
  add_train(app, globals);
  add_evaluate(app, globals);
  add_attention(app, globals);
  add_generate(app, globals);
}

}  // namespace noema::app
