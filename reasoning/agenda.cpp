#include "reasoning/agenda.h"

#include <array>

#include "base/error.h"
#include "reasoning/thoughts/divide.h"
#include "reasoning/thoughts/registry.h"

namespace noema::reasoning {

using concepts::ConceptId;
using nlohmann::json;

bool Agenda::Order::operator()(const Suggestion& x, const Suggestion& y) const {
  if (x.priority != y.priority) return x.priority > y.priority;
  return std::tuple(rank_of(*x.kind), x.subject, x.partner) < std::tuple(rank_of(*y.kind), y.subject, y.partner);
}

void Agenda::suggest(const Suggestion& suggestion) {
  const std::scoped_lock lock(mutex_);
  if (!allowed_[*suggestion.kind]) return;
  const auto [known, fresh] =
      priorities_.try_emplace({suggestion.kind, suggestion.subject, suggestion.partner}, suggestion.priority);
  if (!fresh) {
    suggestions_.erase({suggestion.kind, suggestion.subject, suggestion.partner, known->second});
    known->second = suggestion.priority;
  }
  suggestions_.insert(suggestion);
  if (suggestions_.size() <= most_) return;
  const auto last = std::prev(suggestions_.end());
  priorities_.erase({last->kind, last->subject, last->partner});
  suggestions_.erase(last);
}

Agenda::Taken Agenda::take(std::size_t most) {
  const std::scoped_lock lock(mutex_);
  std::vector<Suggestion> batch;
  while (batch.size() < most && !suggestions_.empty()) {
    batch.push_back(*suggestions_.begin());
    priorities_.erase({batch.back().kind, batch.back().subject, batch.back().partner});
    suggestions_.erase(suggestions_.begin());
  }
  taken_since_anchor_ += batch.size();
  return {std::move(batch), taken_since_anchor_};
}

void Agenda::set_anchor() {
  const std::scoped_lock lock(mutex_);
  taken_since_anchor_ = 0;
}

std::uint64_t Agenda::taken_since_anchor() const {
  const std::scoped_lock lock(mutex_);
  return taken_since_anchor_;
}

std::size_t Agenda::size() const {
  const std::scoped_lock lock(mutex_);
  return suggestions_.size();
}

std::vector<Suggestion> Agenda::suggestions() const {
  const std::scoped_lock lock(mutex_);
  return {suggestions_.begin(), suggestions_.end()};
}

std::string Agenda::state() const {
  auto rows = json::array();
  for (const Suggestion& suggestion : suggestions())
    rows.push_back({suggestion.kind->name(), suggestion.subject, suggestion.partner, suggestion.priority});
  const auto bytes = json::to_cbor(rows);
  return {bytes.begin(), bytes.end()};
}

namespace {

/// A row of format 1, which kept kinds by number and told three questions of one kind apart by its second operand.
std::optional<Suggestion> suggestion_of_format1(const json& row) {
  constexpr std::array<std::string_view, 7> kKinds{"estimate", "compose", "merge",   "split",
                                                   "join",     "relate",  "dissolve"};
  const auto number = row.at(0).get<std::int64_t>();
  if (number < 0 || number >= static_cast<std::int64_t>(kKinds.size())) return std::nullopt;
  std::string_view name = kKinds[static_cast<std::size_t>(number)];
  Suggestion suggestion{nullptr, row.at(1).get<ConceptId>(), row.at(2).get<ConceptId>(), row.at(3).get<double>()};
  if (name == "join" && suggestion.partner != 0) {
    name = "divide";
    if (suggestion.partner == 2) suggestion.subject = thoughts::kTopmostCategories;
  }
  if (name != "compose") suggestion.partner = 0;
  suggestion.kind = find_kind(name);
  return suggestion;
}

std::optional<Suggestion> suggestion_of(const json& row) {
  if (row.at(0).is_number_integer()) return suggestion_of_format1(row);
  return Suggestion{find_kind(row.at(0).get<std::string>()), row.at(1).get<ConceptId>(), row.at(2).get<ConceptId>(),
                    row.at(3).get<double>()};
}

}  // namespace

void Agenda::restore(std::string_view state) {
  {
    const std::scoped_lock lock(mutex_);
    suggestions_.clear();
    priorities_.clear();
  }
  if (state.empty()) return;
  try {
    for (const json& row : json::from_cbor(state.begin(), state.end())) {
      const auto suggestion = suggestion_of(row);
      if (suggestion && suggestion->kind) suggest(*suggestion);
    }
  } catch (const json::exception&) {
    throw base::Error("the agenda kept in the life is damaged; run `noema check`");
  }
}

}  // namespace noema::reasoning
