// How a mind thinks about company: which words go with which, counted over everything that was told, which runs of
// them have a name of their own, and what inputs are about.

#include <algorithm>

#include "base/rng.h"
#include "concepts/company/wholes_making.h"
#include "reasoning/company.h"
#include "reasoning/mind.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::company::TopicOptions;
using concepts::company::UnitNames;

namespace {

constexpr std::uint64_t kLeastUnits = 20000;  // fewer say little of any word's company

// About what making took, on one core.
constexpr double kCompanySecondsPerUnit = 5e-6;
constexpr double kTopicSecondsPerMention = 1e-4;
constexpr double kWholesSecondsPerUnit = 5e-6;

/// Each making reads twice what the one before read, so that all of them together cost no more than twice the last.
bool has_doubled(std::uint64_t units, std::uint64_t units_then) {
  return units >= std::max(kLeastUnits, 2 * units_then);
}

concepts::company::NameUnit names_in(const Core& core) {
  return [&core](ConceptId id) -> std::optional<UnitNames> {
    const std::shared_lock lock(core.mutex());
    const auto& graph = core.graph();
    const auto* unit = graph.still_has(id) ? graph.node(id).as<concepts::Unit>() : nullptr;
    if (unit == nullptr) return std::nullopt;
    return UnitNames{unit->label, label_of(graph, id), label_inside(graph, id)};
  };
}

/// What writes a thing that was made into a life by `keep`; nothing if it was interrupted.
template <typename Made>
std::function<void(memory::Life&)> storing(std::optional<Made> made,
                                           void (*keep)(memory::Life&, const Made&, const CompanyStamp&),
                                           const CompanyStamp& stamp) {
  if (!made) return {};
  return [made = std::make_shared<const Made>(std::move(*made)), keep, stamp](memory::Life& life) {
    keep(life, *made, stamp);
  };
}

}  // namespace

/// What is committed now, and the seed for what is made of it.
struct Mind::Making {
  const memory::Life& reader;
  CompanyStamp stamp;
  std::uint64_t seed = 0;
  concepts::company::Episodes episodes() const { return episodes_until(reader, stamp.position); }
};

bool Mind::is_due(const std::uint64_t& units_then) const {
  const std::shared_lock lock(core_.mutex());
  return knows_facts_ && has_doubled(core_.graph().stream().size(), units_then);
}

bool Mind::make_anew(std::string_view what, std::uint64_t& units_then, double seconds_given,
                     const std::function<double(std::uint64_t units)>& seconds_needed,
                     const std::function<Store(const Making&)>& make) {
  require_background();
  if (!is_due(units_then)) return false;
  const auto reader = readers_.take();
  Making making{*reader, {}, 0};
  with_life([&](memory::Life& life) {
    making.stamp = {reader->last_position(), core_.graph().stream().size()};
    making.seed = base::Rng(life.origin().seed).fork(what).bits();
  });
  if (seconds_given > 0 && seconds_given < seconds_needed(making.stamp.units)) return false;
  const Store store = make(making);
  if (!store) return false;
  with_life([&](memory::Life& life) {
    written([&] { store(life); });
    units_then = making.stamp.units;
  });
  return true;
}

bool Mind::wholes_are_due() const { return is_due(wholes_units_); }

bool Mind::think_of_wholes(double seconds, const std::function<bool()>& keep_on) {
  const auto needed = [](std::uint64_t units) { return kWholesSecondsPerUnit * static_cast<double>(units); };
  return make_anew("wholes", wholes_units_, seconds, needed, [&](const Making& making) -> Store {
    return storing(concepts::company::make_wholes(making.episodes(), names_in(core_), {}, keep_on), keep_wholes,
                   making.stamp);
  });
}

bool Mind::company_is_due() const { return is_due(company_units_); }

bool Mind::think_of_company(double seconds, const std::function<bool()>& keep_on) {
  const auto needed = [](std::uint64_t units) { return kCompanySecondsPerUnit * static_cast<double>(units); };
  return make_anew("company", company_units_, seconds, needed, [&](const Making& making) -> Store {
    return storing(concepts::company::make_company(making.episodes(), names_in(core_), making.seed, {}, keep_on),
                   keep_company, making.stamp);
  });
}

bool Mind::topics_are_due() const { return is_due(topics_units_); }

bool Mind::think_of_topics(double seconds, const std::function<bool()>& keep_on) {
  const auto needed = [](std::uint64_t units) {
    return kTopicSecondsPerMention * static_cast<double>(std::min<std::uint64_t>(units, TopicOptions{}.most_mentions));
  };
  return make_anew("topics", topics_units_, seconds, needed, [&](const Making& making) -> Store {
    auto made = concepts::company::make_topics(making.episodes(), names_in(core_), making.seed, {}, keep_on);
    if (!made) return {};
    name_examples(made->topics, making.reader, making.stamp.position);
    return storing(std::optional(std::move(made->topics)), keep_topics, making.stamp);
  });
}

}  // namespace noema::reasoning
