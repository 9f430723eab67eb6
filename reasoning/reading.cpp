#include "reasoning/reading.h"

#include <algorithm>
#include <cmath>

#include "base/clock.h"
#include "transformer/kernels.h"

namespace noema::reasoning {

using transformer::Position;
using transformer::Token;

namespace {

/// O(tokens).
Spread spread_of(std::span<const float> probabilities) {
  Spread spread;
  for (const float p : probabilities) spread.mass[Spread::step_of(p)] += p;
  return spread;
}

}  // namespace

std::vector<std::string> identities_of(const std::vector<UnitReading>& line) {
  std::vector<std::string> identities;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) identities.push_back(line[i].identity);
  return identities;
}

void read_with(transformer::PredictiveCopy& copy, std::vector<UnitReading>& line, bool learn) {
  std::vector<transformer::PredictiveCopy::Unit> units;
  units.reserve(line.size());
  for (const UnitReading& unit : line) units.push_back(unit.tokens);
  const std::vector<double> nats = copy.read(units, learn);
  for (std::size_t i = 0; i < line.size(); ++i) line[i].learned_nats = nats[i];
}

Reader::Reader(const transformer::Model& model) : model_(model), decoder_(model) {}

const Reader::Surface& Reader::surface(const std::string& text) {
  if (const auto found = young_.find(text); found != young_.end()) return found->second;
  if (young_.size() >= kGeneration) begin_generation();
  const auto entry = young_.try_emplace(text).first;
  if (const auto found = old_.find(text); found != old_.end()) {
    entry->second = std::move(found->second);
    old_.erase(found);
    return entry->second;
  }
  entry->second.id = next_id_++;
  entry->second.tokens = model_.tokenizer().encode(text);
  entry->second.identity = base::identity_of(text);
  return entry->second;
}

/// Drops the older spellings.
void Reader::begin_generation() {
  for (const auto& entry : old_) {
    const Surface& known = entry.second;
    const auto writings = writings_.find(known.identity);
    if (writings == writings_.end()) continue;
    std::erase_if(writings->second, [&](const auto& writing) { return writing.first == known.id; });
    if (writings->second.empty()) writings_.erase(writings);
  }
  old_ = std::move(young_);
  young_.clear();
}

void Reader::know(const std::string& text) {
  const Surface& known = surface(text);
  auto& writings = writings_[known.identity];
  const auto same = [&](const auto& writing) { return writing.first == known.id; };
  if (std::none_of(writings.begin(), writings.end(), same)) writings.emplace_back(known.id, known.tokens.front());
}

nlohmann::json Reader::state() const {
  nlohmann::json surfaces = nlohmann::json::array(), writings = nlohmann::json::object();
  for (const auto* generation : {&old_, &young_})
    for (const auto& [text, known] : *generation) surfaces.push_back({text, known.id, generation == &young_});
  for (const auto& [identity, known] : writings_)
    for (const auto& [id, token] : known) writings[identity].push_back({id, token});
  return {{"window", decoder_.window()}, {"surfaces", surfaces}, {"writings", writings}, {"next", next_id_}};
}

bool Reader::restore(const nlohmann::json& state) {
  if (!state.is_object() || !state.contains("window") || !state.contains("surfaces") || !state.contains("writings"))
    return false;
  young_.clear();
  old_.clear();
  for (const auto& surface : state["surfaces"]) {
    const auto text = surface.at(0).get<std::string>();
    (surface.at(2).get<bool>() ? young_ : old_)[text] = {surface.at(1).get<std::uint32_t>(),
                                                         model_.tokenizer().encode(text), base::identity_of(text)};
  }
  writings_ = state["writings"].get<decltype(writings_)>();
  next_id_ = state.value("next", 0U);
  decoder_.reset();
  decoder_.append(state["window"].get<std::vector<Token>>());
  return true;
}

std::vector<UnitReading> Reader::split(const std::string& line) {
  std::vector<UnitReading> units;
  for (const base::Unit& unit : segmenter_.split(line)) {
    UnitReading reading;
    reading.surface = base::surface_of(line, unit);
    const Surface& known = surface(reading.surface);
    reading.surface_id = known.id;
    reading.identity = known.identity;
    reading.tokens = known.tokens;
    units.push_back(std::move(reading));
  }
  return units;
}

std::vector<UnitReading> Reader::read(const std::string& line) {
  std::vector<UnitReading> units = split(line);
  std::vector<Token> tokens;
  std::vector<std::size_t> first_token;  // of each unit
  for (const UnitReading& unit : units) {
    first_token.push_back(tokens.size());
    tokens.insert(tokens.end(), unit.tokens.begin(), unit.tokens.end());
  }

  // A unit's probability is that of its tokens, the first among tokens that begin a unit, and of the next beginning
  // another.
  const base::Stopwatch watch;
  const auto begin_end = static_cast<std::size_t>(model_.tokenizer().begin_end());
  std::size_t current = 0;  // unit the token belongs to
  decoder_.append(tokens, [&](std::size_t i, const Position& position) {
    const bool begins = current < first_token.size() && first_token[current] == i;
    if (begins) {
      if (current > 0) units[current - 1].nats -= position.log_begin;
      UnitReading& unit = units[current];
      unit.nats += position.log_begin;
      const auto first = position.log_probabilities.first(begin_end);
      unit.peak = *std::max_element(first.begin(), first.end());
      probabilities_.assign(first.begin(), first.end());
      transformer::softmax(probabilities_.data(), probabilities_.size(), 1);
      unit.first_probability = probabilities_[static_cast<std::size_t>(tokens[i])];
      unit.spread = spread_of(probabilities_);
      const float length =
          std::sqrt(transformer::dot(position.hidden.data(), position.hidden.data(), position.hidden.size()));
      unit.hidden.assign(position.hidden.begin(), position.hidden.end());
      transformer::multiply(unit.hidden.data(), unit.hidden.size(), 1.0F / std::max(length, 1e-20F));
      double known = 0;
      double own = 0;
      for (const auto& [id, token] : writings_[unit.identity]) {
        const double weight = std::exp(double{position.log_probabilities[static_cast<std::size_t>(token)]});
        known += weight;
        if (id == unit.surface_id) own = weight;
      }
      unit.writing_share = known > 0 ? own / known : 0;
      know(unit.surface);
      ++current;
    }
    units[current - 1].nats -= position.log_probabilities[static_cast<std::size_t>(tokens[i])];
  });
  units.back().nats -= decoder_.position().log_begin;
  seconds_ += watch.seconds();
  return units;
}

}  // namespace noema::reasoning
