#include "concepts/names/naming.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/error.h"
#include "base/numbers.h"

namespace noema::concepts::names {

using nlohmann::json;

std::array<double, kAspects> Naming::even_weights() {
  std::array<double, kAspects> weights{};
  weights.fill(base::exact_log(0.1));
  return weights;
}

double Naming::weight(Aspect aspect) const { return std::exp(log_weights_[static_cast<std::size_t>(aspect)]); }

/// Whether members of the class can be compared with what looks so: not a text with a class of images alone.
bool Naming::may_be(ClassId id, const Looks& looks) const {
  if (classes_[id].members == 0) return false;
  for (std::size_t aspect = 0; aspect < kAspects; ++aspect)
    if (!looks.parts[aspect].empty() && shapes_[aspect].has(id)) return true;
  return false;
}

Naming::Opinions Naming::opinions(const Looks& looks) const {
  Opinions opinions;
  std::vector<double>& shares = opinions.shares;
  shares.assign(classes_.size() + 1, 0);
  for (std::size_t aspect = 0; aspect < kAspects; ++aspect) {
    std::vector<double>& ratios = opinions.ratios[aspect];
    ratios.assign(classes_.size(), 0);
    shapes_[aspect].weigh(looks.parts[aspect], ratios);
    const double weight = std::exp(log_weights_[aspect]);
    for (std::size_t id = 0; id < ratios.size(); ++id) shares[id] += weight * ratios[id];
  }
  shares.back() = log_untold_;
  for (std::size_t id = 0; id < classes_.size(); ++id)
    if (!may_be(static_cast<ClassId>(id), looks)) shares[id] = -std::numeric_limits<double>::infinity();
  const double most = *std::max_element(shares.begin(), shares.end());
  double all = 0;
  for (double& share : shares) all += share = std::exp(share - most);
  for (double& share : shares) share /= all;
  return opinions;
}

Named Naming::name(const Looks& looks) const {
  bool is_met = false;  // nothing speaks for a class where no part was ever met
  for (std::size_t aspect = 0; aspect < kAspects && !is_met; ++aspect)
    is_met = shapes_[aspect].has_met(looks.parts[aspect]);
  if (!is_met) return {};
  const std::vector<double> shares = opinions(looks).shares;
  Named named;
  named.unknown = shares.back();
  std::optional<std::size_t> first, second;
  for (std::size_t id = 0; id < classes_.size(); ++id) {
    if (!may_be(static_cast<ClassId>(id), looks)) continue;
    if (!first || shares[id] > shares[*first]) {
      second = first;
      first = id;
    } else if (!second || shares[id] > shares[*second]) {
      second = id;
    }
  }
  if (second) named.runner_up = classes_[*second].label;
  if (!first) return named;
  named.best = classes_[*first].label;
  named.confidence = shares[*first];
  if (named.confidence >= named.unknown) named.label = named.best;
  return named;
}

void Naming::learn(const std::string& label, const Looks& looks) {
  const auto [entry, is_new] = ids_.emplace(label, static_cast<ClassId>(classes_.size()));
  const ClassId id = entry->second;
  const bool was_known = !is_new && may_be(id, looks);
  move_weights(opinions(looks), was_known ? std::optional(id) : std::nullopt);
  if (is_new) classes_.push_back({label, 0});
  ++classes_[id].members;
  for (std::size_t aspect = 0; aspect < kAspects; ++aspect) shapes_[aspect].add(id, looks.parts[aspect]);
}

/// One step down the gradient of -ln P(truth), each coordinate by its own scale (AdaGrad, Duchi et al. 2011). Weights
/// move by their logarithms, so they stay positive.
void Naming::move_weights(const Opinions& opinions, std::optional<ClassId> truth) {
  constexpr double kRate = 0.2;        // of a weight, in nats
  constexpr double kUntoldRate = 0.5;  // of the untold class, in nats
  const auto& shares = opinions.shares;
  const double share = truth ? shares[*truth] : shares.back();
  nats_ -= base::exact_log(std::max(share, 1e-300));
  const auto step = [&](std::size_t at, double gradient, double rate) {
    squares_[at] += gradient * gradient;
    return squares_[at] > 0 ? rate * gradient / std::sqrt(squares_[at]) : 0.0;
  };
  for (std::size_t aspect = 0; aspect < kAspects; ++aspect) {
    const auto& ratios = opinions.ratios[aspect];
    double gradient = truth ? -ratios[*truth] : 0.0;
    for (std::size_t id = 0; id < ratios.size(); ++id) gradient += shares[id] * ratios[id];
    log_weights_[aspect] -= step(aspect, gradient * std::exp(log_weights_[aspect]), kRate);
  }
  log_untold_ -= step(kAspects, shares.back() - (truth ? 0.0 : 1.0), kUntoldRate);
}

void Naming::forget(const std::string& label, const Looks& looks) {
  const auto found = ids_.find(label);
  base::check(found != ids_.end() && classes_[found->second].members > 0,
              "Naming: a member is taken out of a class that has none");
  --classes_[found->second].members;
  for (std::size_t aspect = 0; aspect < kAspects; ++aspect) shapes_[aspect].remove(found->second, looks.parts[aspect]);
}

std::uint64_t Naming::bytes() const {
  std::uint64_t bytes = sizeof(Naming);
  for (const Shapes& shapes : shapes_) bytes += shapes.bytes();
  for (const Class& one : classes_) bytes += 2 * (sizeof(Class) + one.label.size()) + sizeof(ClassId);
  return bytes;
}

json Naming::save() const {
  json classes = json::array(), aspects = json::object();
  for (const Class& one : classes_) classes.push_back({one.label, one.members});
  for (std::size_t i = 0; i < kAspects; ++i)
    aspects[std::string(name_of(static_cast<Aspect>(i)))] = {
        {"shapes", shapes_[i].save()}, {"log_weight", log_weights_[i]}, {"squares", squares_[i]}};
  return {{"classes", classes},
          {"aspects", aspects},
          {"log_untold", log_untold_},
          {"squares_untold", squares_[kAspects]},
          {"nats", nats_}};
}

Naming Naming::load(const json& state) {
  Naming naming;
  for (const json& one : state.at("classes")) {
    naming.ids_[one.at(0).get<std::string>()] = static_cast<ClassId>(naming.classes_.size());
    naming.classes_.push_back({one.at(0).get<std::string>(), one.at(1).get<std::uint64_t>()});
  }
  for (std::size_t i = 0; i < kAspects; ++i) {
    const json& aspect = state.at("aspects").at(std::string(name_of(static_cast<Aspect>(i))));
    naming.shapes_[i] = Shapes::load(aspect.at("shapes"));
    naming.log_weights_[i] = aspect.at("log_weight");
    naming.squares_[i] = aspect.at("squares");
  }
  naming.log_untold_ = state.at("log_untold");
  naming.squares_[kAspects] = state.at("squares_untold");
  naming.nats_ = state.at("nats");
  return naming;
}

}  // namespace noema::concepts::names
