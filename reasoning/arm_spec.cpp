#include "reasoning/arm_spec.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/error.h"
#include "reasoning/experts/registry.h"
#include "reasoning/thoughts/registry.h"

namespace noema::reasoning {
namespace {

constexpr std::array<std::string_view, 6> kBases{"static", "cache", "dynamic", "memory", "lesion", "noema"};

/// An expert as it is written in an arm's name.
std::string written(std::string_view expert) {
  std::string name(expert);
  std::replace(name.begin(), name.end(), ' ', '_');
  return name;
}

/// The experts that may be left out: all but the transformer, which spells what the others cannot.
std::vector<std::string> experts() {
  std::vector<std::string> names = voice_names();
  names.erase(names.begin());
  return names;
}

[[noreturn]] void refuse(std::string_view name, const std::string& why) {
  std::vector<std::string> left_out;
  for (const std::string& expert : experts()) left_out.push_back(written(expert));
  for (const ThoughtKind* kind : thought_kinds()) left_out.emplace_back(kind->name());
  throw base::UsageError(
      fmt::format("arm '{}': {}; there are {}; memory, lesion and noema take +dynamic and -X for an expert, noema also "
                  "+anew and -X for a kind of thought, X one of {}",
                  name, why, fmt::join(kBases, ", "), fmt::join(left_out, ", ")));
}

}  // namespace

ArmSpec ArmSpec::parse(std::string_view name) {
  ArmSpec spec;
  spec.name = name;
  const auto end_of = [&](std::size_t from) { return std::min(name.find_first_of("+-", from), name.size()); };
  std::size_t at = end_of(0);
  spec.base = name.substr(0, at);
  if (std::find(kBases.begin(), kBases.end(), spec.base) == kBases.end())
    refuse(name, fmt::format("'{}' is not known", spec.base));
  while (at < name.size()) {
    const bool adds = name[at] == '+';
    const std::string_view what = name.substr(at + 1, end_of(at + 1) - at - 1);
    at = end_of(at + 1);
    if (!spec.is_core()) refuse(name, fmt::format("{} has no parts to add or leave out", spec.base));
    if (adds) {
      if (what == "dynamic") {
        spec.dynamic = true;
      } else if (what == "anew" && spec.thinks()) {
        spec.anew = true;
      } else {
        refuse(name, fmt::format("'{}' is nothing to add to {}", what, spec.base));
      }
      continue;
    }
    const auto all_experts = experts();
    const auto expert =
        std::find_if(all_experts.begin(), all_experts.end(), [&](const auto& one) { return written(one) == what; });
    const ThoughtKind* kind = find_kind(what);
    if (expert != all_experts.end()) {
      spec.left_out_experts.emplace(*expert);
    } else if (kind && spec.thinks()) {
      spec.kinds = spec.kinds.without(kind->name());
      spec.anew = spec.anew || kind->is_decided_by_description();  // the others leave the graph as it is
    } else {
      refuse(name, fmt::format("'{}' is nothing that can be left out of {}", what, spec.base));
    }
  }
  return spec;
}

}  // namespace noema::reasoning
