#include "concepts/facts/names.h"

#include <algorithm>
#include <map>
#include <set>

namespace noema::concepts::facts {
namespace {

constexpr std::size_t kMostThings = 32;     ///< of a slot, by which its kind is judged
constexpr std::size_t kLeastTemplates = 3;  ///< what one template says beside a slot need not be part of a name
constexpr double kNearlyAll = 0.95;

using Role = std::pair<TemplateId, std::uint32_t>;
using Roles = std::map<Role, std::uint32_t>;
using Side = Words (*)(const Words& pattern, std::uint32_t slot);

bool begins_with(const Words& words, const Words& beginning) {
  return words.size() >= beginning.size() && std::equal(beginning.begin(), beginning.end(), words.begin());
}

Role most_filled(const Roles& roles) {
  const auto count = [](const auto& a, const auto& b) { return a.second < b.second; };
  return std::max_element(roles.begin(), roles.end(), count)->first;
}

/// In how many of the counted sentences these constants stand on that side of the things.
double share_with(const Told& told, const Roles& roles, Side side, const Words& constants) {
  double all = 0, with = 0;
  for (const auto& [role, count] : roles) {
    all += count;
    if (begins_with(side(told.form(role.first).pattern, role.second), constants)) with += count;
  }
  return all == 0 ? 0 : with / all;
}

/// Whether one of the constants is told hardly anywhere else.
bool tell_the_kind(const Told& told, const Roles& roles, Side side, const Words& constants) {
  double with = 0;
  for (const auto& [role, count] : roles) {
    const Template& form = told.form(role.first);
    if (begins_with(side(form.pattern, role.second), constants)) with += static_cast<double>(form.members.size());
  }
  return std::any_of(constants.begin(), constants.end(),
                     [&](Word word) { return told.times_told(word) * kNearlyAll <= with; });
}

/// The longest constants on that side that stand nearly everywhere; none if they do not tell the kind.
Words beside(const Told& told, const Roles& roles, Side side) {
  const auto [form, slot] = most_filled(roles);
  Words constants = side(told.form(form).pattern, slot);
  while (!constants.empty() && share_with(told, roles, side, constants) < kNearlyAll) constants.pop_back();
  if (!constants.empty() && !tell_the_kind(told, roles, side, constants)) constants.clear();
  return constants;
}

}  // namespace

Words constants_before(const Words& pattern, std::uint32_t slot) {
  const auto place = pattern.rend() - static_cast<std::ptrdiff_t>(place_of_slot(pattern, slot));
  return {place, std::find(place, pattern.rend(), kSlot)};
}

Words constants_after(const Words& pattern, std::uint32_t slot) {
  const auto place = pattern.begin() + static_cast<std::ptrdiff_t>(place_of_slot(pattern, slot)) + 1;
  return {place, std::find(place, pattern.end(), kSlot)};
}

Affix said_with(const Told& told, std::span<const Thing> things) {
  Roles roles;
  std::set<TemplateId> templates;
  for (const Thing thing : things) {
    const auto* filled = told.roles_of(thing);
    if (filled == nullptr) continue;
    for (const auto& [role, count] : *filled) {
      roles[role] += count;
      templates.insert(role.first);
    }
  }
  if (templates.size() < kLeastTemplates) return {};
  Affix affix{beside(told, roles, constants_before), beside(told, roles, constants_after)};
  std::reverse(affix.before.begin(), affix.before.end());
  return affix;
}

Affix said_with(const Told& told, TemplateId form, std::uint32_t slot) {
  const auto& members = told.form(form).members;
  std::set<Thing> things;
  for (auto member = members.rbegin(); member != members.rend() && things.size() < kMostThings; ++member)
    things.insert(told.sentences()[*member].fillers[slot]);
  return said_with(told, std::vector<Thing>(things.begin(), things.end()));
}

Affix said_with(const Told& told, Thing thing) {
  const auto* roles = told.roles_of(thing);
  if (roles == nullptr || roles->empty()) return {};
  const auto [form, slot] = most_filled(*roles);
  return said_with(told, form, slot);
}

std::optional<Thing> thing_named(const Told& told, const Words& words) {
  if (const auto thing = told.thing_of(words)) return thing;
  for (std::size_t size = words.size(); size-- > 1;)
    for (std::size_t begin = 0; begin + size <= words.size(); ++begin) {
      const auto from = words.begin() + static_cast<std::ptrdiff_t>(begin);
      const auto to = from + static_cast<std::ptrdiff_t>(size);
      const auto thing = told.thing_of({from, to});
      if (thing && said_with(told, *thing) == Affix{{words.begin(), from}, {to, words.end()}}) return thing;
    }
  return std::nullopt;
}

}  // namespace noema::concepts::facts
