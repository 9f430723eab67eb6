#include "concepts/company/wholes.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace noema::concepts::company {
namespace {

constexpr std::size_t kMostUnits = 255;  // of a whole; more are a damaged file

std::uint64_t key_of(std::uint32_t prefix, Part unit) { return std::uint64_t{prefix} << 32 | unit; }

/// log2(all / occurrences) of each.
std::vector<double> code_of(const std::vector<double>& occurrences) {
  double all = 0;
  for (const double count : occurrences) all += count;
  std::vector<double> bits;
  for (const double count : occurrences) bits.push_back(std::log2(std::max(all, 1.0) / std::max(count, 0.5)));
  return bits;
}

}  // namespace

Wholes::Wholes(std::vector<WholeUnit> units, std::vector<Whole> wholes)
    : units_(std::move(units)), wholes_(std::move(wholes)), lengths_(units_.size(), 1), ends_{kNoPart} {
  std::vector<double> alone;
  for (Part unit = 0; unit < units_.size(); ++unit) {
    numbers_.try_emplace(units_[unit].names.identity, unit);
    alone.push_back(static_cast<double>(units_[unit].occurrences));
  }
  for (const Whole& whole : wholes_) {
    if (whole.left >= lengths_.size() || whole.right >= lengths_.size() ||
        lengths_[whole.left] + lengths_[whole.right] > kMostUnits)
      throw base::Error("the wholes are damaged: a part is no part of its whole; run `noema check`");
    lengths_.push_back(lengths_[whole.left] + lengths_[whole.right]);
    alone.push_back(static_cast<double>(whole.occurrences));
  }
  bits_ = code_of(alone);
  for (Part i = static_cast<Part>(alone.size()); i-- > units_.size();) {
    alone[whole(i).left] += alone[i];
    alone[whole(i).right] += alone[i];
  }
  alone.resize(units_.size());
  unit_bits_ = code_of(alone);
  double all = 0, bits = 0;
  for (Part unit = 0; unit < units_.size(); ++unit) all += alone[unit], bits += alone[unit] * unit_bits_[unit];
  bits_a_unit_ = all > 0 ? bits / all : 0;
  unknown_bits_ = std::log2(std::max(all, 1.0) + static_cast<double>(units_.size()));
  for (Part i = 0; i < wholes_.size(); ++i) add_to_tree(static_cast<Part>(units_.size()) + i);
}

void Wholes::add_to_tree(Part part) {
  std::uint32_t at = 0;
  for (const Part unit : spelled(part)) {
    const auto [place, fresh] = next_.try_emplace(key_of(at, unit), static_cast<std::uint32_t>(ends_.size()));
    if (fresh) ends_.push_back(kNoPart);
    at = place->second;
  }
  if (ends_[at] == kNoPart) ends_[at] = part;
}

Part Wholes::find(std::string_view identity) const {
  const auto found = numbers_.find(identity);
  return found == numbers_.end() ? kNoPart : found->second;
}

std::vector<Part> Wholes::spelled(Part part) const {
  std::vector<Part> units, left_over{part};
  while (!left_over.empty()) {
    const Part next = left_over.back();
    left_over.pop_back();
    if (is_whole(next)) {
      left_over.push_back(whole(next).right);
      left_over.push_back(whole(next).left);
    } else {
      units.push_back(next);
    }
  }
  return units;
}

std::string Wholes::label(Part part) const {
  const std::vector<Part> units = spelled(part);
  std::string label = units_[units.front()].names.label;
  for (std::size_t i = 1; i < units.size(); ++i) label += units_[units[i]].names.inside;
  return label;
}

template <typename Allowed>
std::vector<Part> Wholes::best_parts(std::span<const Part> units, const Allowed& allowed) const {
  struct Best {
    double bits = std::numeric_limits<double>::infinity();
    std::size_t from = 0;
    Part part = kNoPart;
  };
  std::vector<Best> best(units.size() + 1);
  best[0].bits = 0;
  const auto offer = [&](std::size_t from, std::size_t to, Part part, double bits) {
    if (best[from].bits + bits < best[to].bits) best[to] = {best[from].bits + bits, from, part};
  };
  for (std::size_t i = 0; i < units.size(); ++i) {
    offer(i, i + 1, units[i], units[i] == kNoPart ? unknown_bits_ : bits_[units[i]]);
    std::uint32_t at = 0;
    for (std::size_t j = i; j < units.size() && units[j] != kNoPart; ++j) {
      const auto found = next_.find(key_of(at, units[j]));
      if (found == next_.end()) break;
      at = found->second;
      if (ends_[at] != kNoPart && allowed(ends_[at])) offer(i, j + 1, ends_[at], bits_[ends_[at]]);
    }
  }
  std::vector<Part> parts;
  for (std::size_t i = units.size(); i > 0; i = best[i].from) parts.push_back(best[i].part);
  std::reverse(parts.begin(), parts.end());
  return parts;
}

std::vector<Part> Wholes::shortest(std::span<const Part> units) const {
  return best_parts(units, [](Part) { return true; });
}

std::vector<Part> Wholes::shortest_without(std::span<const Part> units, Part without) const {
  return best_parts(units, [&](Part part) { return part != without; });
}

std::vector<Part> Wholes::shortest_named(std::span<const Part> units) const {
  return best_parts(units, [&](Part part) { return is_named(part); });
}

TextBits Wholes::bits_of(std::span<const std::string> identities) const {
  TextBits bits;
  std::vector<Part> units;
  double unknown = 0;
  for (const std::string& identity : identities) {
    units.push_back(find(identity));
    if (units.back() == kNoPart)
      unknown += unknown_bits_ + 8 * static_cast<double>(identity.size());
    else
      bits.by_units += unit_bits_[units.back()];
  }
  for (const Part part : shortest(units))
    if (part != kNoPart) bits.by_wholes += bits_[part];
  bits.by_wholes += unknown;
  bits.by_units += unknown;
  return bits;
}

}  // namespace noema::concepts::company
