#include "experiments/class_run.h"

#include <fmt/format.h>

#include "base/error.h"
#include "base/output.h"
#include "experiments/metrics/incremental.h"
#include "experiments/metrics/registry.h"
#include "experiments/results.h"
#include "experiments/run_folder.h"
#include "experiments/run_record.h"
#include "experiments/streams/registry.h"

namespace noema::experiments {
namespace {

using nlohmann::json;
using reasoning::Learner;

/// What an arm has shown so far.
struct Record {
  Metrics metrics;
  AccuracyMatrix matrix;
  std::vector<float> right;  ///< of each item, after the last task: 1 or 0
  double learning_seconds = 0, asking_seconds = 0;
  std::uint64_t learned = 0;
};

class ClassRun {
 public:
  ClassRun(const ExperimentConfig& config, const ExperimentHooks& hooks, const ExperimentOptions& options)
      : config_(config),
        hooks_(hooks),
        options_(options),
        stream_(stream_kind(config.stream.kind).read_tasks(config.stream, config.seed)),
        folder_(options.out, config_hash(config), options.resume, options.force) {}

  ExperimentResult go();

 private:
  json facts() const;
  void run_arm(const std::string& arm);
  void learn(Learner& learner, const ClassTask& task, Record& record);
  void ask(Learner& learner, std::size_t after, Record& record);
  void ask_about(Learner& learner, const Items& items, const AskedAt& at, Record& record);
  void tell(const std::string& arm, std::size_t after, const Record& record, const Learner& learner);
  json result_of(const std::string& arm, const Record& record, const Learner& learner) const;
  json summary() const;
  bool stopped() const { return options_.stop.stop_requested(); }

  const ExperimentConfig& config_;
  const ExperimentHooks& hooks_;
  const ExperimentOptions& options_;
  ClassTasks stream_;  ///< read before the folder is touched: a broken stream loses nothing
  RunFolder folder_;
};

ExperimentResult ClassRun::go() {
  begin_run(folder_, config_, options_, hash_of(stream_), facts());
  for (const std::string& arm : config_.arms)
    if (folder_.finished(arm) == nullptr && !stopped()) run_arm(arm);
  if (stopped()) return {false, {}, {}};
  return end_run(folder_, config_, options_, summary());
}

json ClassRun::facts() const {
  json tasks = json::array();
  for (const ClassTask& task : stream_.tasks)
    tasks.push_back({{"classes", task.labels}, {"learned", task.train.size()}, {"asked", task.test.size()}});
  return {{"options", {{"threads", options_.threads}}},
          {"stream", {{"tasks", tasks}, {"outside", stream_.outside.size()}, {"left_out", stream_.left_out}}}};
}

void ClassRun::run_arm(const std::string& arm) {
  folder_.clear_arm(arm);
  auto learner = hooks_.make_learner(arm, folder_.life(arm), {{}, config_.seed, options_.threads, {}});
  base::check(learner != nullptr, "run_class_experiment: the factory made no learner for arm " + arm);
  Record record;
  ask(*learner, 0, record);
  for (std::size_t i = 0; i < stream_.tasks.size() && !stopped(); ++i) {
    learn(*learner, stream_.tasks[i], record);
    ask(*learner, i + 1, record);
    if (!stopped()) tell(arm, i + 1, record, *learner);
  }
  if (!stopped()) folder_.finish(result_of(arm, record, *learner), record.right);
}

void ClassRun::learn(Learner& learner, const ClassTask& task, Record& record) {
  const base::Stopwatch watch;
  for (const reasoning::Experience& item : task.train) {
    if (stopped()) return;
    learner.warm(item);
    ++record.learned;
  }
  learner.end_task();
  learner.think(config_.protocol.think * task.train.size());
  record.learning_seconds += watch.seconds();
}

void ClassRun::ask(Learner& learner, std::size_t after, Record& record) {
  const base::Stopwatch watch;
  const std::size_t tasks = stream_.tasks.size();
  for (std::size_t of = 0; of < tasks; ++of) ask_about(learner, stream_.tasks[of].test, {after, of, tasks}, record);
  if (after == tasks) ask_about(learner, stream_.outside, {after, 0, tasks, true}, record);
  record.asking_seconds += watch.seconds();
}

/// The item that the learner sees has no label.
void ClassRun::ask_about(Learner& learner, const Items& items, const AskedAt& at, Record& record) {
  for (const reasoning::Experience& item : items) {
    if (stopped()) return;
    reasoning::Experience asked = item;
    if (auto* text = std::get_if<reasoning::LabelledText>(&asked)) text->label.clear();
    if (auto* image = std::get_if<reasoning::Features>(&asked)) image->label.clear();
    const reasoning::Outcome outcome = learner.answer(asked);
    const Scored scored{item, outcome, {}, {}, at};
    record.metrics.add(scored);
    record.matrix.add(scored);
    if (const auto* said = std::get_if<reasoning::Label>(&outcome); said != nullptr && at.is_last() && !at.outside)
      record.right.push_back(said->label == label_of(item) ? 1 : 0);
  }
}

void ClassRun::tell(const std::string& arm, std::size_t after, const Record& record, const Learner& learner) {
  json event = {{"experience", after}, {"arm", arm}, {"lines", record.learned}};
  const double so_far = record.matrix.so_far(after).value_or(0);
  event["accuracy_so_far"] = so_far;
  event["accuracies"] = record.matrix.to_json()[after];
  event["seconds"] = record.learning_seconds;
  put_state(event, learner.state());
  folder_.event(event);
  if (options_.progress)
    options_.progress({arm, after, stream_.tasks.size(), 0, fmt::format("accuracy {:.1f}%", 100 * so_far)});
}

json ClassRun::result_of(const std::string& arm, const Record& record, const Learner& learner) const {
  json result = {{"arm", arm}};
  record.metrics.put(result);
  put_state(result, learner.state());
  result["accuracy_matrix"] = record.matrix.to_json();
  result["lines"] = record.learned;
  result["seconds"] = record.learning_seconds;
  result["asking_seconds"] = record.asking_seconds;
  result["code_version"] = options_.code_version;
  return result;
}

json ClassRun::summary() const {
  RunBits right;
  for (const std::string& arm : config_.arms) right[arm] = {read_bits(folder_.bits(arm))};
  json arms = json::array();
  for (const std::string& arm : config_.arms) {
    arms.push_back(*folder_.finished(arm));
    arms.back()["against"] = differences(arm, right, Compared::kItems, config_.seed, options_.stop);
  }
  return {{"name", config_.name},
          {"seed", config_.seed},
          {"tasks", stream_.tasks.size()},
          {"lines", arms.front().at("lines")},
          {"arms", std::move(arms)}};
}

}  // namespace

ExperimentResult run_class_experiment(const ExperimentConfig& config, const ExperimentHooks& hooks,
                                      const ExperimentOptions& options) {
  return ClassRun(config, hooks, options).go();
}

}  // namespace noema::experiments
