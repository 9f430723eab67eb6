// How a mind keeps what it learned: rows of inputs and thoughts, commits, checkpoints, views for readers, and undoing.

#include <fmt/format.h>

#include "base/error.h"
#include "reasoning/checkpoint.h"
#include "reasoning/classes.h"
#include "reasoning/experts/state_cache.h"
#include "reasoning/journal.h"
#include "reasoning/mind.h"
#include "reasoning/past.h"
#include "reasoning/thoughts/consolidate.h"
#include "reasoning/thoughts/let_go.h"
#include "reasoning/undoing.h"

namespace noema::reasoning {

using concepts::ConceptId;

/// A failed write rolled its whole batch back: what the graph learned since is in no log, so the life must be opened
/// anew.
void Mind::require_sound() const {
  if (failed_ || life_.lost_writes())
    throw base::Error(
        fmt::format("{}: something failed before, while the life was changed or written; what was acknowledged is "
                    "stored, run the command again",
                    life_.path().string()));
}

void Mind::with_life(const std::function<void(memory::Life&)>& use) {
  const std::unique_lock alone(core_.mutex());
  require_sound();
  use(life_);
}

MindView::MindView(const Mind& mind)
    : mind_(&mind), reader_(mind.readers_.take()), standing_still_(mind.core_.mutex()) {}

const concepts::Graph& MindView::graph() const { return mind_->core_.graph(); }
const Thinker& MindView::thinker() const { return mind_->core_.thinker(); }
const transformer::PredictiveCopy* MindView::copy() const { return mind_->core_.copy(); }

void Mind::commit() {
  constexpr memory::Position kSmallTail = 65536;
  memory::Position tail = 0;
  {
    const std::unique_lock exclusive(core_.mutex());
    require_sound();
    keep_taken();
    life_.commit();
    tail = life_.last_position() - life_.checkpoint().position();
  }
  // Each checkpoint doubles what it covers, so that all of them together cost no more than twice the last.
  if (tail > kSmallTail && tail > life_.checkpoint().position()) checkpoint();
}

/// Thinking that no input called for goes on where it was, also after a kill.
void Mind::keep_taken() {
  const std::uint64_t taken = core_.thinker().agenda().taken_since_anchor();
  if (thoughts_after_inputs_ > 0 || taken == kept_taken_) return;
  written([&] { life_.set_state(kTaken, std::to_string(taken)); });
  kept_taken_ = taken;
}

void Mind::checkpoint() {
  encode_what_was_told();
  forget_vectors();
  const std::unique_lock alone(core_.mutex());
  require_sound();
  keep_facts();
  keep_classes();
  save_graph(life_, core_.graph(), core_.thinker(), *meaning_, core_.predictor().state());
  core_.thinker().agenda().set_anchor();
  kept_taken_ = 0;
}

/// Stores what things are called, so that naming something need not take in all labelled inputs again. The caller must
/// hold the core's mutex exclusively.
void Mind::keep_classes() {
  if (classes_are_kept_) return;
  written([&] { Classes::of(life_).keep(life_); });
  classes_are_kept_ = true;
}

// --- Rows ----------------------------------------------------------------------------------------------------------

memory::EpisodeRow row_of(const Input& input, double now_seconds) {
  memory::EpisodeRow row;
  row.time = input.time.value_or(now_seconds);
  row.source = input.source;
  row.line = input.line;
  row.group = input.group;
  row.kind = input.kind;
  row.outer_id = input.id;
  row.speaker = input.speaker;
  row.label = input.label;
  row.answer = input.answer;
  row.part = input.part;
  row.begins_at = input.begins_at;
  row.text = input.text;
  row.image = input.image;
  return row;
}

void refuse_taken_id(const memory::Life& life, const Input& input) {
  if (input.id && life.episodes().find(input.group, *input.id))
    throw base::Error(fmt::format("{}:{}: id '{}' is taken in group '{}'; ids are unique in their group", input.source,
                                  input.line, *input.id, input.group));
}

/// Writes a thought into the log, in the moment before the graph changes.
std::uint64_t Mind::journal(const Thought& thought) {
  if (thought.kind == &thoughts::let_go())
    for (const concepts::Faded& one : thoughts::faded_in(thought)) faded_.push_back(one.id);
  return written([&] {
    const memory::ThoughtRow row =
        reasoning::row_of(core_.graph(), thought, clock_.now_seconds(), life_.counts().episodes);
    return static_cast<std::uint64_t>(life_.append(row));
  });
}

/// Gives back the vectors of what faded, in the thread that perceives.
void Mind::forget_vectors() {
  if (!core_.budget().limits()) return;  // nothing fades
  const std::unique_lock exclusive(core_.mutex());
  for (const ConceptId id : faded_) meaning_->forget(id);
  faded_.clear();
}

void Mind::undo(memory::ThoughtId id) {
  const std::unique_lock exclusive(core_.mutex());
  const auto row = life_.thoughts().find(id);
  if (!row)
    throw base::Error(fmt::format("thought:{} is not in this life; `noema why` lists a concept's thoughts", id));
  if (row->undone_by != 0) throw base::Error(fmt::format("thought:{} was taken back already", id));
  const Thought thought = thought_of(*row);
  if (const auto later = standing_on(life_, core_.graph(), thought))
    throw base::Error(
        fmt::format("thought:{} cannot be taken back while thought:{} stands on it; undo that one first", id, *later));
  if (thought.kind == &thoughts::consolidate())
    take_back_practice(id);
  else
    written([&] { life_.append_undo(id, clock_.now_seconds()); });
  changed([&] { thought.kind->undo(core_.graph(), thought, past_of(life_)); });
  life_.commit();
}

std::uint64_t Mind::state_bytes() const {
  const std::shared_lock lock(core_.mutex());
  return core_.state_bytes() + meaning_->bytes();
}

std::string Mind::weights_hash() const {
  const std::shared_lock lock(core_.mutex());
  return core_.copy() ? core_.copy()->hash() : model_->hash();
}

// --- Vectors of inputs behind the checkpoint -----------------------------------------------------------------------

/// Inputs that were told without loading the graph, or acknowledged before a kill, have no vectors in the checkpoint.
/// Called before anything else is stored: what lies behind the checkpoint then is what was there when the life was
/// opened.
void Mind::encode_what_was_told() {
  if (std::exchange(told_is_encoded_, true) || !options_.encode) return;
  std::vector<memory::EpisodeId> told;
  with_life([&](memory::Life& life) {
    memory::for_each_log_entry(life, life.checkpoint().position(), [&](const memory::LogEntry& entry) {
      if (entry.kind == memory::LogKind::kEpisode) told.push_back(entry.ref);
    });
  });
  base::Segmenter segmenter;
  for (const memory::EpisodeId id : told) encode_again(*meaning_, static_cast<std::uint32_t>(id - 1), segmenter);
}

/// Adds the vectors of a stored episode's units; a unit whose concept has faded is only context.
void Mind::encode_again(Meaning& meaning, std::uint32_t episode, base::Segmenter& segmenter) {
  std::optional<memory::EpisodeRow> row;
  base::IdentityRule rule = base::kPresentRule;
  with_life([&](memory::Life& life) {
    row = life.episodes().find(static_cast<memory::EpisodeId>(episode) + 1);
    if (row) rule = life.episodes().rule_at(row->position);
  });
  if (!row) return;
  std::vector<std::string> surfaces;
  std::vector<ConceptId> units;
  {
    const std::shared_lock lock(core_.mutex());
    for (const base::Unit& unit : segmenter.split(row->text)) {
      if (unit.line_end) continue;
      surfaces.push_back(base::surface_of(row->text, unit));
      units.push_back(core_.graph().find(base::identity_of(surfaces.back(), rule)).value_or(concepts::kBoundary));
    }
  }
  meaning.perceive(surfaces, units);
}

// --- Reading again what the life holds -----------------------------------------------------------------------------

std::optional<std::string> Mind::text_of(std::uint32_t episode) {
  std::optional<memory::EpisodeRow> row;
  with_life([&](memory::Life& life) { row = life.episodes().find(static_cast<memory::EpisodeId>(episode) + 1); });
  if (!row || row->image) return std::nullopt;
  return std::move(row->text);
}

/// Reads again what the life read last, so that window and fast store are as they were.
void Mind::warm_up() {
  warm_ = true;
  if (knows_facts_) with_life([this](memory::Life&) { thought_about(); });
  know_writings();
  const auto& stream = core_.graph().stream();
  const std::size_t wanted = StateCacheOptions{}.entries;
  std::uint32_t first = stream.episodes();
  while (first > stream.first_episode() &&
         stream.size() - stream.begin(first - 1) + (stream.episodes() - first + 1) <= wanted)
    --first;
  for (std::uint32_t episode = first; episode < stream.episodes(); ++episode) {
    if (const auto text = text_of(episode)) core_.warm(reader_->read(*text));
  }
}

}  // namespace noema::reasoning
