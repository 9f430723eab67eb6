#include "app/actions/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "app/actions/portrait.h"
#include "app/actions/train.h"
#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "experiments/several_runs.h"
#include "experiments/streams/registry.h"
#include "reasoning/arms/life_host.h"
#include "transformer/trainer.h"

namespace noema::app {
namespace {

namespace fs = std::filesystem;

transformer::ModelOptions model_options_of(const experiments::ModelConfig& config) {
  auto options = transformer::ModelOptions::preset(config.preset);
  if (!config.architecture.empty()) options.architecture = config.architecture;
  if (!config.attention.empty()) options.attention = config.attention;
  if (!config.tokenizer.empty()) options.tokenizer = config.tokenizer;
  if (config.layers) options.layers = static_cast<int>(*config.layers);
  if (config.width) options.width = static_cast<int>(*config.width);
  if (config.heads) options.heads = static_cast<int>(*config.heads);
  if (config.context) options.context = static_cast<int>(*config.context);
  if (config.dropout) options.dropout = static_cast<float>(*config.dropout);
  options.validate();
  return options;
}

/// Throws base::Error, with the experiment's file, for a shape that no model can have.
void require_possible(const experiments::ModelConfig& config, const std::string& file) {
  try {
    model_options_of(config);
  } catch (const base::UsageError& error) {
    throw base::Error(fmt::format("{}: [model]: {}", file, error.what()));
  }
}

transformer::TrainOptions train_options_of(const experiments::ModelConfig& config, int threads) {
  transformer::TrainOptions options;
  options.seed = config.seed;
  options.threads = threads;
  options.minutes = config.minutes;
  options.epochs = config.epochs;
  if (!config.objective.empty()) options.objective = transformer::objective_of(config.objective);
  if (config.steps) options.steps = static_cast<std::uint64_t>(*config.steps);
  if (config.batch) options.batch = static_cast<int>(*config.batch);
  if (config.learning_rate) options.learning_rate = static_cast<float>(*config.learning_rate);
  return options;
}

/// A file with the lines, because the trainer reads files. It is removed with this object.
class LinesFile {
 public:
  LinesFile(fs::path path, const std::vector<std::string>& lines) : path_(std::move(path)) {
    std::string text;
    for (const std::string& line : lines) text += line + '\n';
    base::write_file(path_, text);
  }
  ~LinesFile() {
    std::error_code ignored;  // a file left beside the model does no harm
    fs::remove(path_, ignored);
  }
  LinesFile(const LinesFile&) = delete;
  LinesFile& operator=(const LinesFile&) = delete;
  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
};

void train_model(const experiments::ModelConfig& config, const std::vector<std::string>& lines, const fs::path& out,
                 const RunRequest& request) {
  const LinesFile file(out.string() + ".txt", lines);
  const std::vector<fs::path> files{file.path()};
  const auto options = model_options_of(config);
  auto tokenizer = transformer::Tokenizer::train(options.tokenizer, transformer::count_units(files), config.seed);
  const auto corpus = transformer::read_corpus(files, tokenizer);
  transformer::Trainer trainer(transformer::Model::random(options, std::move(tokenizer), config.seed), corpus, {},
                               train_options_of(config, request.threads));
  trainer.run([&](const transformer::Progress&) { return !request.stop.stop_requested(); });
  if (request.stop.stop_requested())
    throw base::Interrupted("training was interrupted; add --resume to the same command to begin it again");
  trainer.model().save(out);
}

/// The same for a translator, whose training goes on from its checkpoint if it was interrupted.
void train_translator(const experiments::ModelConfig& config, const std::vector<reasoning::ToldPair>& pairs,
                      const fs::path& out, const RunRequest& request) {
  std::vector<std::string> lines;
  for (const auto& pair : pairs) lines.push_back(pair.source + '\t' + pair.target);
  const LinesFile file(out.string() + ".tsv", lines);
  TrainRequest train;
  train.pairs = file.path();
  train.out = out;
  train.model = model_options_of(config);
  train.training = train_options_of(config, request.threads);
  train.training.resume = fs::exists(checkpoint_of(out));
  train.stop = request.stop;
  app::train(train);
}

/// How the threads are shared between runs at once.
struct Shares {
  unsigned processes, threads;
};

/// Ranks do one run at a time each, for there are as many as somebody wanted; a run has one thread unless more are
/// asked for.
Shares shares_of(const RunRequest& request, std::size_t runs, const experiments::Rank& rank) {
  const auto asked = static_cast<unsigned>(request.threads);
  if (rank.count > 1) return {1, std::max(1U, asked)};
  const unsigned threads = asked > 0 ? asked : std::max(1U, std::thread::hardware_concurrency());
  const auto processes = static_cast<unsigned>(std::min<std::size_t>(threads, runs));
  return {processes, threads / processes};
}

/// The program, so that it does one run of the request.
std::vector<std::string> command_of(const RunRequest& request, unsigned threads, const std::string& run) {
  std::vector<std::string> command{
      request.program,         "run",    request.experiment, "--out", request.out, "--only", run, "--threads",
      std::to_string(threads), "--quiet"};
  if (request.seed) command.insert(command.end(), {"--seed", std::to_string(*request.seed)});
  return command;
}

experiments::ExperimentHooks hooks_of(const RunRequest& request, unsigned threads_of_run) {
  experiments::ExperimentHooks hooks;
  if (!request.program.empty())
    hooks.command_of = [&request, threads_of_run](const std::string& run) {
      return command_of(request, threads_of_run, run);
    };
  hooks.make_learner = [&request](const std::string& arm, const fs::path& life,
                                  const experiments::ArmOptions& options) {
    return reasoning::make_learner(arm, {options.model, life, options.seed, options.tune_lines, request.stop});
  };
  hooks.train_model = [&request](const experiments::ModelConfig& model, const std::vector<std::string>& lines,
                                 const fs::path& out) {
    if (request.remark) request.remark(fmt::format("training the {} model", model.preset));
    train_model(model, lines, out, request);
  };
  hooks.train_translator = [&request](const experiments::ModelConfig& model,
                                      const std::vector<reasoning::ToldPair>& pairs, const fs::path& out) {
    if (request.remark) request.remark(fmt::format("training a translator on {} pairs", pairs.size()));
    train_translator(model, pairs, out, request);
  };
  hooks.life_portrait = portrait;
  return hooks;
}

}  // namespace

experiments::ExperimentResult run(const RunRequest& request) {
  experiments::ExperimentConfig config = experiments::read_config(request.experiment);
  if (request.seed) experiments::use_seed(config, *request.seed);
  const auto runs = experiments::runs_of(config);
  for (const experiments::OneRun& one : runs)
    if (one.config.model.file.empty() && !experiments::stream_kind(one.config.stream.kind).gives_tasks())
      require_possible(one.config.model, request.experiment);
  experiments::ExperimentOptions options;
  options.out = request.out;
  options.resume = request.resume;
  options.force = request.force;
  options.arms_at_once = request.threads == 1 ? 1 : 2;
  options.code_version = request.code_version;
  options.threads = 1;
  options.command = fmt::format("noema run {} --out {}", request.experiment, request.out);
  options.stop = request.stop;
  options.progress = request.progress;
  if (request.only.empty()) options.rank = experiments::rank_of_process();
  const Shares shares = shares_of(request, runs.size(), options.rank);
  options.processes = shares.processes;
  const auto hooks = hooks_of(request, shares.threads);
  experiments::ExperimentResult result = request.only.empty()
                                             ? experiments::run_experiment(config, hooks, options)
                                             : experiments::run_one(config, request.only, hooks, options);
  if (!result.finished)
    throw base::Interrupted(fmt::format("{}: interrupted; add --resume to the same command to go on", request.out));
  return result;
}

}  // namespace noema::app
