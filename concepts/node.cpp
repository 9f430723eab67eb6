#include "concepts/node.h"

#include <fmt/format.h>

#include <optional>

#include "base/error.h"

namespace noema::concepts {
namespace {

/// The first kind of the variant that the record describes, loaded.
template <std::size_t I = 0>
std::optional<NodeKind> load_kind(const NodeRecord& record) {
  if constexpr (I == std::variant_size_v<NodeKind>) {
    return std::nullopt;
  } else {
    using K = std::variant_alternative_t<I, NodeKind>;
    return K::describes(record) ? std::optional<NodeKind>(K::load(record)) : load_kind<I + 1>(record);
  }
}

template <typename N>
auto followers_in_kind(N& node) {
  return std::visit(
      [](auto& kind) {
        using Result = std::conditional_t<std::is_const_v<N>, const Followers*, Followers*>;
        if constexpr (requires { kind.followers; })
          return Result(&kind.followers);
        else
          return Result(nullptr);
      },
      node.kind);
}

}  // namespace

Traits traits_of(const Node& node) {
  return std::visit(
      []<typename K>(const K&) {
        return Traits{K::kMayMerge, K::kMayBePart, K::kMayBeFixed, K::kMayMove};
      },
      node.kind);
}

std::string_view name_of(const Node& node) {
  return std::visit([]<typename K>(const K&) { return K::kName; }, node.kind);
}

std::vector<ConceptId> named_by(const Node& node) {
  return std::visit([](const auto& kind) { return kind.named(); }, node.kind);
}

std::vector<ConceptId> parts_of(const Node& node) {
  return std::visit([](const auto& kind) { return kind.parts(); }, node.kind);
}

std::vector<ConceptId> companions_of(const Node& node) {
  return std::visit([](const auto& kind) { return kind.companions(); }, node.kind);
}

const std::vector<ConceptId>& category_members(const Node& node) {
  static const std::vector<ConceptId> kNone;
  const Category* category = node.as<Category>();
  return category ? category->members : kNone;
}

const Followers* followers_in(const Node& node) { return followers_in_kind(node); }
Followers* followers_in(Node& node) { return followers_in_kind(node); }

std::uint64_t held_by(const Node& node) {
  return std::visit([](const auto& kind) { return kind.content_bytes(); }, node.kind) +
         (node.forms.size() + node.wholes.size()) * sizeof(ConceptId);
}

Node node_of(const NodeRecord& record) {
  const auto kind = load_kind(record);
  if (!kind)
    throw base::Error(fmt::format("concept {} of the checkpoint is a '{}', which no kind of node is; run `noema check`",
                                  record.id, record.kind));
  Node node;
  node.kind = *kind;
  node.active = record.details.value("active", true);
  node.is_protected = record.details.value("protected", false);
  node.category = record.details.value("category", ConceptId{0});
  node.redirect = record.redirect == 0 ? record.id : record.redirect;
  node.made_by = record.made_by;
  return node;
}

}  // namespace noema::concepts
