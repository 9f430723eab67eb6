#include "app/experiment_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <memory>

#include "app/actions/concept_value.h"
#include "app/actions/export.h"
#include "app/results.h"
#include "base/clock.h"
#include "base/error.h"
#include "base/files.h"
#include "base/numbers.h"
#include "concepts/view.h"
#include "experiments/compare.h"
#include "experiments/experiment.h"
#include "experiments/metrics/registry.h"
#include "experiments/statistics.h"
#include "experiments/streams/registry.h"
#include "reasoning/arms/life_host.h"
#include "reasoning/arms/registry.h"
#include "reasoning/journal.h"
#include "reasoning/mind.h"
#include "reasoning/score.h"
#include "transformer/trainer.h"

namespace noema::app {

using concepts::ConceptId;
using memory::Access;
using memory::Life;
using nlohmann::ordered_json;
using reasoning::Mind;

namespace {

// --- score ---------------------------------------------------------------------------------------------------------

struct ScoreArguments {
  std::string life, file, tune;
  std::vector<std::string> arms{"static", "memory", "lesion", "noema"};
  std::uint64_t max_words = 0, proposals = reasoning::ScoreOptions{}.proposals_per_line;
  std::uint64_t tune_words = reasoning::kTuningWords;
};

/// {"against":..., "nats_per_word", "low", "high"} of the paired bootstrap.
ordered_json difference_json(const std::string& name, const experiments::Difference& difference) {
  return {{"against", name},
          {"nats_per_word", difference.nats_per_word},
          {"low", difference.low},
          {"high", difference.high}};
}

/// Cuts lists of arms at the commas outside braces.
std::vector<std::string> split_arms(const std::vector<std::string>& lists) {
  std::vector<std::string> arms;
  for (const std::string& list : lists) {
    arms.emplace_back();
    int depth = 0;
    for (const char c : list) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (c == ',' && depth == 0) {
        arms.emplace_back();
      } else {
        arms.back() += c;
      }
    }
  }
  return arms;
}

void score(const ScoreArguments& a, const Globals& globals) {
  const Life life = Life::open(a.life, Access::kRead);
  reasoning::ScoreOptions options;
  options.arms = split_arms(a.arms);
  options.stop = stop_token();
  options.max_words = a.max_words;
  options.proposals_per_line = a.proposals;
  options.tune_words = a.tune_words;
  if (!a.tune.empty()) options.tune_lines = lines_of(a.tune);
  ProgressBar bar(globals);
  options.progress = [&](double share, const std::string& what) { bar.show(share, what); };
  const reasoning::Score result = reasoning::score(life, lines_of(a.file), options);
  const auto named = [&](const std::string& name) {
    return std::find_if(result.arms.begin(), result.arms.end(), [&](const auto& arm) { return arm.arm == name; });
  };
  for (const reasoning::ArmScore& arm : result.arms) {
    ordered_json row{{"arm", arm.arm},
                     {"bits_per_char", experiments::bits_per_char(arm.bits, result.characters)},
                     {"word_perplexity", nullptr},
                     {"words", result.words},
                     {"bits", arm.bits},
                     {"description_bits", arm.description_bits},
                     {"words_made_worse", nullptr},
                     {"seconds", arm.seconds},
                     {"thinking_seconds", arm.state.thinking_seconds},
                     {"state_bytes", arm.state.state_bytes},
                     {"concepts", arm.state.concepts},
                     {"thoughts", arm.state.thoughts}};
    if (!arm.note.empty()) row["settings"] = arm.note;
    if (result.has_white_space) row["word_perplexity"] = experiments::word_perplexity(arm.bits, result.words);
    if (const auto base = named("static"); base != result.arms.end()) {
      experiments::Metrics paired(true);
      paired.add({reasoning::Text{}, reasoning::Bits{}, arm.word_bits, base->word_bits});
      nlohmann::json values;
      paired.put(values);
      row["words_made_worse"] = values.value("words_made_worse", nlohmann::json());
    }
    ordered_json differences = ordered_json::array();
    for (const char* other : {"static", "cache", "dynamic", "lesion", "memory", "noema"})
      if (const auto base = named(other); base != result.arms.end() && other != arm.arm)
        differences.push_back(
            difference_json(other, experiments::paired_bootstrap(arm.word_bits, base->word_bits,
                                                                 {.seed = globals.seed, .stop = stop_token()})));
    row["differences"] = differences;
    print_result(globals, row);
    if (!globals.json) print_text("\n");
  }
}

// --- run -----------------------------------------------------------------------------------------------------------

void train_model(const experiments::ModelConfig& config, const std::vector<std::string>& lines,
                 const std::filesystem::path& out, int threads) {
  // The trainer streams files; the lines lie in one only while it runs.
  const std::vector<std::filesystem::path> files{out.string() + ".txt"};
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  base::write_file(files.front(), text);
  auto model_options = transformer::ModelOptions::preset(config.preset);
  if (!config.tokenizer.empty()) model_options.tokenizer = config.tokenizer;
  if (config.layers) model_options.layers = static_cast<int>(*config.layers);
  if (config.width) model_options.width = static_cast<int>(*config.width);
  if (config.heads) model_options.heads = static_cast<int>(*config.heads);
  if (config.context) model_options.context = static_cast<int>(*config.context);
  if (config.dropout) model_options.dropout = static_cast<float>(*config.dropout);
  model_options.validate();
  auto tokenizer = transformer::Tokenizer::train(model_options.tokenizer, transformer::count_units(files), config.seed);
  const auto corpus = transformer::read_corpus(files, tokenizer);
  transformer::TrainOptions options;
  options.seed = config.seed;
  options.threads = threads;
  options.minutes = config.minutes;
  options.epochs = config.epochs;
  if (config.steps) options.steps = static_cast<std::uint64_t>(*config.steps);
  if (config.batch) options.batch = static_cast<int>(*config.batch);
  if (config.learning_rate) options.learning_rate = static_cast<float>(*config.learning_rate);
  transformer::Trainer trainer(transformer::Model::random(model_options, std::move(tokenizer), config.seed), corpus, {},
                               options);
  trainer.run([](const transformer::Progress&) { return !interrupted(); });
  std::filesystem::remove(files.front());
  if (interrupted()) throw base::Error("training was interrupted; add --resume to the same command to begin it again");
  trainer.model().save(out);
}

/// What the report shows of a life: the composites and merged concepts that are used most, with what stands beside
/// them.
nlohmann::json portrait(const std::filesystem::path& path) {
  constexpr std::size_t kConcepts = 36;
  constexpr std::size_t kThoughts = 60;
  const Mind mind(Life::open(path, Access::kRead), {});
  const concepts::Graph& graph = mind.core().graph();
  std::vector<ConceptId> made;
  for (const ConceptId id : all_concepts(graph))
    if (graph.node(id).is<concepts::Composite>() || !graph.node(id).forms.empty()) made.push_back(id);
  std::stable_sort(made.begin(), made.end(),
                   [&](ConceptId x, ConceptId y) { return graph.node(x).mentions > graph.node(y).mentions; });
  if (made.size() > kConcepts / 2) made.resize(kConcepts / 2);
  for (const concepts::Scored& central : concepts::most_central(graph, kConcepts))
    if (made.size() < kConcepts && std::find(made.begin(), made.end(), central.id) == made.end())
      made.push_back(central.id);
  std::sort(made.begin(), made.end());
  nlohmann::json result{
      {"nodes", nlohmann::json::array()}, {"edges", nlohmann::json::array()}, {"thoughts", nlohmann::json::array()}};
  for (const ConceptId id : made)
    result["nodes"].push_back(nlohmann::json::parse(
        to_json(concept_value(graph, id)).dump(-1, ' ', false, ordered_json::error_handler_t::replace)));
  std::vector<ExportedEdge> edges = edges_between(graph, made);
  // Hubs follow everything; the picture keeps what says something.
  std::erase_if(edges,
                [](const ExportedEdge& edge) { return edge.type == "follows" && (edge.weight < 1 || edge.count < 3); });
  for (const ExportedEdge& edge : edges)
    result["edges"].push_back({{"from", edge.from}, {"to", edge.to}, {"type", edge.type}, {"weight", edge.weight}});
  std::vector<memory::ThoughtRow> thoughts;
  nlohmann::json by_kind = nlohmann::json::object();
  const Life life = Life::open(path, Access::kRead);
  life.for_each_log_entry(0, [&](const memory::LogEntry& entry) {
    if (entry.kind != memory::LogKind::kThought || entry.thought->undone_by != 0) return;
    thoughts.push_back(*entry.thought);
    auto& kind = by_kind.emplace(entry.thought->kind, nlohmann::json::object()).first.value();
    kind["thoughts"] = kind.value("thoughts", 0) + 1;
    kind["gain_bits"] = kind.value("gain_bits", 0.0) + entry.thought->gain_bits;
  });
  result["by_kind"] = by_kind;
  std::stable_sort(thoughts.begin(), thoughts.end(),
                   [](const auto& x, const auto& y) { return x.gain_bits > y.gain_bits; });
  if (thoughts.size() > kThoughts) thoughts.resize(kThoughts);
  for (const memory::ThoughtRow& thought : thoughts) {
    const reasoning::Thought told = reasoning::thought_of(thought);
    const std::string label =
        told.kind->tell(told, [&](ConceptId id) { return graph.still_has(id) ? graph.label_of(id) : std::string(); });
    result["thoughts"].push_back({{"id", thought.id},
                                  {"kind", thought.kind},
                                  {"label", label},
                                  {"gain_bits", thought.gain_bits},
                                  {"reason", thought.reason}});
  }
  return result;
}

struct RunArguments {
  std::string experiment, out;
  std::optional<std::uint64_t> seed;  ///< absent: the file's own
  bool resume = false, force = false;
};

void run(const RunArguments& a, const Globals& globals) {
  experiments::ExperimentConfig config = experiments::read_config(a.experiment);
  if (a.seed) config.seed = config.model.seed = *a.seed;
  experiments::ExperimentHooks hooks;
  hooks.make_learner = [](const std::string& arm, const std::filesystem::path& life,
                          const experiments::ArmOptions& options) {
    return reasoning::make_learner(arm, {options.model, life, options.seed, options.tune_lines, stop_token()});
  };
  hooks.train_model = [&](const experiments::ModelConfig& model, const std::vector<std::string>& lines,
                          const std::filesystem::path& out) {
    remark(globals, fmt::format("training the {} model", model.preset));
    train_model(model, lines, out, globals.threads);
  };
  hooks.life_portrait = portrait;
  experiments::ExperimentOptions options;
  options.out = a.out;
  options.resume = a.resume;
  options.force = a.force;
  options.arms_at_once = globals.threads == 1 ? 1 : 2;
  options.code_version = NOEMA_CODE_VERSION;
  options.threads = 1;
  options.command = fmt::format("noema run {} --out {}", a.experiment, a.out);
  options.stop = stop_token();
  ProgressBar bar(globals);
  options.progress = [&](const experiments::Progress& progress) {
    const double share = progress.experiences == 0
                             ? 0
                             : static_cast<double>(progress.experience) / static_cast<double>(progress.experiences);
    bar.show(share, fmt::format("{}  {:.3f} bits/char", progress.arm, progress.bits_per_char));
    if (progress.experience == 1) remark(globals, fmt::format("arm {}", progress.arm));
  };
  const experiments::ExperimentResult result = experiments::run_experiment(config, hooks, options);
  if (!result.finished)
    throw base::Error(fmt::format("{}: interrupted; add --resume to the same command to go on", a.out));
  for (const auto& arm : result.results.value("arms", nlohmann::json::array())) {
    ordered_json row = ordered_json::object();
    for (const char* key : {"arm", "bits_per_char", "word_perplexity", "words_made_worse", "seconds",
                            "thinking_seconds", "state_bytes", "concepts", "thoughts", "gain_bits"})
      if (arm.contains(key)) row[key] = arm[key];
    print_result(globals, row);
    if (!globals.json) print_text("\n");
  }
  print_result(globals, {{"report", result.report.string()}});
}

/// One kind of a registry: name, help and its options.
void list_kind(const std::string& name, const std::string& help, const std::vector<base::Key>& keys,
               const Globals& globals) {
  std::vector<std::string> options;
  for (const base::Key& key : keys) options.push_back(key.described());
  if (globals.json) {
    print_result(globals, {{"name", name}, {"help", help}, {"options", options}});
    return;
  }
  print_text("{:<10}  {}\n", name, help);
  for (const std::string& option : options) print_text("{:<12}{}\n", "", option);
}

}  // namespace

