#include "experiments/experiment.h"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <mutex>
#include <optional>
#include <set>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "experiments/class_run.h"
#include "experiments/metrics/registry.h"
#include "experiments/pair_run.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"
#include "experiments/run_model.h"
#include "experiments/run_record.h"
#include "experiments/several_runs.h"
#include "experiments/statistics.h"
#include "experiments/streams/registry.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The stream, cut: what trains the model, what tunes settings, what is scored.
struct StreamParts {
  std::vector<std::string> train;
  std::vector<std::string> tune;
  Experiences scored;
  std::string hash;  ///< SHA-256 of all three
};

/// A stretch of scored experiences: [first, last).
struct Block {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// The text of an experience; "" for one without.
std::string text_of(const reasoning::Experience& experience) {
  if (const auto* text = std::get_if<reasoning::Text>(&experience)) return text->text;
  if (const auto* text = std::get_if<reasoning::LabelledText>(&experience)) return text->text;
  if (const auto* question = std::get_if<reasoning::Question>(&experience)) return question->text;
  return "";
}

void add_to(base::Sha256& hash, const reasoning::Experience& experience) {
  hash.text(text_of(experience));
  if (const auto* text = std::get_if<reasoning::LabelledText>(&experience)) hash.text(text->label);
  if (const auto* question = std::get_if<reasoning::Question>(&experience)) hash.text(question->answer.value_or(""));
  if (const auto* image = std::get_if<reasoning::Features>(&experience)) {
    hash.text(image->label);
    const auto* bytes = reinterpret_cast<const char*>(image->values.data());
    hash.text({bytes, image->values.size() * sizeof(float)});
  }
}

std::string hash_of(const StreamParts& parts) {
  base::Sha256 hash;
  for (const auto* lines : {&parts.train, &parts.tune}) {
    hash.integer(static_cast<std::int64_t>(lines->size()));
    for (const std::string& line : *lines) hash.text(line);
  }
  hash.integer(static_cast<std::int64_t>(parts.scored.size()));
  for (const reasoning::Experience& experience : parts.scored) add_to(hash, experience);
  return hash.hex();
}

/// Settings that were chosen on what is scored would be no settings chosen elsewhere.
void require_other_lines(const StreamParts& parts) {
  const std::set<std::string> tuned(parts.tune.begin(), parts.tune.end());
  const auto known = std::count_if(parts.scored.begin(), parts.scored.end(),
                                   [&](const auto& experience) { return tuned.contains(text_of(experience)); });
  if (2 * static_cast<std::size_t>(known) > parts.scored.size())
    throw base::Error(
        fmt::format("{} of {} lines that are scored are also in [tuning]; settings are tuned on one data "
                    "set and reported on another: name other data, or another seed's",
                    known, parts.scored.size()));
}

StreamParts cut_stream(const ExperimentConfig& config) {
  const std::size_t before = config.model.train_lines;
  Experiences all = read_stream(config.stream, config.seed, before);
  const double share = config.tuning ? 0 : config.protocol.tune_share;
  const auto tune = static_cast<std::size_t>(share * static_cast<double>(all.size() - before));
  StreamParts parts;
  for (const fs::path& text : config.model.text_paths) {
    base::LineReader reader(text);
    while (auto line = reader.next()) parts.train.push_back(std::move(*line));
  }
  for (std::size_t i = 0; i < before; ++i) parts.train.push_back(text_of(all[i]));
  for (std::size_t i = before; i < before + tune; ++i) parts.tune.push_back(text_of(all[i]));
  all.erase(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(before + tune));
  if (config.protocol.max_lines > 0 && all.size() > config.protocol.max_lines) all.resize(config.protocol.max_lines);
  parts.scored = std::move(all);
  if (config.tuning) {
    for (const auto& experience : read_stream(*config.tuning, config.seed, 0))
      parts.tune.push_back(text_of(experience));
    require_other_lines(parts);
  }
  parts.hash = hash_of(parts);
  return parts;
}

std::vector<Block> cut_blocks(std::size_t lines, std::size_t block) {
  std::vector<Block> blocks;
  for (std::size_t first = 0; first < lines; first += block) blocks.push_back({first, std::min(lines, first + block)});
  return blocks;
}

/// What a stretch of the stream cost an arm.
struct Tally {
  std::uint64_t lines = 0;
  std::uint64_t words = 0;
  std::uint64_t characters = 0;
  double bits = 0;
  double seconds = 0;

