#include "reasoning/thoughts/estimate.h"

#include <fmt/format.h>

#include "reasoning/agenda.h"
#include "reasoning/thoughts/divide.h"

namespace noema::reasoning::thoughts {

using concepts::Concentrations;
using concepts::Graph;

namespace {

constexpr double kFirst = 1e9;          // priority: concentrations come before everything that is weighed under them
constexpr double kMinStepGainBits = 1;  // a step of one concentration must gain more

/// A coordinate search from the present concentrations, one after another over its whole range, until no step gains.
class Search {
 public:
  explicit Search(const Graph& graph) : graph_(graph), best_(graph.sequence().concentrations()) {}

  std::optional<Thought> run() {
    for (bool moved = true; moved;) {
      moved = false;
      for (const auto discount : {&Concentrations::row_discount, &Concentrations::category_discount,
                                  &Concentrations::member_discount, &Concentrations::rest_discount})
        moved |= along(discount, 1, Concentrations::kMaxDiscount);
      for (const auto strength : {&Concentrations::row_strength, &Concentrations::category_strength,
                                  &Concentrations::member_strength, &Concentrations::rest_strength})
        moved |= along(strength, Concentrations::kMinStrength, Concentrations::kMaxStrength);
    }
    if (best_ == graph_.sequence().concentrations()) return std::nullopt;
    Thought thought;
    thought.kind = &estimate();
    thought.operands = fields_of(best_);
    thought.gain_bits = gain_;
    thought.examined = examined_;
    return thought;
  }

 private:
  bool along(std::int32_t Concentrations::*member, std::int32_t low, std::int32_t high) {
    bool moved = false;
    for (const std::int32_t step : {4, -4, 1, -1}) {
      for (;;) {
        Concentrations next = best_;
        next.*member += step;
        if (next.*member < low || next.*member > high) break;
        ++examined_;
        const double gain = concentrations_gain(graph_, next);
        if (gain <= gain_ + kMinStepGainBits) break;
        best_ = next;
        gain_ = gain;
        moved = true;
      }
    }
    return moved;
  }

  const Graph& graph_;
  Concentrations best_;
  double gain_ = 0;
  std::size_t examined_ = 1;
};

class Estimate final : public ThoughtKind {
 public:
  std::string_view name() const override { return "estimate"; }
  std::string_view help() const override { return "Choose the concentrations of the code of L anew, from the counts."; }
  std::string_view fields() const override {
    return "row_, rest_, category_ and member_discount and _strength: the new concentrations";
  }

  void notice(const NoticedEpisode& episode, const Milestones& milestones, Agenda& agenda) const override {
    if (episode.passed(milestones.estimate)) agenda.suggest({this, 0, 0, kFirst});
  }
  void notice(const Graph&, const Thought& thought, const Milestones&, const KindSet&, Agenda& agenda) const override {
    if (thought.kind == &divide()) agenda.suggest({this, 0, 0, kFirst});
  }

  std::optional<Thought> examine(const Graph& graph, const Suggestion&, const KindSet&) const override {
    return Search(graph).run();
  }
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    return Weighed{concentrations_gain(graph, concepts::concentrations_in(operands)), {}};
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.before = fields_of(graph.sequence().concentrations());
  }
  void apply(Graph& graph, const Thought& thought, const Past&) const override {
    graph.set_concentrations(concepts::concentrations_in(thought.operands));
  }
  void undo(Graph& graph, const Thought& thought, const Past&) const override {
    graph.set_concentrations(concepts::concentrations_in(thought.before));
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought&) const override { return {}; }
  Footing footing(const Graph&, const Thought&) const override { return {{{Facet::Of::kConcentrations, 0}}, {}, {}}; }

  std::string tell(const Thought& thought, const Labels&) const override {
    std::string told;
    for (const concepts::ConcentrationField& field : concepts::kConcentrationFields)
      if (thought.operands.value(field.name, 0) != thought.before.value(field.name, 0))
        told += fmt::format("{}{} {} -> {}", told.empty() ? "" : ", ", field.name, thought.before.value(field.name, 0),
                            thought.operands.value(field.name, 0));
    return told.empty() ? "concentrations" : told;
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    Concentrations drawn = graph.sequence().concentrations();
    drawn.row_discount = 1 + static_cast<std::int32_t>(rng.below(Concentrations::kMaxDiscount));
    drawn.member_strength = static_cast<std::int32_t>(rng.below(Concentrations::kMaxStrength));
    return fields_of(drawn);
  }
};

}  // namespace

const ThoughtKind& estimate() {
  static const Estimate kKind;
  return kKind;
}

}  // namespace noema::reasoning::thoughts
