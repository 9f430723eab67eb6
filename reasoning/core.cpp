#include "reasoning/core.h"

namespace noema::reasoning {
namespace {

PredictorOptions without_concepts_if(bool no_graph, PredictorOptions options) {
  if (no_graph) options.concepts = false;
  return options;
}

}  // namespace

Core::Core(std::size_t width, const CoreOptions& options)
    : options_(options),
      graph_(options.concept_graph),
      predictor_(width, without_concepts_if(!options.graph, options.predictor)),
      thinker_(options.thinker) {}

std::vector<double> Core::predict(const std::vector<UnitReading>& line) {
  const std::shared_lock lock(mutex_);
  std::vector<UnitReading> own;
  if (copy_) read_with(*copy_, own = line, copy_learns_);
  std::vector<double> bits;
  bits.reserve(line.size());
  predictor_.begin_line();
  for (const UnitReading& unit : copy_ ? own : line) bits.push_back(predictor_.experience(graph_, unit));
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
  if (options_.graph) thinker_.notice(graph_, graph_.attach(units));
  return units;
}

std::vector<double> Core::experience(const std::vector<UnitReading>& line) {
  std::vector<double> bits = predict(line);
  attach(line);
  return bits;
}

Thinking Core::think(std::uint64_t proposals, const Thinker::Journal& journal, const std::function<bool()>& keep_on) {
  if (!options_.graph) return {};
  return thinker_.think(graph_, mutex_, proposals, journal, keep_on);
}

}  // namespace noema::reasoning
