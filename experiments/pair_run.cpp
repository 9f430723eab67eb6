#include "experiments/pair_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <sstream>

#include "base/error.h"
#include "base/files.h"
#include "base/text.h"
#include "experiments/bleu_difference.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"
#include "experiments/run_model.h"
#include "experiments/run_record.h"
#include "experiments/statistics.h"
#include "experiments/streams/registry.h"
#include "transformer/trained_pairs.h"

namespace noema::experiments {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using reasoning::Learner;
using transformer::BleuCounts;

constexpr std::size_t kParts = 5;             // of the stream, for figures by position
constexpr std::uint64_t kRareInTraining = 2;  // targets that have a term, at most

/// What an arm has shown so far.
struct Record {
  Metrics all, block;
  std::vector<Metrics> parts = std::vector<Metrics>(kParts);
  std::vector<float> bits;  ///< of each token of the targets
  std::string translations;
  double sum_bits = 0, seconds = 0;
  std::uint64_t told = 0, characters = 0;
};

class PairRun {
 public:
  PairRun(const ExperimentConfig& config, const ExperimentHooks& hooks, const ExperimentOptions& options)
      : config_(config),
        hooks_(hooks),
        options_(options),
        stream_(stream_kind(config.stream.kind).read_pairs(config.stream, config.seed)),
        folder_(options.out, config_hash(config), options.resume, options.force) {
    if (config.protocol.max_lines > 0 && stream_.told.size() > config.protocol.max_lines)
      stream_.told.resize(config.protocol.max_lines);
    Terms terms(stream_.train, kRareInTraining);
    for (const auto& pair : stream_.told) terms_.push_back(terms.next(pair.target));
  }

  ExperimentResult go();

 private:
  json facts() const;
  void train(const fs::path& out);
  void require_untrained(const fs::path& model) const;
  void run_arm(const std::string& arm);
  void tell(Learner& learner, std::size_t index, Record& record);
  void end_block(Learner& learner, const std::string& arm, Record& record);
  json result_of(const std::string& arm, const Record& record, const Learner& learner) const;
  std::vector<BleuCounts> late_counts(const std::string& arm) const;
  json late_differences(const std::string& arm, const std::map<std::string, std::vector<BleuCounts>>& counts) const;
  json summary() const;
  bool stopped() const { return options_.stop.stop_requested(); }

