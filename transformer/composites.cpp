#include "transformer/composites.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"

namespace noema::transformer {
namespace {

double log_add(double a, double b) {
  if (a < b) std::swap(a, b);
  return b == -std::numeric_limits<double>::infinity() ? a : a + std::log1p(std::exp(b - a));
}

}  // namespace

int Composites::add(std::vector<Unit> units) {
  if (units.size() < 2)
    throw base::Error(fmt::format("composites: one has at least 2 units, found {}; join more", units.size()));
  auto& known = by_unit_[units.front()];
  for (int composite : known)
    if (units_[static_cast<std::size_t>(composite)] == units) return composite;
  const int number = size();
  Unit tokens;
  for (const Unit& unit : units) tokens.insert(tokens.end(), unit.begin(), unit.end());
  known.push_back(number);
  auto& alike = by_token_[tokens.front()];
  const auto longer = [&](int composite) {
    return tokens_[static_cast<std::size_t>(composite)].size() < tokens.size();
  };
  alike.insert(std::find_if(alike.begin(), alike.end(), longer), number);
  tokens_.push_back(std::move(tokens));
  units_.push_back(std::move(units));
  return number;
}

std::span<const int> Composites::beginning_with(const Unit& unit) const {
  const auto found = by_unit_.find(unit);
  if (found == by_unit_.end()) return {};
  return found->second;
}

std::vector<Occurrence> Composites::find(std::span<const Token> targets, int begin_end) const {
  std::vector<Occurrence> found;
  const auto fits = [&](int composite, std::size_t at) {
    const Unit& tokens = tokens_[static_cast<std::size_t>(composite)];
    const std::size_t after = at + tokens.size();
    return after < targets.size() && targets[after] >= kSpecials && targets[after] < begin_end &&
           std::equal(tokens.begin(), tokens.end(), targets.begin() + static_cast<std::ptrdiff_t>(at));
  };
  for (std::size_t at = 0; !empty() && at < targets.size();) {
    const auto candidates = by_token_.find(targets[at]);
    int chosen = -1;
    if (candidates != by_token_.end())
      for (int composite : candidates->second)
        if (chosen < 0 && fits(composite, at)) chosen = composite;
    if (chosen < 0) {
      ++at;
      continue;
    }
    const std::size_t rows = tokens_[static_cast<std::size_t>(chosen)].size();
    found.push_back({static_cast<int>(at), static_cast<int>(rows), chosen});
    at += rows;
  }
  return found;
}

double CompositeState::read(const Composites& composites, const Composites::Unit& unit, double log_spelled,
                            std::span<const std::pair<int, double>> starts) {
  std::vector<Inside> still;
  double open = log_outside + log_spelled, all = open;
  for (const Inside& i : inside) {
    const auto& units = composites.units(i.composite);
    if (units[i.next] != unit) continue;
    all = log_add(all, i.log_share);
    if (i.next + 1 == units.size())
      open = log_add(open, i.log_share);
    else
      still.push_back({i.composite, i.next + 1, i.log_share});
  }
  for (const auto& [composite, log_probability] : starts) {
    still.push_back({composite, 1, log_outside + log_probability});
    all = log_add(all, still.back().log_share);
  }
  for (Inside& i : still) i.log_share -= all;
  inside = std::move(still);
  log_outside = open - all;
  return -all;
}

}  // namespace noema::transformer
