// noema train --text FILE... --out MODEL

#include <fmt/format.h>
#include <unistd.h>

#include <memory>
#include <optional>

#include "app/actions/train.h"
#include "app/command.h"
#include "app/human.h"
#include "app/results.h"
#include "base/error.h"

namespace noema::app::train_command {
namespace {

namespace ranges = base::ranges;

struct Arguments {
  TrainRequest request;
  std::string preset = "small", architecture = "transformer", objective = "causal", positions = "rotary",
              attention = "luong";
  std::optional<std::string> tokenizer, columns;
  std::optional<int> layers, width, heads, kv_heads, context;
  std::optional<float> dropout;
};

transformer::ModelOptions model_of(const Arguments& a) {
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
  return options;
}

/// Shows where a training stands: as a bar on a terminal, otherwise as a line every 30 seconds.
class Observer {
 public:
  explicit Observer(const Globals& globals) : globals_(globals), bar_(globals) {}

  void operator()(const transformer::Progress& p) {
    const std::string line = fmt::format("step {}  loss {:.4f} nats/token  {:.0f} tokens/s  rate {:.2e}", p.step,
                                         p.loss, p.tokens_per_second, static_cast<double>(p.learning_rate));
    bar_.show(p.share, line);
    if (::isatty(STDERR_FILENO) == 1 || p.elapsed_seconds - logged_seconds_ < 30) return;
    logged_seconds_ = p.elapsed_seconds;
    remark(globals_, fmt::format("{:5.1f}%  {:6.0f} s  {}", p.share * 100, p.elapsed_seconds, line));
  }

 private:
  const Globals& globals_;
  ProgressBar bar_;
  double logged_seconds_ = 0;
};

TrainValue train(Arguments& a, const Globals& globals) {
  TrainRequest& request = a.request;
  request.model = model_of(a);
  request.training.seed = globals.seed;
  request.training.threads = globals.threads;
  request.training.objective = transformer::objective_of(a.objective);
  if (a.columns) request.columns = transformer::PairColumns::parse(*a.columns);
  request.remark = [&](const std::string& text) { remark(globals, text); };
  request.stop = stop_token();
  Observer observer(globals);
  request.progress = [&](const transformer::Progress& progress) { observer(progress); };
  return train(request);
}

std::string number_or_dash(const std::optional<double>& number) { return number ? human_number(*number) : "-"; }

void print_for_people(const TrainValue& value, const Arguments& a) {
  print_text("{}: {} parameters, a vocabulary of {}\n", a.request.out.string(), human_count(value.parameters),
             counted(static_cast<std::uint64_t>(value.vocabulary), "token"));
  print_text("{} in {}, {} tokens a second\n\n", counted(value.steps, "step"), human_seconds(value.seconds),
             human_count(static_cast<std::uint64_t>(value.tokens_per_second)));
  TextTable table({{"text"}, {"bits per character", Align::kRight}, {"word perplexity", Align::kRight}});
  table.add({"training (recent steps)", number_or_dash(value.train_bits_per_char), "-"});
  if (!a.request.valid.empty())
    table.add({one_line(a.request.valid.string()), number_or_dash(value.valid_bits_per_char),
               number_or_dash(value.valid_word_perplexity)});
  print_text("{}", table.text());
}

void add_files(CLI::App& command, Arguments& a) {
  TrainRequest& request = a.request;
  command.add_option("--text", request.text, "Text files to learn from, plain, .gz or .xz");
  command.add_option("--pairs", request.pairs,
                     "File of lines source TAB target: the model learns to predict the target from the source");
  command.add_option("--pairs-columns", a.columns,
                     "Columns of source and target, counted from 1, in files with more than two, such as 4,3");
  command.add_flag("--predict-source", request.training.predict_source,
                   "Learn to predict the sources of pairs too (causal objective)");
  command.add_option("--out", request.out, "The model file to write")->required();
  command.add_option("--valid", request.valid,
                     "Text that the finished model is measured on; the model never learns from it");
  command.add_flag("--force", request.force, "Replace an existing model");
}

void add_shape(CLI::App& command, Arguments& a) {
  command.add_option("--preset", a.preset, "Size of the model: tiny (bytes), small (bpe:8192) or base (bpe:16384)")
      ->capture_default_str();
  command
      .add_option("--arch", a.architecture,
                  fmt::format("Architecture: {}", fmt::join(transformer::architectures(), ", ")))
      ->capture_default_str();
  command.add_option("--tokenizer", a.tokenizer, "bytes, characters, words[:SIZE] or bpe:SIZE (default: the preset's)");
  command.add_option("--layers", a.layers, "Number of blocks (default: the preset's)")->check(within(ranges::kLayers));
  command.add_option("--width", a.width, "Size of a hidden state (default: the preset's)")
      ->check(within(ranges::kWidth));
  command.add_option("--heads", a.heads, "Number of attention heads (default: the preset's)")
      ->check(within(ranges::kHeads));
  command
      .add_option("--kv-heads", a.kv_heads,
                  "Number of heads for keys and values, each shared by a group of heads (default: as many as --heads)")
      ->check(within(ranges::kKvHeads));
  command.add_option("--positions", a.positions, "Position encoding: rotary or learned")->capture_default_str();
  command.add_option("--attention", a.attention, "Attention of --arch seq2seq: none or luong")->capture_default_str();
  command.add_option("--context", a.context, "Number of tokens that a prediction can see (default: the preset's)")
      ->check(within(ranges::kContext));
  command.add_option("--dropout", a.dropout, "Share of activations dropped during training (default: the preset's)")
      ->check(within(ranges::kDropout));
}

void add_training(CLI::App& command, Arguments& a) {
  transformer::TrainOptions& training = a.request.training;
  command.add_option("--objective", a.objective, "Training objective: causal, prefix or masked")->capture_default_str();
  command
      .add_option("--batch", training.batch,
                  "Sequences of the context's length in a training step; of shorter pairs a step takes more")
      ->capture_default_str()
      ->check(within(ranges::kBatch));
  command.add_option("--learning-rate", training.learning_rate, "Highest learning rate of the schedule")
      ->capture_default_str()
      ->check(within(ranges::kLearningRate));
  command.add_option("--weight-decay", training.optimizer.weight_decay, "Weight decay, applied to matrices only")
      ->capture_default_str()
      ->check(within(ranges::kWeightDecay));
  command
      .add_option("--masked-share", training.masked_share,
                  "Share of sequences on which the model learns to fill gaps, seeing both sides; a life makes its "
                  "keys that way")
      ->capture_default_str()
      ->check(within(ranges::kShare));
  command.add_option("--minutes", training.minutes, "Train for this many minutes")->check(within(ranges::kMinutes));
  command.add_option("--steps", training.steps, "Train for this many steps")->check(within(ranges::kSteps));
  command.add_option("--epochs", training.epochs, "Train for this many passes over the text (default 1)")
      ->check(within(ranges::kEpochs));
  command.add_flag("--resume", training.resume, "Continue from the checkpoint MODEL.train, with the same options");
}

}  // namespace

void add(CLI::App& app, Globals& globals) {
  auto* command =
      app.add_subcommand("train", "Train a model on text: noema train --text book.txt --out book.model --minutes 10");
  const auto a = std::make_shared<Arguments>();
  add_files(*command, *a);
  add_shape(*command, *a);
  add_training(*command, *a);
  add_globals(*command, globals);
  command->callback([a, &globals] {
    print_value(globals, train(*a, globals), [&](const TrainValue& value) { print_for_people(value, *a); });
  });
}

}  // namespace noema::app::train_command
