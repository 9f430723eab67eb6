// The state of a predictive copy as bytes, its snapshots and its hash.

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "base/error.h"
#include "base/hash.h"
#include "transformer/buffers.h"
#include "transformer/container.h"
#include "transformer/finite.h"
#include "transformer/predictive_copy.h"
#include "transformer/segment_reading.h"

namespace noema::transformer {

using nlohmann::json;
using Unit = Composites::Unit;

namespace {

constexpr std::string_view kStateName = "the state of a predictive copy";

void hash_tokens(base::Sha256& hash, const std::vector<Token>& tokens) {
  hash.text({reinterpret_cast<const char*>(tokens.data()), tokens.size() * sizeof(Token)});
}

json as_json(const std::vector<UnitVectors::Writing>& writings) {
  json all = json::array();
  for (const UnitVectors::Writing& writing : writings) all.push_back({writing.row, writing.tokens});
  return all;
}

}  // namespace

void PredictiveCopy::restore(const Snapshot& snapshot) {
  if (snapshot.vectors != vectors()) take_in(snapshot.vectors);
  weights_ = snapshot.weights;
  anchor_ = snapshot.anchor;
  starts_ = snapshot.starts;
  composites_ = snapshot.composites;
  updates_ = snapshot.updates;
  if (mean_squares_.size() > weights_.size()) mean_squares_.resize(weights_.size());
  inside_.clear();
  stale_ = true;
}

std::string PredictiveCopy::hash() const {
  if (model_hash_.empty()) model_hash_ = model_.hash();
  base::Sha256 hash;
  hash.text(model_hash_);
  hash.text({reinterpret_cast<const char*>(weights_.data()), weights_.size() * sizeof(float)});
  for (int c = 0; c < composites_.size(); ++c) {
    hash.integer(static_cast<std::int64_t>(composites_.units(c).size()));
    for (const Unit& unit : composites_.units(c)) hash_tokens(hash, unit);
  }
  if (const auto& known = vectors()) {
    hash.text({reinterpret_cast<const char*>(known->vectors().data()), known->vectors().size() * sizeof(float)});
    hash.text({reinterpret_cast<const char*>(known->telling().data()), known->telling().size() * sizeof(float)});
    for (const UnitVectors::Writing& writing : known->writings()) {
      hash.integer(std::int64_t{writing.row});
      hash_tokens(hash, writing.tokens);
    }
  }
  return hash.hex();
}

std::string PredictiveCopy::state() const {
  if (model_hash_.empty()) model_hash_ = model_.hash();
  json composites = json::array(), inside = json::array();
  for (int c = 0; c < composites_.size(); ++c) composites.push_back(composites_.units(c));
  for (const auto& i : inside_.inside)
    inside.push_back({i.composite, i.next, std::bit_cast<std::uint64_t>(i.log_share)});
  const json header = {{"model", model_hash_},
                       {"rule", static_cast<int>(options_.rule)},
                       {"updates", updates_},
                       {"mean_count", mean_count_},
                       {"floor_square", std::bit_cast<std::uint32_t>(floor_square_)},
                       {"composites", composites},
                       {"inside", inside},
                       {"outside", std::bit_cast<std::uint64_t>(inside_.log_outside)},
                       {"window", std::vector<Token>(network_.tokens().begin(), network_.tokens().end())},
                       {"targets", std::vector<Token>(network_.targets().begin(), network_.targets().end())},
                       {"writings", vectors() ? as_json(vectors()->writings()) : json::array()},
                       {"inside_writing", trail_.memory().inside}};
  const std::span<const float> known = trail_.window();
  std::vector<float> unit_vectors, telling;
  if (vectors()) unit_vectors = vectors()->vectors(), telling = vectors()->telling();
  return pack({"copy",
               header,
               {},
               {{"weights", weights_},
                {"anchor", anchor_},
                {"starts", starts_},
                {"mean_squares", mean_squares_},
                {"unit_vectors", std::move(unit_vectors)},
                {"telling", std::move(telling)},
                {"topic", trail_.memory().topic},
                {"known", {known.begin(), known.end()}}}});
}

/// What of a state belongs to the vectors of units; a state from before there were any has none.
UnitTrail PredictiveCopy::trail_in(Container& container, std::size_t window) const {
  auto& arrays = container.arrays;
  if (arrays["unit_vectors"].empty()) return UnitTrail();
  std::vector<UnitVectors::Writing> writings;
  for (const auto& stored : container.header.at("writings")) {
    UnitVectors::Writing writing{stored.at(1).get<Unit>(), stored.at(0)};
    if (!reading::is_unit(writing.tokens, model_.tokenizer()))
      throw base::Error(fmt::format("{}: knows a unit that is none of its model's; take it from a backup", kStateName));
    writings.push_back(std::move(writing));
  }
  try {
    UnitTrail trail(std::make_shared<const UnitVectors>(model_.tokenizer().begin_end(), std::move(writings),
                                                        std::move(arrays["unit_vectors"]),
                                                        std::move(arrays["telling"])));
    base::check(arrays["known"].size() == window * trail.width(), "of each token of the window as much is known");
    trail.restore({container.header.at("inside_writing"), std::move(arrays["topic"])}, std::move(arrays["known"]));
    return trail;
  } catch (const base::Bug&) {
    throw base::Error(fmt::format("{}: its vectors of units do not fit each other; take it from a backup", kStateName));
  }
}

void PredictiveCopy::restore(std::string_view state) {
  Container container = unpack(state, "copy", kStateName);
  if (model_hash_.empty()) model_hash_ = model_.hash();
  const auto refuse = [](std::string_view why) { throw base::Error(fmt::format("{}: {}", kStateName, why)); };
  try {
    const json& header = container.header;
    if (header.at("model") != model_hash_)
      refuse(fmt::format("belongs to the model {}, expected {}; open it with its own model",
                         header.at("model").get<std::string>().substr(0, 12), model_hash_.substr(0, 12)));
    if (header.at("rule") != static_cast<int>(options_.rule))
      refuse("was made under another rule of online learning; give the one it was made with");
    Composites composites;
    for (const auto& stored : header.at("composites")) {
      auto units = stored.get<std::vector<Unit>>();
      if (units.size() < 2 || !std::all_of(units.begin(), units.end(), [&](const Unit& unit) {
            return reading::is_unit(unit, model_.tokenizer());
          }))
        refuse("holds a composite that is no units of its model's; take it from a backup");
      composites.add(std::move(units));
    }
    CompositeState inside;
    for (const auto& i : header.at("inside")) {
      const CompositeState::Inside one{i.at(0), i.at(1), std::bit_cast<double>(i.at(2).get<std::uint64_t>())};
      if (std::isnan(one.log_share) || one.composite < 0 || one.composite >= composites.size() ||
          one.next >= composites.units(one.composite).size())
        refuse("is inside a composite that is not there; take it from a backup");
      inside.inside.push_back(one);
    }
    inside.log_outside = std::bit_cast<double>(header.at("outside").get<std::uint64_t>());
    if (std::isnan(inside.log_outside)) refuse("is damaged: a share is not a number; take it from a backup");
    const auto window = header.at("window").get<std::vector<Token>>();
    const auto targets = header.at("targets").get<std::vector<Token>>();
    const Token tokens = model_.tokenizer().size();
    if (std::any_of(window.begin(), window.end(), [&](Token t) { return t < 0 || t >= tokens; }) ||
        std::any_of(targets.begin(), targets.end(), [&](Token t) { return t >= tokens || (t >= 0 && t < kSpecials); }))
      refuse("was reading tokens that its model does not have; take it from a backup");
    const std::uint64_t updates = header.at("updates"), mean_count = header.at("mean_count");
    const auto floor_square = std::bit_cast<float>(header.at("floor_square").get<std::uint32_t>());
    auto& arrays = container.arrays;
    for (const auto& [name, values] : arrays) require_finite(values, kStateName, name);
    UnitTrail trail = trail_in(container, window.size());
    const std::size_t further = SegmentNetwork::adapter(model_.shape(), static_cast<int>(trail.width())) +
                                size(composites.size()) * size(model_.width());
    const std::size_t expected = model_.shape().parameters() + further;
    const auto either = [&](const char* name) { return arrays[name].empty() || arrays[name].size() == expected; };
    if (arrays["weights"].size() != expected || arrays["starts"].size() != further || !either("anchor") ||
        arrays["mean_squares"].size() > expected || window.size() > size(model_.context()) || targets.empty() ||
        targets.size() > window.size())
      refuse(fmt::format("does not fit its model: expected {} weights, found {}; take it from a backup", expected,
                         arrays["weights"].size()));
    if (trail.width() != trail_.width()) network_ = reading::network_for(model_, trail);
    trail_ = std::move(trail);
    weights_ = std::move(arrays["weights"]);
    anchor_ = std::move(arrays["anchor"]);
    starts_ = std::move(arrays["starts"]);
    mean_squares_ = std::move(arrays["mean_squares"]);
    composites_ = std::move(composites);
    inside_ = std::move(inside);
    updates_ = updates;
    mean_count_ = mean_count;
    floor_square_ = floor_square;
    reread(window, targets);
  } catch (const json::exception&) {
    refuse("its header is damaged; take it from a backup");
  }
}

std::size_t PredictiveCopy::bytes() const {
  std::size_t floats = 0;
  for (const auto* v : {&weights_, &anchor_, &starts_, &gradient_, &mean_squares_}) floats += v->capacity();
  return floats * sizeof(float) + network_.bytes() + (vectors() ? vectors()->bytes() : 0);
}

}  // namespace noema::transformer
