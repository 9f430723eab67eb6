#include "reasoning/core.h"

namespace noema::reasoning {
namespace {

PredictorOptions with_graph(bool graph, PredictorOptions options) {
  options.graph = graph && options.graph;
  return options;
}

}  // namespace

Core::Core(std::size_t width, const CoreOptions& options)
    : options_(options),
      graph_(options.concept_graph),
      predictor_(width, with_graph(options.graph, options.predictor)),
      thinker_(options.thinker),
      keeper_(graph_, thinker_) {}

std::vector<double> Core::predict(const std::vector<UnitReading>& line) {
  const std::shared_lock lock(mutex_);
  std::vector<UnitReading> own;
  if (copy_) read_with(*copy_, own = line, copy_learns_);
  std::vector<double> bits;
  bits.reserve(line.size());
  predictor_.begin_line();
  for (const UnitReading& unit : copy_ ? own : line) bits.push_back(predictor_.experience(graph_, unit, facts_));
  return bits;
}

void Core::warm(const std::vector<UnitReading>& line) {
  for (const UnitReading& unit : line) predictor_.warm(unit);
  std::vector<UnitReading> own;
  if (copy_) read_with(*copy_, own = line, copy_learns_);
}

void Core::adopt(std::unique_ptr<transformer::PredictiveCopy> copy, bool learns) {
  copy_ = std::move(copy);
  copy_learns_ = learns;
  ++generation_;
}

bool Core::commit(const transformer::PredictiveCopy& practised, std::uint64_t generation,
                  const std::function<void()>& log) {
  const std::unique_lock lock(mutex_);
  if (generation != generation_) return false;
  if (log) log();
  if (!copy_)
    copy_ = std::make_unique<transformer::PredictiveCopy>(practised);
  else
    copy_->restore(practised.snapshot());
  if (copy_learns_) copy_->anchor();  // what was practised is not unlearned
  ++generation_;
  return true;
}

std::vector<concepts::ConceptId> Core::attach(const std::vector<UnitReading>& line, const Log& log) {
  const std::unique_lock lock(mutex_);
  std::vector<concepts::ConceptId> units;
  if (options_.graph)
    for (std::size_t i = 0; i + 1 < line.size(); ++i)
      units.push_back(graph_.perceive_unit(line[i].identity, line[i].surface));
  if (log) log(units);
  if (!options_.graph) return units;
  const std::uint32_t episode = graph_.attach(units);
  thinker_.notice(graph_, episode);
  if (remember_)
    for (std::size_t i = 0; i < units.size(); ++i)
      remembered_[episode].push_back({line[i].identity, line[i].surface, units[i]});
  return units;
}

std::vector<double> Core::experience(const std::vector<UnitReading>& line) {
  std::vector<double> bits = predict(line);
  attach(line);
  return bits;
}

void Core::set_budget(const Budget& budget, concepts::Past past, bool remember) {
  remember_ = remember && budget.limits();
  const std::uint32_t first = graph_.stream().episodes();
  keeper_.set_budget(budget, [this, first, past = std::move(past)](std::uint32_t episode) {
    if (!remember_ || episode < first) return past(episode);
    const auto found = remembered_.find(episode);
    return found == remembered_.end() ? std::vector<concepts::PastUnit>() : found->second;
  });
}

void Core::keep(const Journal& journal) {
  if (!options_.graph || !budget().limits()) return;
  const std::unique_lock alone(mutex_);
  if (keeper_.keep(journal) > 0)
    remembered_.erase(remembered_.begin(), remembered_.lower_bound(graph_.stream().first_episode()));
}

Thinking Core::think(std::uint64_t proposals, const Journal& journal, const std::function<bool()>& keep_on) {
  if (!options_.graph) return {};
  const auto after_batch = [&] {
    keeper_.keep(journal);
    remembered_.erase(remembered_.begin(), remembered_.lower_bound(graph_.stream().first_episode()));
  };
  return thinker_.think(graph_, mutex_, proposals, journal, keep_on, after_batch);
}

}  // namespace noema::reasoning
