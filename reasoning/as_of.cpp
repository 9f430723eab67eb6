#include "reasoning/as_of.h"

#include "base/stop.h"
#include "memory/log_copy.h"
#include "reasoning/checkpoint.h"
#include "reasoning/core.h"
#include "reasoning/knowledge.h"
#include "reasoning/replay.h"

namespace noema::reasoning {

using memory::EpisodeId;
using memory::LogEntry;
using memory::LogKind;
using memory::Position;

namespace {

/// The last input told by then; 0: none.
EpisodeId last_told(const memory::Life& life, double time) {
  EpisodeId told = 0, later = life.counts().episodes + 1;
  while (later - told > 1) {
    const EpisodeId middle = told + (later - told) / 2;
    const auto row = life.episodes().find(middle);
    (row && row->time <= time ? told : later) = middle;
  }
  return told;
}

/// The position of an input's last piece.
Position end_of(const memory::Life& life, EpisodeId input) {
  const auto row = life.episodes().find(input);
  if (!row) return life.last_position();
  const EpisodeId first = row->begins_at != 0 ? row->begins_at : input;
  Position end = row->position;
  for (auto next = life.episodes().find(++input); next && next->begins_at == first;
       next = life.episodes().find(++input))
    end = next->position;
  return end;
}

void apply(Applier& applier, const LogEntry& entry) {
  if (entry.kind == LogKind::kEpisode) applier.episode(*entry.episode);
  if (entry.kind == LogKind::kThought) applier.thought(*entry.thought);
  if (entry.kind == LogKind::kUndo) applier.undo(*entry.thought);
}

/// Facts are a function of the inputs, so they are found again.
void find_facts(const memory::Life& life, memory::Life& past, const std::stop_token& stop) {
  if (life.origin().max_bytes > 0 || !Knowledge::stored_in(life).was_thought()) return;
  Knowledge knowledge = Knowledge::stored_in(past);
  knowledge.think(past, [&] { return !stop.stop_requested(); });
  base::stop_if_requested(stop);
  knowledge.keep(past);
}

}  // namespace

Position position_as_of(const memory::Life& life, const AsOf& when) {
  if (!when.time && !when.input) return life.last_position();
  const EpisodeId last = when.input ? *when.input : last_told(life, *when.time);
  Position position = last > 0 ? end_of(life, last) : 0;
  life.for_log_entries_while(position, [&](const LogEntry& entry) {
    if (entry.kind == LogKind::kEpisode || (when.time && entry.time > *when.time)) return false;
    position = entry.position;
    return true;
  });
  return position;
}

memory::Life life_as_of(const memory::Life& life, Position until, const std::filesystem::path& target,
                        const ReplayEvents& events) {
  constexpr Position kBatch = 1024;
  memory::LogCopy copy(life, target);
  memory::Life& past = copy.life();
  const auto model = transformer::Model::parse(past.model().bytes(), target.string());
  Core core(static_cast<std::size_t>(model.width()));
  life.consistently([&] {
    Applier applier(past, core.graph(), nullptr, 0);
    life.for_log_entries_while(0, [&](const LogEntry& entry) {
      if (entry.position > until) return false;
      base::stop_if_requested(events.stop);
      copy.repeat(entry);
      apply(applier, entry);
      if (entry.position % kBatch == 0) past.commit();
      if (events.progress) events.progress(static_cast<double>(entry.position) / static_cast<double>(until));
      return true;
    });
  });
  past.commit();
  find_facts(life, past, events.stop);
  save_graph(past, core.graph(), core.thinker(), Meaning(model), core.predictor().state());
  return std::move(past);
}

}  // namespace noema::reasoning
