// How a mind thinks about company: which words go with which, counted over everything that was told.

#include "base/clock.h"
#include "base/rng.h"
#include "reasoning/company.h"
#include "reasoning/mind.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::company::UnitNames;

namespace {

constexpr std::uint64_t kLeastUnits = 20000;  // fewer say little of any word's company
constexpr double kSecondsPerUnit = 5e-6;      // about what counting and compressing took, on one core

}  // namespace

/// Each making reads twice what the one before read, so that all of them together cost no more than twice the last.
bool Mind::company_is_due() const {
  const std::shared_lock lock(core_.mutex());
  const std::uint64_t units = core_.graph().stream().size();
  return knows_facts_ && units >= std::max(kLeastUnits, 2 * company_units_);
}

bool Mind::think_of_company(double seconds, const std::function<bool()>& keep_on) {
  require_background();
  if (!company_is_due()) return false;
  const auto reader = readers_.take();
  CompanyStamp stamp;
  std::uint64_t seed = 0;
  with_life([&](memory::Life& life) {
    stamp = {reader->last_position(), core_.graph().stream().size()};
    seed = base::Rng(life.origin().seed).fork("company").bits();
  });
  if (seconds > 0 && seconds < kSecondsPerUnit * static_cast<double>(stamp.units)) return false;
  const auto names = [this](ConceptId id) -> std::optional<UnitNames> {
    const std::shared_lock lock(core_.mutex());
    const auto& graph = core_.graph();
    const auto* unit = graph.still_has(id) ? graph.node(id).as<concepts::Unit>() : nullptr;
    if (unit == nullptr) return std::nullopt;
    return UnitNames{unit->label, label_of(graph, id)};
  };
  const auto company =
      concepts::company::make_company(episodes_until(*reader, stamp.position), names, seed, {}, keep_on);
  if (!company) return false;
  with_life([&](memory::Life& life) {
    written([&] { keep_company(life, *company, stamp); });
    company_units_ = stamp.units;
  });
  return true;
}

}  // namespace noema::reasoning
