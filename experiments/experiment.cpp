#include "experiments/experiment.h"

#include <fmt/format.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <exception>
#include <mutex>
#include <optional>

#include "base/error.h"
#include "base/files.h"
#include "base/hash.h"
#include "base/text.h"
#include "experiments/metrics.h"
#include "experiments/report.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

/// The stream, cut: what trains the model, what tunes settings, what is scored.
struct StreamParts {
  std::vector<std::string> train;
  std::vector<std::string> tune;
  std::vector<std::string> scored;
  std::string hash;  ///< SHA-256 of all three
};

/// A stretch of scored lines: [first, last).
struct Experience {
  std::size_t first = 0;
  std::size_t last = 0;
};

std::string hash_of(const StreamParts& parts) {
  base::Sha256 hash;
  for (const auto* lines : {&parts.train, &parts.tune, &parts.scored}) {
    hash.integer(static_cast<std::int64_t>(lines->size()));
    for (const std::string& line : *lines) hash.text(line);
  }
  return hash.hex();
}

StreamParts cut_stream(const ExperimentConfig& config) {
  const std::size_t before = config.model.train_lines;
  std::vector<std::string> all = read_stream(config.stream, config.seed, before);
  const auto tune = static_cast<std::size_t>(config.protocol.tune_share * static_cast<double>(all.size() - before));
  const auto at = [&all](std::size_t i) {
    return std::make_move_iterator(all.begin() + static_cast<std::ptrdiff_t>(i));
  };
  StreamParts parts;
  for (const fs::path& text : config.model.text_paths) {
    base::LineReader reader(text);
    while (auto line = reader.next()) parts.train.push_back(std::move(*line));
  }
  parts.train.insert(parts.train.end(), at(0), at(before));
  parts.tune.assign(at(before), at(before + tune));
  parts.scored.assign(at(before + tune), at(all.size()));
  if (config.protocol.max_lines > 0 && parts.scored.size() > config.protocol.max_lines) {
    parts.scored.resize(config.protocol.max_lines);
  }
  parts.hash = hash_of(parts);
  return parts;
}

std::vector<Experience> cut_experiences(std::size_t lines, std::size_t block) {
  std::vector<Experience> experiences;
  for (std::size_t first = 0; first < lines; first += block)
    experiences.push_back({first, std::min(lines, first + block)});
  return experiences;
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
        experiences_(cut_experiences(parts_.scored.size(), config.protocol.block)) {}

  ExperimentResult go();

 private:
  void begin_manifest();
  void prepare_model();
  void run_arms(const std::vector<std::string>& arms);
  void run_arm(const std::string& arm);
  Tally score_and_learn(reasoning::Learner& learner, const Experience& experience, std::vector<float>& bits);
  void record(const std::string& arm, std::size_t index, const Tally& block, const Tally& total,
              const reasoning::LearnerState& state);
  void finish();
  void draw_portrait();
  void tell(const Progress& progress) const {
    if (options_.progress) options_.progress(progress);
  }
  bool stopped() const { return failed_ || (options_.stop != nullptr && options_.stop->load()); }
  std::string now() const {
    return base::iso8601((options_.clock != nullptr ? *options_.clock : system_clock_).now_seconds());
  }

  const ExperimentConfig& config_;
  const ExperimentHooks& hooks_;
  const ExperimentOptions& options_;
  base::SystemClock system_clock_;
  StreamParts parts_;  ///< read before the folder is touched: a broken stream loses nothing
  RunFolder folder_;
  std::vector<Experience> experiences_;
  ArmOptions arm_options_;
  std::mutex mutex_;  ///< over folder_ and progress while arms run side by side
  std::atomic<bool> failed_ = false;
};

ExperimentResult Run::go() {
  begin_manifest();
  prepare_model();
  std::vector<std::string> missing;
  for (const std::string& arm : config_.arms) {
    if (folder_.finished(arm) == nullptr) missing.push_back(arm);
  }
  run_arms(missing);
  if (stopped()) return {false, {}, {}};
  finish();
  return {true, read_json(folder_.file("results.json")), folder_.file("report.html")};
}

void Run::begin_manifest() {
  json& manifest = folder_.manifest();
  if (manifest.contains("data_hash") && manifest["data_hash"] != parts_.hash) {
    throw base::Error(
        fmt::format("{} was begun with other data (SHA-256 {:.12}, now {:.12}): the stream's files have changed; give "
                    "another --out, or --force",
                    options_.out.string(), manifest["data_hash"].get<std::string>(), parts_.hash));
  }
  if (!manifest.contains("started")) manifest["started"] = now();
  manifest["name"] = config_.name;
  manifest["experiment"] = to_json(config_);
  manifest["source"] = config_.source.string();
  manifest["seed"] = config_.seed;
  manifest["code_version"] = options_.code_version;
  manifest["command"] = options_.command;
  manifest["data_hash"] = parts_.hash;
  manifest["options"] = {{"threads", options_.threads}, {"arms_at_once", options_.arms_at_once}};
  manifest["stream"] = {
      {"train_lines", parts_.train.size()}, {"tune_lines", parts_.tune.size()}, {"scored_lines", parts_.scored.size()}};
  if (!manifest.contains("ended")) manifest["ended"] = nullptr;
  folder_.save_manifest();
}

