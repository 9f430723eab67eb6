#include "reasoning/thoughts/withdraw.h"

#include <fmt/format.h>

#include "base/error.h"

namespace noema::reasoning::thoughts {

using concepts::Graph;

namespace {

class Withdraw final : public ThoughtKind {
 public:
  std::string_view name() const override { return "withdraw"; }
  std::string_view help() const override {
    return "Take back an input on a person's word: what it told is no longer known.";
  }
  std::string_view fields() const override { return "input: its number"; }

  std::optional<Weighed> weigh(const Graph&, const Operands&) const override { return Weighed{}; }
  bool is_decided_by_description() const override { return false; }
  bool changes_graph() const override { return false; }

  void settle(const Graph&, Thought&) const override {}
  void apply(Graph&, const Thought&, const Past&) const override {}
  void undo(Graph&, const Thought&, const Past&) const override {}

  std::vector<ConceptRole> concepts(const Graph&, const Thought&) const override { return {}; }
  Footing footing(const Graph&, const Thought&) const override { return {}; }

  std::string tell(const Thought& thought, const Labels&) const override {
    return fmt::format("input {}", withdrawn_in(thought.operands));
  }
};

}  // namespace

const ThoughtKind& withdraw() {
  static const Withdraw kKind;
  return kKind;
}

Operands withdraw_of(std::int64_t input) { return {{"input", input}}; }

std::int64_t withdrawn_in(const Operands& operands) {
  const auto input = operands.find("input");
  if (input == operands.end() || !input->is_number_integer())
    throw base::Error("a withdrawal in the log names no input; run `noema check`");
  return input->get<std::int64_t>();
}

}  // namespace noema::reasoning::thoughts
