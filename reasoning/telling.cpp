#include "reasoning/telling.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "memory/search_terms.h"
#include "reasoning/checkpoint.h"

namespace noema::reasoning {

using nlohmann::json;

namespace {

constexpr memory::Position kLeastLog = 4096;  // entries of a life that takes noticeable time to load
constexpr memory::Position kMostTail = 1024;  // entries behind the checkpoint: more are loaded and checkpointed

bool has_to_be_loaded(const memory::Life& life) {
  const auto after_inputs = life.state(kThinkAfterInputs);
  return life.last_position() < kLeastLog || life.last_position() - life.checkpoint_position() > kMostTail ||
         life.max_bytes() > 0 || life.max_concepts() > 0 || json::parse(life.options()).contains(kFromBirth) ||
         (after_inputs && *after_inputs != "0") || !life.state(kCounts) || !life.state(kAttached);
}

}  // namespace

std::optional<Telling> Telling::begin(memory::Life& life, const base::Clock& clock) {
  if (has_to_be_loaded(life)) return std::nullopt;
  Telling telling(life, clock);
  telling.next_ = json::parse(*life.state(kAttached)).at(2).get<memory::ConceptId>();
  const json counts = json::parse(*life.state(kCounts));
  telling.concepts_ = counts.at("concepts").get<std::size_t>();
  telling.relations_ = counts.at("relations").get<std::size_t>();
  bool only_inputs = true;
  life.for_each_log_entry(life.checkpoint_position(), [&](const memory::LogEntry& entry) {
    only_inputs = only_inputs && entry.kind == memory::LogKind::kEpisode;
    if (!only_inputs) return;
    const std::string& text = entry.episode->text;
    std::size_t i = 0;
    for (const base::Unit& unit : telling.segmenter_.split(text)) {
      if (unit.line_end || i >= entry.episode->attachments.size()) continue;
      const memory::ConceptId id = entry.episode->attachments[i++];
      if (id < telling.next_) continue;
      telling.fresh_.emplace(base::identity_of(base::surface_of(text, unit)), id);
      telling.next_ = id + 1;
    }
  });
  if (!only_inputs) return std::nullopt;
  return telling;
}

memory::ConceptId Telling::concept_of(const std::string& identity) {
  if (const auto known = fresh_.find(identity); known != fresh_.end()) return known->second;
  if (const auto stored = life_->unit_named(identity)) return *stored;
  return fresh_[identity] = next_++;
}

memory::EpisodeId Telling::tell(const Input& input) {
  refuse_taken_id(*life_, input);
  memory::EpisodeRow row = row_of(input, clock_->now_seconds());
  std::vector<std::string> identities;
  for (const base::Unit& unit : segmenter_.split(input.text)) {
    if (unit.line_end) continue;
    identities.push_back(base::identity_of(base::surface_of(input.text, unit)));
    row.attachments.push_back(concept_of(identities.back()));
  }
  return life_->append(row, memory::search_terms(identities));
}

}  // namespace noema::reasoning