  void add(const Tally& other) {
    lines += other.lines;
    words += other.words;
    characters += other.characters;
    bits += other.bits;
    seconds += other.seconds;
  }
};

/// The whole experiment: one stream, several arms, one folder.
class Run {
 public:
  Run(const ExperimentConfig& config, const ExperimentHooks& hooks, const ExperimentOptions& options)
      : config_(config),
        hooks_(hooks),
        options_(options),
        parts_(cut_stream(config)),
        folder_(options.out, config_hash(config), options.resume, options.force),
        blocks_(cut_blocks(parts_.scored.size(), config.protocol.block)) {}

  ExperimentResult go();

 private:
  json facts() const;
  void prepare_model();
  void run_arms(const std::vector<std::string>& arms);
  void run_arm(const std::string& arm);
  Tally score_and_learn(reasoning::Learner& learner, const Block& block, std::vector<float>& bits,
                        const std::vector<Metrics*>& metrics);
  void record(const std::string& arm, std::size_t index, const Tally& block, const Tally& total,
              const Metrics& of_block, const reasoning::LearnerState& state);
  void draw_portrait();
  void tell(const Progress& progress) const {
    if (options_.progress) options_.progress(progress);
  }
  bool stopped() const { return failed_ || options_.stop.stop_requested(); }

