#include "reasoning/thought.h"

#include <fmt/format.h>

#include <bit>

#include "base/error.h"

namespace noema::reasoning {

using concepts::ConceptId;

KindSet KindSet::without(std::string_view kind) const {
  KindSet set = *this;
  set.left_out_.emplace(kind);
  return set;
}

bool KindSet::operator[](const ThoughtKind& kind) const { return !left_out_.contains(kind.name()); }

std::string_view name_of(Role role) {
  switch (role) {
    case Role::kAbout: return "about";
    case Role::kMade: return "made";
    case Role::kNeeds: break;
  }
  return "needs";
}

bool is_milestone(std::uint64_t count, std::uint64_t first) {
  return count >= first && count % first == 0 && std::has_single_bit(count / first);
}

bool NoticedEpisode::passed(std::uint32_t first) const {
  return mentions >= first && std::bit_width(mentions / first) != std::bit_width(mentions_before / first);
}

std::optional<Thought> weighed(const concepts::Graph& graph, const ThoughtKind& kind, Operands operands) {
  auto found = kind.weigh(graph, operands);
  if (!found) return std::nullopt;
  Thought thought;
  thought.kind = &kind;
  thought.operands = std::move(operands);
  thought.gain_bits = found->gain_bits;
  thought.occurrences = std::move(found->occurrences);
  return thought;
}

std::optional<Thought> weighed_again(const concepts::Graph& graph, const Thought& thought) {
  auto now = weighed(graph, *thought.kind, thought.operands);
  if (now) now->examined = thought.examined;
  return now;
}

namespace {

[[noreturn]] void refuse(const Operands& operands, const char* field, std::string_view expected) {
  throw base::Error(fmt::format("a thought's operands {} have no field \"{}\" that is {}; run `noema check`",
                                operands.dump(-1, ' ', false, Operands::error_handler_t::replace), field, expected));
}

bool is_id(const Operands& value) { return value.is_number_unsigned() && value.get<std::uint64_t>() <= 0xFFFFFFFFU; }

}  // namespace

ConceptId id_in(const Operands& operands, const char* field) {
  const auto found = operands.find(field);
  if (found == operands.end() || !is_id(*found)) refuse(operands, field, "a concept");
  return found->get<ConceptId>();
}

ConceptId id_in_or(const Operands& operands, const char* field, ConceptId otherwise) {
  return operands.contains(field) ? id_in(operands, field) : otherwise;
}

std::vector<ConceptId> ids_in(const Operands& operands, const char* field) {
  const auto found = operands.find(field);
  if (found == operands.end() || !found->is_array()) refuse(operands, field, "a list of concepts");
  std::vector<ConceptId> ids;
  ids.reserve(found->size());
  for (const auto& one : *found) {
    if (!is_id(one)) refuse(operands, field, "a list of concepts");
    ids.push_back(one.get<ConceptId>());
  }
  return ids;
}

}  // namespace noema::reasoning