  const ExperimentConfig& config_;
  const ExperimentHooks& hooks_;
  const ExperimentOptions& options_;
  ToldPairs stream_;  ///< read before the folder is touched: a broken stream loses nothing
  std::vector<std::vector<Term>> terms_;
  RunFolder folder_;
  fs::path model_;
};

ExperimentResult PairRun::go() {
  begin_run(folder_, config_, options_, hash_of(stream_), facts());
  model_ = model_of_run(config_, folder_, [&](const fs::path& out) { train(out); });
  require_untrained(model_);
  for (const std::string& arm : config_.arms)
    if (folder_.finished(arm) == nullptr && !stopped()) run_arm(arm);
  if (stopped()) return {false, {}, {}};
  return end_run(folder_, config_, options_, summary());
}

json PairRun::facts() const {
  std::size_t terms = 0, later = 0;
  for (const auto& of_pair : terms_)
    for (const Term& term : of_pair) ++(term.came_before ? later : terms);
  return {{"options", {{"threads", options_.threads}}},
          {"stream",
           {{"trained_on", stream_.train.size()},
            {"told", stream_.told.size()},
            {"left_out_of_training", stream_.left_out},
            {"terms", terms},
            {"terms_again", later}}}};
}

void PairRun::train(const fs::path& out) {
  base::check(static_cast<bool>(hooks_.train_translator), "run_pair_experiment: this experiment needs a trainer");
  if (options_.progress) options_.progress({"model", 0, 0, 0});
  hooks_.train_translator(config_.model, stream_.train, out);
}

/// The stream leaves out of the training whatever is told; a finished model may have been trained on anything.
void PairRun::require_untrained(const fs::path& model) const {
  const auto trained = transformer::TrainedPairs::load(model);
  for (std::size_t i = 0; i < stream_.told.size(); ++i)
    if (trained.knows(stream_.told[i].source, stream_.told[i].target))
      throw base::Error(
          fmt::format("pair {} of the stream was in the training of {} ('{}'): what a learner is told must be new to "
                      "the model; train it without these pairs, or tell another book",
                      i + 1, model.string(), stream_.told[i].target));
}

void PairRun::run_arm(const std::string& arm) {
  folder_.clear_arm(arm);
  auto learner = hooks_.make_learner(arm, folder_.life(arm), {model_, config_.seed, options_.threads, {}});
  base::check(learner != nullptr, "run_pair_experiment: the factory made no learner for arm " + arm);
  Record record;
  for (std::size_t i = 0; i < stream_.told.size() && !stopped(); ++i) {
    tell(*learner, i, record);
    if (record.told % config_.protocol.block == 0 || record.told == stream_.told.size())
      end_block(*learner, arm, record);
  }
  if (stopped()) return;
  base::write_file(folder_.translations(arm), record.translations);
  folder_.finish(result_of(arm, record, *learner), record.bits);
}

void PairRun::tell(Learner& learner, std::size_t index, Record& record) {
  const base::Stopwatch watch;
  const reasoning::Experience experience = stream_.told[index];
  const reasoning::Outcome outcome = learner.experience(experience);
  const auto* said = std::get_if<reasoning::Translated>(&outcome);
  base::check(said != nullptr, fmt::format("arm {} does not translate", learner.name()));
  Scored scored{experience, outcome, {}, {}};
  scored.terms = terms_[index];
  for (Metrics* metrics : {&record.all, &record.block, &record.parts[index * kParts / stream_.told.size()]})
    metrics->add(scored);
  for (const double bits : said->token_bits) {
    base::check(std::isfinite(bits),
                fmt::format("arm {} gave a token of pair {} no finite bits", learner.name(), index + 1));
    record.bits.push_back(static_cast<float>(bits));
    record.sum_bits += bits;
  }
  std::string line = said->text;
  std::replace(line.begin(), line.end(), '\n', ' ');
  record.translations += line + "\n";
  record.characters += base::count_characters(stream_.told[index].target) + 1;
  ++record.told;
  record.seconds += watch.seconds();
}

void PairRun::end_block(Learner& learner, const std::string& arm, Record& record) {
  const base::Stopwatch watch;
  const std::size_t block = (record.told - 1) % config_.protocol.block + 1;
  learner.think(config_.protocol.think * block);
  record.seconds += watch.seconds();
  json event = {{"experience", (record.told + config_.protocol.block - 1) / config_.protocol.block},
                {"arm", arm},
                {"lines", record.told}};
  record.block.put(event);
  json so_far = json::object();
  record.all.put(so_far);
  for (const auto& [name, value] : so_far.items()) event[name + "_so_far"] = value;
  event["seconds_so_far"] = record.seconds;
  put_state(event, learner.state());
  folder_.event(event);
  record.block = Metrics();
  if (options_.progress)
    options_.progress({arm, event["experience"].get<std::size_t>(),
                       (stream_.told.size() + config_.protocol.block - 1) / config_.protocol.block, 0,
                       fmt::format("BLEU {:.1f}", so_far.value("bleu", 0.0))});
}

json PairRun::result_of(const std::string& arm, const Record& record, const Learner& learner) const {
  json result = {{"arm", arm}};
  put_costs(result, record.sum_bits, record.characters, record.bits.size());
  record.all.put(result);
  for (const Metrics& part : record.parts) {
    json of_part = json::object();
    part.put(of_part);
    result["by_part"].push_back(std::move(of_part));
  }
  put_state(result, learner.state());
  if (const json settings = learner.settings(); !settings.empty()) result["settings"] = settings;
  result["lines"] = record.told;
  result["seconds"] = record.seconds;
  result["code_version"] = options_.code_version;
  return result;
}

/// Of each pair of the later half.
std::vector<BleuCounts> PairRun::late_counts(const std::string& arm) const {
  std::istringstream lines(base::read_file(folder_.translations(arm)));
  std::vector<BleuCounts> counts;
  std::string line;
  for (std::size_t i = 0; i < stream_.told.size(); ++i) {
    if (!std::getline(lines, line))
      throw base::Error(fmt::format("{}: {} lines; expected {}: run again with --force",
                                    folder_.translations(arm).string(), i, stream_.told.size()));
    if (i >= stream_.told.size() / 2)
      counts.push_back(transformer::bleu_counts(transformer::characters_of(line),
                                                transformer::characters_of(stream_.told[i].target)));
  }
  return counts;
}

json PairRun::late_differences(const std::string& arm,
                               const std::map<std::string, std::vector<BleuCounts>>& counts) const {
  BleuBootstrapOptions options;
  options.seed = config_.seed;
  options.stop = options_.stop;
  json against = json::object();
  for (const auto& [other, of_other] : counts) {
    if (other == arm) continue;
    const BleuDifference d = bleu_difference(counts.at(arm), of_other, options);
    against[other] = {{"bleu", d.bleu}, {"low", d.low}, {"high", d.high}, {"inside_noise", d.low <= 0 && d.high >= 0}};
  }
  return against;
}

json PairRun::summary() const {
  RunBits bits;
  std::map<std::string, std::vector<BleuCounts>> counts;
  for (const std::string& arm : config_.arms) {
    bits[arm] = {read_bits(folder_.bits(arm))};
    counts[arm] = late_counts(arm);
  }
  json arms = json::array();
  for (const std::string& arm : config_.arms) {
    arms.push_back(*folder_.finished(arm));
    BleuCounts late;
    for (const BleuCounts& one : counts[arm]) late.add(one);
    arms.back()["late_bleu"] = late.bleu();
    arms.back()["late_against"] = late_differences(arm, counts);
    arms.back()["against"] = differences(arm, bits, Compared::kWords, config_.seed, options_.stop);
  }
  json results = {{"name", config_.name}, {"seed", config_.seed}, {"pairs", stream_.told.size()}};
  for (const char* key : {"lines", "words", "characters"}) results[key] = arms.front().at(key);
  results["arms"] = std::move(arms);
  return results;
}

}  // namespace

ExperimentResult run_pair_experiment(const ExperimentConfig& config, const ExperimentHooks& hooks,
                                     const ExperimentOptions& options) {
  return PairRun(config, hooks, options).go();
}

}  // namespace noema::experiments