  const ExperimentConfig& config_;
  const ExperimentHooks& hooks_;
  const ExperimentOptions& options_;
  StreamParts parts_;  ///< read before the folder is touched: a broken stream loses nothing
  RunFolder folder_;
  std::vector<Block> blocks_;
  ArmOptions arm_options_;
  std::mutex mutex_;  ///< over folder_ and progress while arms run side by side
  std::atomic<bool> failed_ = false;
};

ExperimentResult Run::go() {
  begin_run(folder_, config_, options_, parts_.hash, facts());
  prepare_model();
  std::vector<std::string> missing;
  for (const std::string& arm : config_.arms) {
    if (folder_.finished(arm) == nullptr) missing.push_back(arm);
  }
  run_arms(missing);
  if (stopped()) return {false, {}, {}};
  folder_.order_events(config_.arms);
  draw_portrait();
  return end_run(folder_, config_, options_, summarise(config_, folder_, options_.stop));
}

json Run::facts() const {
  return {{"options", {{"threads", options_.threads}, {"arms_at_once", options_.arms_at_once}}},
          {"stream",
           {{"train_lines", parts_.train.size()},
            {"tune_lines", parts_.tune.size()},
            {"scored_lines", parts_.scored.size()}}}};
}

void Run::prepare_model() {
  const auto train = [&](const fs::path& out) {
    base::check(static_cast<bool>(hooks_.train_model), "run_experiment: this experiment needs a model trainer");
    tell({"model", 0, 0, 0});
    hooks_.train_model(config_.model, parts_.train, out);
  };
  arm_options_ = {model_of_run(config_, folder_, train), config_.seed, options_.threads, parts_.tune};
}

/// Lanes of arms on oneTBB. Each arm is isolated, so that a thread that waits inside one arm never takes up another:
/// that would mix their times.
void Run::run_arms(const std::vector<std::string>& arms) {
  const auto lanes = std::min<std::size_t>(std::max(1U, options_.arms_at_once), arms.size());
  if (lanes <= 1) {
    for (const std::string& arm : arms) run_arm(arm);
    return;
  }
  std::atomic<std::size_t> next = 0;
  const auto lane = [&](std::size_t) {
    for (std::size_t i = next++; i < arms.size(); i = next++) {
      tbb::this_task_arena::isolate([&] { run_arm(arms[i]); });
    }
  };
  tbb::task_arena arena(static_cast<int>(std::max<std::size_t>(lanes, options_.threads)));
  arena.execute([&] { tbb::parallel_for(std::size_t{0}, lanes, lane, tbb::simple_partitioner()); });
}

/// The protocol: for each experience of the stream, the learner says its outcome, then learns, and the metrics fold the
/// outcomes; after each block of experiences it thinks.
void Run::run_arm(const std::string& arm) try {
  if (stopped()) return;
  {
    const std::lock_guard lock(mutex_);
    folder_.clear_arm(arm);
  }
  auto learner = hooks_.make_learner(arm, folder_.life(arm), arm_options_);
  base::check(learner != nullptr, "run_experiment: the factory made no learner for arm " + arm);
  Tally total;
  Metrics metrics;
  std::vector<float> bits;
  for (std::size_t i = 0; i < blocks_.size() && !stopped(); ++i) {
    const base::Stopwatch watch;
    Metrics of_block;
    Tally block = score_and_learn(*learner, blocks_[i], bits, {&of_block, &metrics});
    if (stopped()) return;
    learner->think(config_.protocol.think * block.lines);
    block.seconds = watch.seconds();
    total.add(block);
    record(arm, i, block, total, of_block, learner->state());
  }
  if (stopped()) return;
  json result = {{"arm", arm}};
  put_costs(result, total.bits, total.characters, total.words);
  metrics.put(result);
  put_state(result, learner->state());
  if (const json settings = learner->settings(); !settings.empty()) result["settings"] = settings;
  result["lines"] = total.lines;
  result["seconds"] = total.seconds;
  result["code_version"] = options_.code_version;
  learner.reset();  // closes its life, so that what is counted as finished is on disk
  const std::lock_guard lock(mutex_);
  folder_.finish(result, bits);
} catch (...) {
  failed_ = true;
  throw;
}

Tally Run::score_and_learn(reasoning::Learner& learner, const Block& block, std::vector<float>& bits,
                           const std::vector<Metrics*>& metrics) {
  Tally tally;
  base::Segmenter segmenter;
  for (std::size_t i = block.first; i < block.last && !stopped(); ++i) {
    const reasoning::Experience& experience = parts_.scored[i];
    const reasoning::Outcome outcome = learner.experience(experience);
    std::vector<float> words;
    if (const auto* unit_bits = std::get_if<reasoning::Bits>(&outcome)) {
      const std::string text = text_of(experience);
      for (const double unit : unit_bits->units) {
        base::check(std::isfinite(unit),
                    fmt::format("arm {} gave a unit of line {} of the stream {} bits", learner.name(), i + 1, unit));
        tally.bits += unit;
      }
      words = word_bits(segmenter.split(text), unit_bits->units);
      bits.insert(bits.end(), words.begin(), words.end());
      tally.characters += base::count_characters(text) + 1;
    }
    for (Metrics* metric : metrics) metric->add({experience, outcome, words, {}});
    tally.lines += 1;
    tally.words += words.size();
  }
  return tally;
}

void Run::record(const std::string& arm, std::size_t index, const Tally& block, const Tally& total,
                 const Metrics& of_block, const reasoning::LearnerState& state) {
  json event = {{"experience", index + 1}, {"arm", arm}, {"lines", total.lines}};
  put_costs(event, block.bits, block.characters, block.words);
  of_block.put(event);
  event["bits_per_char_so_far"] = bits_per_char(total.bits, total.characters);
  event["seconds"] = block.seconds;
  event["seconds_so_far"] = total.seconds;
  put_state(event, state);
  const std::lock_guard lock(mutex_);
  folder_.event(event);
  tell({arm, index + 1, blocks_.size(), bits_per_char(total.bits, total.characters)});
}

/// Of noema's life if it has one, else of the arm with most concepts.
void Run::draw_portrait() {
  if (!hooks_.life_portrait) return;
  std::string best;
  std::uint64_t most = 0;
  for (const json& arm : folder_.arms()) {
    const auto name = arm.at("arm").get<std::string>();
    const auto concepts = name == "noema" ? ~std::uint64_t{0} : arm.value("concepts", std::uint64_t{0});
    if (concepts > most && fs::exists(folder_.life(name))) {
      best = name;
      most = concepts;
    }
  }
  if (best.empty()) return;
  json portrait = hooks_.life_portrait(folder_.life(best));
  portrait["arm"] = best;
  base::write_file(folder_.file("portrait.json"), json_text(portrait) + "\n");
}

}  // namespace

ExperimentResult run_experiment(const ExperimentConfig& config, const ExperimentHooks& hooks,
                                const ExperimentOptions& options) {
  if (!config.settings.empty() || !config.seeds.empty()) return run_several(config, hooks, options);
  if (options.rank.is_helper()) return {true, {}, {}};  // one run is nothing to share
  if (stream_kind(config.stream.kind).gives_tasks()) return run_class_experiment(config, hooks, options);
  if (stream_kind(config.stream.kind).gives_pairs()) return run_pair_experiment(config, hooks, options);
  return Run(config, hooks, options).go();
}

}  // namespace noema::experiments