void Run::prepare_model() {
  json& manifest = folder_.manifest();
  arm_options_ = {config_.model.path, config_.seed, options_.threads, parts_.tune};
  if (config_.model.file.empty()) {
    arm_options_.model = folder_.file("model.noema");
    const bool trained = manifest.contains("model_hash") && fs::exists(arm_options_.model);
    if (!trained) {
      base::check(static_cast<bool>(hooks_.train_model), "run_experiment: this experiment needs a model trainer");
      tell({"model", 0, 0, 0});
      fs::remove(arm_options_.model);
      const base::Stopwatch watch;
      hooks_.train_model(config_.model, parts_.train, arm_options_.model);
      manifest["model_seconds"] = watch.seconds();
    }
  }
  const std::string hash = base::sha256_hex(base::read_file(arm_options_.model));
  if (manifest.contains("model_hash") && manifest["model_hash"] != hash && !folder_.arms().empty()) {
    throw base::Error(fmt::format("{} is not the model that this run began with; give another --out, or --force",
                                  arm_options_.model.string()));
  }
  manifest["model_hash"] = hash;
  folder_.save_manifest();
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

/// The protocol: for each experience of the stream, score and learn its lines, then think.
void Run::run_arm(const std::string& arm) try {
  if (stopped()) return;
  {
    const std::lock_guard lock(mutex_);
    folder_.clear_arm(arm);
  }
  auto learner = hooks_.make_learner(arm, folder_.life(arm), arm_options_);
  base::check(learner != nullptr, "run_experiment: the factory made no learner for arm " + arm);
  Tally total;
  std::vector<float> bits;
  for (std::size_t i = 0; i < experiences_.size() && !stopped(); ++i) {
    const base::Stopwatch watch;
    Tally block = score_and_learn(*learner, experiences_[i], bits);
    if (stopped()) return;
    learner->think(config_.protocol.think * block.lines);
    block.seconds = watch.seconds();
    total.add(block);
    record(arm, i, block, total, learner->state());
  }
  if (stopped()) return;
  json result = {{"arm", arm}};
  put_costs(result, total.bits, total.characters, total.words);
  put_state(result, learner->state());
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

Tally Run::score_and_learn(reasoning::Learner& learner, const Experience& experience, std::vector<float>& bits) {
  Tally tally;
  base::Segmenter segmenter;
  for (std::size_t i = experience.first; i < experience.last && !stopped(); ++i) {
    const std::string& line = parts_.scored[i];
    const std::vector<double> unit_bits = learner.experience(line);
    for (const double unit : unit_bits) {
      base::check(std::isfinite(unit),
                  fmt::format("arm {} gave a unit of line {} of the stream {} bits", learner.name(), i + 1, unit));
      tally.bits += unit;
    }
    const std::vector<float> words = word_bits(segmenter.split(line), unit_bits);
    bits.insert(bits.end(), words.begin(), words.end());
    tally.lines += 1;
    tally.words += words.size();
    tally.characters += base::count_characters(line) + 1;
  }
  return tally;
}

void Run::record(const std::string& arm, std::size_t index, const Tally& block, const Tally& total,
                 const reasoning::LearnerState& state) {
  json event = {{"experience", index + 1}, {"arm", arm}, {"lines", total.lines}};
  put_costs(event, block.bits, block.characters, block.words);
  event["bits_per_char_so_far"] = bits_per_char(total.bits, total.characters);
  event["seconds"] = block.seconds;
  event["seconds_so_far"] = total.seconds;
  put_state(event, state);
  const std::lock_guard lock(mutex_);
  folder_.event(event);
  tell({arm, index + 1, experiences_.size(), bits_per_char(total.bits, total.characters)});
}

void Run::finish() {
  folder_.order_events(config_.arms);
  const json results = summarise(config_, folder_);
  base::write_file(folder_.file("results.json"), json_text(results, 2) + "\n");
  draw_portrait();
  json& manifest = folder_.manifest();
  if (manifest["ended"].is_null()) manifest["ended"] = now();
  folder_.save_manifest();
  base::write_file(folder_.file("report.html"), render_report(options_.out));
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
  return Run(config, hooks, options).go();
}

}  // namespace noema::experiments
