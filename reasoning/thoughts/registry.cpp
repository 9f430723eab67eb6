#include "reasoning/thoughts/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/error.h"
#include "reasoning/thoughts/associate.h"
#include "reasoning/thoughts/compose.h"
#include "reasoning/thoughts/consolidate.h"
#include "reasoning/thoughts/dissolve.h"
#include "reasoning/thoughts/divide.h"
#include "reasoning/thoughts/estimate.h"
#include "reasoning/thoughts/join.h"
#include "reasoning/thoughts/keep.h"
#include "reasoning/thoughts/leave.h"
#include "reasoning/thoughts/let_go.h"
#include "reasoning/thoughts/merge.h"
#include "reasoning/thoughts/relate.h"
#include "reasoning/thoughts/split.h"
#include "reasoning/thoughts/withdraw.h"

namespace noema::reasoning {

std::span<const ThoughtKind* const> thought_kinds() {
  static const std::array<const ThoughtKind*, 14> kKinds{
      &thoughts::estimate(), &thoughts::compose(), &thoughts::merge(),       &thoughts::split(),
      &thoughts::divide(),   &thoughts::join(),    &thoughts::leave(),       &thoughts::relate(),
      &thoughts::dissolve(), &thoughts::let_go(),  &thoughts::consolidate(), &thoughts::associate(),
      &thoughts::withdraw(), &thoughts::keep(),
  };
  return kKinds;
}

const ThoughtKind* find_kind(std::string_view name) {
  const auto kinds = thought_kinds();
  const auto found = std::find_if(kinds.begin(), kinds.end(), [&](const auto* kind) { return kind->name() == name; });
  return found == kinds.end() ? nullptr : *found;
}

const ThoughtKind& kind_named(std::string_view name) {
  if (const ThoughtKind* kind = find_kind(name)) return *kind;
  throw base::Error(
      fmt::format("the journal holds a thought of kind '{}', which this noema does not know; use a newer one", name));
}

std::size_t rank_of(const ThoughtKind& kind) {
  const auto kinds = thought_kinds();
  return static_cast<std::size_t>(std::find(kinds.begin(), kinds.end(), &kind) - kinds.begin());
}

}  // namespace noema::reasoning
