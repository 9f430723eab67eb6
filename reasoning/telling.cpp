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
constexpr memory::Position kMostTail = 1024;  // entries behind the checkpoint: more are loaded and checkpointed,
constexpr memory::Position kTailShare = 16;   // unless they are a small share of the log
constexpr memory::Position kReadAgain = 256;  // entries behind what was noted that the next telling may have to read

/// State key: the log position up to which the units that the checkpoint does not hold are noted, those units with
/// their ids, and the id of the next one. Of no meaning once there is a checkpoint behind that position.
constexpr std::string_view kTold = "told";

/// A life from birth that still reads bytes: it is given pieces of its own when it has read enough.
bool will_be_encoded_again(const memory::Life& life) {
  return json::parse(life.origin().options).contains(kFromBirth) && life.model().number() == 1;
}

bool has_to_be_loaded(const memory::Life& life) {
  const auto after_inputs = life.state(kThinkAfterInputs);
  const memory::Position last = life.last_position(), tail = last - life.checkpoint().position();
  const memory::LifeOrigin origin = life.origin();
  return last < kLeastLog || tail > std::max(kMostTail, last / kTailShare) || origin.max_bytes > 0 ||
         origin.max_concepts > 0 || will_be_encoded_again(life) || (after_inputs && *after_inputs != "0") ||
         !life.state(kCounts) || !life.state(kAttached);
}

}  // namespace

std::optional<Telling> Telling::begin(memory::Life& life, const base::Clock& clock) {
  if (has_to_be_loaded(life)) return std::nullopt;
  Telling telling(life, clock);
  telling.next_ = json::parse(*life.state(kAttached)).at(2).get<memory::ConceptId>();
  const json counts = json::parse(*life.state(kCounts));
  telling.concepts_ = counts.at("concepts").get<std::size_t>();
  telling.relations_ = counts.at("relations").get<std::size_t>();
  telling.kept_ = telling.restore();
  bool only_inputs = true;
  memory::for_each_log_entry(life, telling.kept_, [&](const memory::LogEntry& entry) {
    only_inputs = only_inputs && entry.kind == memory::LogKind::kEpisode;
    if (only_inputs) telling.read(*entry.episode);
  });
  if (!only_inputs) return std::nullopt;
  return telling;
}

/// Takes up what was noted, if it still holds; returns the position up to which the life's units are known then.
memory::Position Telling::restore() {
  const memory::Position checkpoint = life_->checkpoint().position();
  const auto state = life_->state(kTold);
  if (!state) return checkpoint;
  const json told = json::parse(*state);
  const auto position = told.at("position").get<memory::Position>();
  if (position <= checkpoint) return checkpoint;
  told.at("next").get_to(next_);
  for (const auto& [identity, id] : told.at("fresh").items()) fresh_.emplace(identity, id.get<memory::ConceptId>());
  return position;
}

void Telling::keep() {
  if (life_->last_position() - kept_ < kReadAgain) return;
  kept_ = life_->last_position();
  life_->set_state(kTold, json{{"position", kept_}, {"next", next_}, {"fresh", json(fresh_)}}.dump());
}

/// The units of a stored input that are new have the ids that it was attached to.
void Telling::read(const memory::EpisodeRow& row) {
  const base::IdentityRule rule = life_->episodes().rule_at(row.position);
  std::size_t i = 0;
  for (const base::Unit& unit : segmenter_.split(row.text)) {
    if (unit.line_end || i >= row.attachments.size()) continue;
    const memory::ConceptId id = row.attachments[i++];
    if (id < next_) continue;
    fresh_.emplace(base::identity_of(base::surface_of(row.text, unit), rule), id);
    next_ = id + 1;
  }
}

memory::ConceptId Telling::concept_of(const std::string& identity) {
  if (const auto known = fresh_.find(identity); known != fresh_.end()) return known->second;
  if (const auto stored = life_->checkpoint().unit_named(identity)) return *stored;
  return fresh_[identity] = next_++;
}

memory::EpisodeId Telling::tell(const Input& input) {
  refuse_taken_id(*life_, input);
  memory::EpisodeRow row = row_of(input, clock_->now_seconds());
  const std::vector<std::string> identities = base::identities_in(segmenter_, input.text);
  for (const std::string& identity : identities) row.attachments.push_back(concept_of(identity));
  return life_->append(row, memory::search_terms(identities));
}

}  // namespace noema::reasoning
