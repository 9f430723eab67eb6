#include "reasoning/thoughts/let_go.h"

#include <fmt/format.h>

#include "base/error.h"
#include "reasoning/thoughts/footing.h"

namespace noema::reasoning::thoughts {

using concepts::ConceptId;
using concepts::Faded;
using concepts::Graph;

namespace {

Operands before_of(const concepts::Forgetting& forgetting) {
  auto faded = nlohmann::json::array();
  for (const Faded& one : forgetting.faded)
    faded.push_back({{"id", one.id}, {"label", one.label}, {"redirect", one.redirect}, {"category", one.category}});
  return {{"faded", std::move(faded)}};
}

class LetGo final : public ThoughtKind {
 public:
  std::string_view name() const override { return "let_go"; }
  std::string_view help() const override {
    return "Let go of the oldest inputs, and of the words that only they mentioned, to keep within the budget.";
  }
  std::string_view fields() const override { return "first, until: inputs first + 1 to until go"; }

  /// Nothing became shorter to say: data went away.
  std::optional<Weighed> weigh(const Graph& graph, const Operands& operands) const override {
    const ConceptId until = id_in(operands, "until");
    if (until < graph.stream().first_episode() || until > graph.stream().episodes()) return std::nullopt;
    return Weighed{};
  }

  void settle(const Graph& graph, Thought& thought) const override {
    thought.before = before_of(graph.forgetting(id_in(thought.operands, "until")));
  }
  void apply(Graph& graph, const Thought& thought, const Past& past) const override {
    graph.forget(graph.forgetting(id_in(thought.operands, "until")), past);
  }
  void undo(Graph& graph, const Thought& thought, const Past& past) const override {
    graph.readmit(id_in(thought.operands, "first"), faded_in(thought), past);
  }

  std::vector<ConceptRole> concepts(const Graph&, const Thought& thought) const override {
    std::vector<ConceptRole> roles;
    for (const Faded& one : faded_in(thought)) roles.push_back({one.id, Role::kNeeds});
    return roles;
  }
  Footing footing(const Graph&, const Thought& thought) const override {
    Footing footing{{{Facet::Of::kInputs, 0}}, {}, {}};
    for (const Faded& one : faded_in(thought)) {
      footing.changes.push_back(existence_of(one.id));
      if (one.redirect != one.id) footing.undo_relies_on.push_back(existence_of(one.redirect));
      if (one.category != 0) footing.undo_relies_on.push_back(existence_of(one.category));
    }
    return footing;
  }

  std::string tell(const Thought& thought, const Labels&) const override {
    return fmt::format("inputs {} to {}", id_in(thought.operands, "first") + 1, id_in(thought.operands, "until"));
  }

  std::optional<Operands> draw(const Graph& graph, base::Rng& rng) const override {
    const auto& stream = graph.stream();
    if (stream.attached_episodes() < 2 || rng.uniform() < 0.8) return std::nullopt;
    const std::uint32_t first = stream.first_episode();
    return Operands{{"first", first}, {"until", first + 1 + rng.below(2)}};
  }
};

}  // namespace

const ThoughtKind& let_go() {
  static const LetGo kKind;
  return kKind;
}

Thought letting_go_of(const Graph& graph, const concepts::Forgetting& forgetting) {
  Thought thought;
  thought.kind = &let_go();
  thought.operands = {{"first", graph.stream().first_episode()}, {"until", forgetting.episode}};
  thought.before = before_of(forgetting);
  return thought;
}

std::vector<Faded> faded_in(const Thought& thought) {
  std::vector<Faded> faded;
  try {
    for (const auto& one : thought.before.at("faded"))
      faded.push_back({one.at("id").get<ConceptId>(), one.at("label").get<std::string>(),
                       one.at("redirect").get<ConceptId>(), one.at("category").get<ConceptId>()});
  } catch (const nlohmann::json::exception&) {
    throw base::Error("a thought of the journal does not say what faded with the inputs; run `noema check`");
  }
  return faded;
}

}  // namespace noema::reasoning::thoughts
