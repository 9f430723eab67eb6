#include "experiments/streams/class_tasks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/error.h"
#include "base/hash.h"
#include "base/rng.h"

namespace noema::experiments {
namespace {

using reasoning::Experience;
using reasoning::Features;
using reasoning::LabelledText;

/// What is asked about, without its label, as bytes.
std::string input_of(const Experience& item) {
  if (const auto* text = std::get_if<LabelledText>(&item)) return text->text;
  const auto& values = std::get<Features>(item).values;
  return {reinterpret_cast<const char*>(values.data()), values.size() * sizeof(float)};
}

/// As people recognise it.
std::string shown(const Experience& item) {
  if (const auto* text = std::get_if<LabelledText>(&item)) return fmt::format("\"{}\"", text->text);
  return fmt::format("an item of class {}", label_of(item));
}

std::map<std::string, Items> by_label(Items items) {
  std::map<std::string, Items> classes;
  for (Experience& item : items) {
    Items& of = classes[label_of(item)];
    of.push_back(std::move(item));
  }
  return classes;
}

/// The items that were not learned from.
Items unknown_among(Items test, const std::set<std::string>& known, bool leave_out, std::size_t& left_out) {
  Items kept;
  for (Experience& item : test) {
    if (!known.contains(input_of(item))) {
      kept.push_back(std::move(item));
      continue;
    }
    if (!leave_out)
      throw base::Error(
          fmt::format("the stream leaks: {} is learned from and asked about; mend the data, or set "
                      "leave_out_known = true in [stream] to leave such items out",
                      shown(item)));
    ++left_out;
  }
  return kept;
}

/// The labels of each task.
std::vector<std::vector<std::string>> groups_of(std::vector<std::string> labels, const CutOptions& options,
                                                const base::Rng& rng) {
  base::Rng order = rng.fork("classes");
  if (!options.groups.empty()) {
    std::vector<std::vector<std::string>> groups = options.groups;
    if (options.shuffle_classes) base::shuffle(groups, order);
    return groups;
  }
  if (options.tasks == 0 || labels.size() < options.tasks)
    throw base::Error(
        fmt::format("{} tasks for {} classes; expected 1 to {}", options.tasks, labels.size(), labels.size()));
  if (options.shuffle_classes) base::shuffle(labels, order);
  const std::size_t each = labels.size() / options.tasks, rest = labels.size() % options.tasks;
  std::vector<std::vector<std::string>> groups;
  auto next = labels.begin();
  for (std::size_t i = 0; i < options.tasks; ++i) {
    const auto end = next + static_cast<std::ptrdiff_t>(each + (i < rest ? 1 : 0));
    groups.emplace_back(next, end);
    next = end;
  }
  return groups;
}

void add(base::Sha256& hash, const Items& items) {
  hash.integer(static_cast<std::int64_t>(items.size()));
  for (const Experience& item : items) {
    hash.text(input_of(item));
    hash.text(label_of(item));
  }
}

}  // namespace

std::vector<base::Key> cut_keys(const CutOptions& defaults) {
  using base::Key;
  const auto whole = [](std::size_t value) { return static_cast<std::int64_t>(value); };
  return {Key{"tasks", "number of tasks", whole(defaults.tasks), {1, 10000, true}},
          Key{"shuffle_classes",
              "classes in an order of the seed; otherwise in that of their labels",
              defaults.shuffle_classes,
              {}},
          Key{"most_of_class",
              "at most so many items of a class to learn from, 0 for all",
              whole(defaults.most_of_class),
              {0, 1e9, true}},
          Key{"leave_out_known",
              "leave out what is learned from and asked about; otherwise it is refused",
              defaults.leave_out_known,
              {}}};
}

CutOptions cut_options_of(const base::Settings& settings, std::uint64_t seed) {
  CutOptions options;
  options.tasks = settings.count("tasks");
  options.seed = seed;
  options.shuffle_classes = settings.flag("shuffle_classes");
  options.most_of_class = settings.count("most_of_class");
  options.leave_out_known = settings.flag("leave_out_known");
  return options;
}

base::Key test_key() {
  return {"test", "asked about the part for the test; otherwise about the part for validation", false, {}};
}

ClassTasks cut_into_tasks(Items train, Items test, Items outside, const CutOptions& options) {
  std::set<std::string> known;
  for (const Experience& item : train) known.insert(input_of(item));
  ClassTasks cut;
  test = unknown_among(std::move(test), known, options.leave_out_known, cut.left_out);
  cut.outside = unknown_among(std::move(outside), known, options.leave_out_known, cut.left_out);

  auto to_learn = by_label(std::move(train)), to_ask = by_label(std::move(test));
  for (const auto& [label, items] : to_ask)
    if (!to_learn.contains(label))
      throw base::Error(fmt::format("class '{}' is asked about and no item of it is learned from", label));
  std::vector<std::string> labels;
  for (const auto& [label, items] : to_learn) labels.push_back(label);
  const base::Rng rng(options.seed);
  for (const auto& group : groups_of(std::move(labels), options, rng)) {
    base::Rng order = rng.fork(fmt::format("task {}", cut.tasks.size()));
    ClassTask& task = cut.tasks.emplace_back();
    for (const std::string& label : group) {
      Items& items = to_learn[label];
      base::Rng order_of_class = rng.fork("items of " + label);
      base::shuffle(items, order_of_class);
      if (options.most_of_class > 0 && items.size() > options.most_of_class) items.resize(options.most_of_class);
      std::move(items.begin(), items.end(), std::back_inserter(task.train));
      std::move(to_ask[label].begin(), to_ask[label].end(), std::back_inserter(task.test));
      task.labels.push_back(label);
    }
    base::shuffle(task.train, order);
  }
  return cut;
}

std::string hash_of(const ClassTasks& tasks) {
  base::Sha256 hash;
  hash.integer(static_cast<std::int64_t>(tasks.tasks.size()));
  for (const ClassTask& task : tasks.tasks) {
    add(hash, task.train);
    add(hash, task.test);
  }
  add(hash, tasks.outside);
  return hash.hex();
}

}  // namespace noema::experiments
