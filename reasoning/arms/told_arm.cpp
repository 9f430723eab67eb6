#include "reasoning/arms/told_arm.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/error.h"
#include "reasoning/arms/arm_spec.h"
#include "reasoning/arms/pair_arm.h"
#include "reasoning/pairs/registry.h"

namespace noema::reasoning {
namespace {

void require_known(const std::vector<std::string>& names) {
  std::string known;
  for (const PairExpertKind& kind : pair_expert_kinds()) known += (known.empty() ? "" : ", ") + kind.name;
  for (const std::string& name : names)
    if (find_pair_expert(name) == nullptr)
      throw base::UsageError(fmt::format("leave_out={}: there are {}", name, known));
}

}  // namespace

ArmKind told_arm() {
  using base::Key;
  ArmKind kind = pair_kind("told",
                           "the translator, what came at told moments, what stands for what, phrases, and a copy that "
                           "learns and practises, mixed by a gate that learns");
  kind.options.push_back(Key{"rate", "of Adam, of the copy", 1e-4, {1e-9, 1}});
  kind.options.push_back(Key{"memory", "keeps what it is told; otherwise the copy alone has learned", true, {}});
  kind.options.push_back(Key{"thinks", "practises told pairs while it thinks", true, {}});
  kind.options.push_back(Key{"leave_out", "experts that are left out", std::vector<std::string>{}, {}});
  kind.make = [](const ArmSpec& spec, ArmHost& host) {
    const base::Settings& s = spec.settings;
    const auto& left_out = s.texts("leave_out");
    require_known(left_out);
    PairMixtureOptions parts;
    for (const PairExpertKind& expert : pair_expert_kinds())
      if ((s.flag("memory") || !expert.remembers) &&
          std::find(left_out.begin(), left_out.end(), expert.name) == left_out.end())
        parts.experts.push_back(expert.name);
    parts.rate = s.number("rate");
    parts.practises = s.flag("memory") && s.flag("thinks");
    return pair_arm(spec, host, parts, parts.practises);
  };
  return kind;
}

}  // namespace noema::reasoning
