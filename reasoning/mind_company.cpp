// How a mind thinks about company: which words go with which, counted over everything that was told, and what inputs
// are about.

#include <algorithm>

#include "base/rng.h"
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
    return UnitNames{unit->label, label_of(graph, id)};
  };
}

}  // namespace

bool Mind::company_is_due() const {
  const std::shared_lock lock(core_.mutex());
  return knows_facts_ && has_doubled(core_.graph().stream().size(), company_units_);
}

bool Mind::topics_are_due() const {
  const std::shared_lock lock(core_.mutex());
  return knows_facts_ && has_doubled(core_.graph().stream().size(), topics_units_);
}

/// What is committed now, and the seed for what is made of it.
struct Mind::Making {
  CompanyStamp stamp;
  std::uint64_t seed = 0;
};

Mind::Making Mind::begin_making(const memory::Life& reader, std::string_view what) {
  Making making;
  with_life([&](memory::Life& life) {
    making.stamp = {reader.last_position(), core_.graph().stream().size()};
    making.seed = base::Rng(life.origin().seed).fork(what).bits();
  });
  return making;
}

bool Mind::think_of_company(double seconds, const std::function<bool()>& keep_on) {
  require_background();
  if (!company_is_due()) return false;
  const auto reader = readers_.take();
  const Making making = begin_making(*reader, "company");
  if (seconds > 0 && seconds < kCompanySecondsPerUnit * static_cast<double>(making.stamp.units)) return false;
  const auto company = concepts::company::make_company(episodes_until(*reader, making.stamp.position), names_in(core_),
                                                       making.seed, {}, keep_on);
  if (!company) return false;
  with_life([&](memory::Life& life) {
    written([&] { keep_company(life, *company, making.stamp); });
    company_units_ = making.stamp.units;
  });
  return true;
}

bool Mind::think_of_topics(double seconds, const std::function<bool()>& keep_on) {
  require_background();
  if (!topics_are_due()) return false;
  const auto reader = readers_.take();
  const Making making = begin_making(*reader, "topics");
  const auto mentions = std::min<std::uint64_t>(making.stamp.units, TopicOptions{}.most_mentions);
  if (seconds > 0 && seconds < kTopicSecondsPerMention * static_cast<double>(mentions)) return false;
  auto made = concepts::company::make_topics(episodes_until(*reader, making.stamp.position), names_in(core_),
                                             making.seed, {}, keep_on);
  if (!made) return false;
  name_examples(made->topics, *reader, making.stamp.position);
  with_life([&](memory::Life& life) {
    written([&] { keep_topics(life, made->topics, making.stamp); });
    topics_units_ = making.stamp.units;
  });
  return true;
}

}  // namespace noema::reasoning
