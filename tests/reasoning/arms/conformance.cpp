#include "tests/reasoning/arms/conformance.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace noema::tests {

using reasoning::Bits;
using reasoning::Learner;
using reasoning::Text;
using reasoning::UnitReading;

ClosedWorld::ClosedWorld() {
  for (std::size_t word = 0; word < kWords; ++word) probabilities_.push_back(1.0 / static_cast<double>(word + 2));
  const double sum = std::accumulate(probabilities_.begin(), probabilities_.end(), 0.0);
  for (double& p : probabilities_) p /= sum;
}

std::vector<UnitReading> ClosedWorld::read(const std::vector<std::size_t>& line, std::size_t number) const {
  std::vector<UnitReading> units;
  base::Rng rng = base::Rng(7).fork("line " + std::to_string(number));
  std::vector<std::size_t> words = line;
  words.push_back(kEnd);
  for (const std::size_t word : words) {
    UnitReading unit;
    unit.surface = word == kEnd ? "\n" : " w" + std::to_string(word);
    unit.identity = word == kEnd ? "\n" : "w" + std::to_string(word);
    unit.surface_id = static_cast<std::uint32_t>(word);
    unit.nats = unit.learned_nats = -std::log(probabilities_[word]);
    unit.first_probability = static_cast<float>(probabilities_[word]);
    for (const double p : probabilities_)
      unit.spread.mass[reasoning::Spread::step_of(static_cast<float>(p))] += static_cast<float>(p);
    unit.peak = std::log(*std::max_element(probabilities_.begin(), probabilities_.end()));
    unit.writing_share = 1;
    double square = 0;
    for (std::size_t d = 0; d < kWidth; ++d) {
      unit.hidden.push_back(static_cast<float>(rng.normal()));
      square += double{unit.hidden.back()} * double{unit.hidden.back()};
    }
    for (float& x : unit.hidden) x = static_cast<float>(x / std::sqrt(square));
    unit.tokens = {3};
    units.push_back(std::move(unit));
  }
  return units;
}

Lines ClosedWorld::lines(std::uint64_t seed, std::size_t count, bool shuffled) const {
  base::Rng rng(seed);
  Lines lines(count);
  for (auto& line : lines) {
    while (true) {
      double mark = rng.uniform();
      std::size_t word = 0;
      while (word < kEnd && mark >= probabilities_[word]) mark -= probabilities_[word++];
      if (word == kEnd) break;
      line.push_back(word);
      if (!shuffled && word + 1 < kEnd) line.push_back(word + 1);
    }
  }
  return lines;
}

std::vector<double> show(Learner& learner, const ClosedWorld& world, const Lines& lines, std::size_t from) {
  std::vector<double> all;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto reading = world.read(lines[i], from + i);
    const auto bits = std::get<Bits>(learner.experience(Text{"", &reading})).units;
    all.insert(all.end(), bits.begin(), bits.end());
    learner.think(4);
  }
  return all;
}

double sum_error(const Maker& make, const ClosedWorld& world, const Lines& lines) {
  double worst = 0;
  for (const std::size_t place : {0UL, 1UL, 3UL}) {
    std::vector<std::size_t> prefix{2, 3, 0};
    prefix.resize(place);
    double sum = 0;
    for (std::size_t word = 0; word < ClosedWorld::kWords; ++word) {
      const auto learner = make();
      show(*learner, world, lines);
      auto line = prefix;
      if (word != ClosedWorld::kEnd) line.push_back(word);
      const auto reading = world.read(line, lines.size());
      sum += std::exp2(-std::get<Bits>(learner->experience(Text{"", &reading})).units.at(place));
    }
    worst = std::max(worst, std::abs(sum - 1));
  }
  return worst;
}

bool keeps_to_the_past(const Maker& make, const ClosedWorld& world, const Lines& lines) {
  Lines other = lines;
  std::vector<std::size_t>& changed = other[lines.size() / 2];
  changed.insert(changed.end(), {5, 0, 9});
  for (std::size_t i = lines.size() / 2 + 1; i < lines.size(); ++i) other[i] = {8, 8};
  std::size_t same = 0;  // units before the change
  for (std::size_t i = 0; i < lines.size() / 2; ++i) same += lines[i].size() + 1;
  same += lines[lines.size() / 2].size();
  const auto one = make(), two = make();
  const auto left = show(*one, world, lines), right = show(*two, world, other);
  return std::equal(left.begin(), left.begin() + static_cast<std::ptrdiff_t>(same), right.begin());
}

bool reads_once(const Maker& make, const ClosedWorld& world, const Lines& lines) {
  std::size_t units = 0;
  for (const auto& line : lines) units += line.size() + 1;
  const auto one = make();
  const auto first = show(*one, world, lines);
  const auto two = make();
  const auto second = show(*two, world, lines);
  return first.size() == units && first == second &&
         std::all_of(first.begin(), first.end(), [](double bits) { return std::isfinite(bits) && bits >= 0; });
}

double hidden_bytes(const Maker& make, const ClosedWorld& world, const Lines& lines) {
  const auto learner = make();
  const auto saved = static_cast<double>(learner->save().size());
  const auto reported = static_cast<double>(learner->state().state_bytes);
  show(*learner, world, lines);
  const double grew = static_cast<double>(learner->save().size()) - saved;
  const double said = static_cast<double>(learner->state().state_bytes) - reported;
  return grew < 64 ? 0 : std::max(0.0, 1 - said / grew);  // a few bytes are numbers that became longer
}

double earned(const Maker& make, const ClosedWorld& world, const Lines& lines) {
  const auto learner = make();
  const auto bits = show(*learner, world, lines);
  double own = std::accumulate(bits.begin(), bits.end(), 0.0), untaught = 0;
  for (const auto& line : lines) {
    for (const std::size_t word : line) untaught -= std::log2(world.probability(word));
    untaught -= std::log2(world.probability(ClosedWorld::kEnd));
  }
  return 1 - own / untaught;
}

double resume_error(const Maker& make, const std::vector<std::string>& texts) {
  const auto whole = make();
  const std::size_t half = texts.size() / 2;
  for (std::size_t i = 0; i < half; ++i) {
    whole->experience(Text{texts[i], nullptr});
    whole->think(4);
  }
  const auto resumed = make();
  resumed->load(whole->save());
  double worst = 0;
  for (std::size_t i = half; i < texts.size(); ++i) {
    const auto one = std::get<Bits>(whole->experience(Text{texts[i], nullptr})).units;
    const auto two = std::get<Bits>(resumed->experience(Text{texts[i], nullptr})).units;
    if (one.size() != two.size()) return 1e9;
    for (std::size_t u = 0; u < one.size(); ++u) worst = std::max(worst, std::abs(one[u] - two[u]));
    whole->think(4);
    resumed->think(4);
  }
  return worst;
}

}  // namespace noema::tests