void add_experiment_commands(CLI::App& app, Globals& globals) {
  {
    auto a = std::make_shared<ScoreArguments>();
    auto* command = app.add_subcommand(
        "score", "How well a life predicts a text, beside what it is compared with: noema score my.life other.txt");
    command->add_option("life", a->life, "The life; it is not changed")->required();
    command->add_option("file", a->file, "Text to score and then learn, unit by unit, on forks")->required();
    command
        ->add_option("--arms", a->arms,
                     "Arms, separated by commas, each NAME or NAME{option=value;...} (noema arms lists them); in short "
                     "+dynamic, and -X without the expert or operator X (an unknown X lists them)")
        ->capture_default_str();
    command->add_option("--tune", a->tune, "Text on which the settings of cache and dynamic are chosen");
    command->add_option("--tune-words", a->tune_words, "On so many words of it at most; 0 takes all")
        ->capture_default_str();
    command->add_option("--max-words", a->max_words, "Stop after so many words; 0 scores all");
    command
        ->add_option("--think", a->proposals,
                     "Proposals the noema arm examines after each line, as far as its agenda reaches")
        ->capture_default_str();
    add_globals(*command, globals);
    command->callback([a, &globals] { score(*a, globals); });
  }
  {
    auto a = std::make_shared<RunArguments>();
    auto* command =
        app.add_subcommand("run", "Run an experiment: noema run experiments/first_life.toml --out runs/first_life");
    command->add_option("experiment", a->experiment, "EXPERIMENT.toml")->required();
    command->add_option("--out", a->out, "Folder for report, results and lives")->required();
    command->add_flag("--resume", a->resume, "Go on where the same experiment was stopped");
    command->add_flag("--force", a->force, "Begin anew over what the folder holds");
    add_globals(*command, globals);
    CLI::App* const self = command;
    command->callback([a, self, &globals] {
      if (self->count("--seed") > 0) a->seed = globals.seed;
      run(*a, globals);
    });
  }
  {
    auto folders = std::make_shared<std::vector<std::string>>();
    auto html = std::make_shared<std::string>();
    auto* command =
        app.add_subcommand("compare", "Runs beside each other: noema compare runs/a runs/b --html both.html");
    command->add_option("runs", *folders, "Folders of finished runs")->required()->expected(1, 64);
    command->add_option("--html", *html, "Write the comparison as a page too");
    add_globals(*command, globals);
    command->callback([folders, html, &globals] {
      if (!html->empty()) require_result_file(*html);
      const nlohmann::json comparison = experiments::compare_runs({folders->begin(), folders->end()});
      if (globals.json)
        print_text("{}\n", comparison.dump());
      else
        print_text("{}", experiments::comparison_text(comparison));
      if (!html->empty()) base::write_file(*html, experiments::comparison_html(comparison));
    });
  }
  {
    auto* command = app.add_subcommand("arms", "What can be compared in an experiment");
    add_globals(*command, globals);
    command->callback([&globals] {
      for (const auto& kind : reasoning::arm_kinds()) list_kind(kind.name, kind.help, kind.options, globals);
    });
  }
  {
    auto* command = app.add_subcommand("streams", "What an experiment can read");
    add_globals(*command, globals);
    command->callback([&globals] {
      for (const auto& kind : experiments::stream_kinds()) list_kind(kind.name, kind.help, kind.keys, globals);
    });
  }
}

}  // namespace noema::app
