#include "reasoning/recall.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>
#include <unordered_map>

#include "reasoning/withdrawn.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;

namespace {

/// An input that takes part.
struct Entry {
  std::uint32_t input = 0;  // by its first episode; of a text told again the newest
  std::uint32_t place = 0;  // the episode that matches: a piece of it
  bool is_held = true;      // false: known to the lexical index alone, nothing but base is known
  std::vector<double> row;  // what it holds of each part: the cue's, then the things that it names
  double base = 0;          // what counts whatever was recalled before
  double linked = 0;        // activation by links
  ConceptId link = 0;       // of the strongest one
  bool is_taken = false;
};

/// One recall.
class Recalling {
 public:
  Recalling(const Graph& graph, const memory::Life& life, const RecallIndex::Look& look, const std::string& text,
            std::size_t k, const RecallFilter& filter, const RecallOptions& options)
      : graph_(graph),
        life_(life),
        headings_(look.headings),
        openings_(look.openings),
        filter_(filter),
        options_(options),
        wanted_(headings_.wanted(filter)),
        k_(k),
        cue_(graph, headings_, openings_.evidence(), look.forms, text, options.cue),
        names_(
            graph, headings_, openings_, [this](const Openings::Range& tellings) { return newest_of(tellings); },
            options.names) {
    for (const auto& [input, time] : withdrawn_inputs(life))
      wanted_.withdrawn.insert(static_cast<std::uint32_t>(input - 1));
  }

  std::vector<Recalled> run() {
    if (k_ == 0 || cue_.terms().empty()) return {};
    fill_pool();
    add_things();
    choose();
    return std::move(recalled_);
  }

 private:
  // --- Inputs and their tellings

  std::optional<std::uint32_t> newest_of(const Openings::Range& tellings) const {
    for (std::size_t i = tellings.end; i-- > tellings.begin;)
      if (headings_.passes(openings_[i].episode, wanted_)) return openings_[i].episode;
    return std::nullopt;
  }
  bool is_attached(std::uint32_t episode) const {
    return episode >= graph_.stream().first_episode() && episode < graph_.stream().episodes() &&
           headings_.holds(episode);
  }
  /// The input that stands for the one that holds this attached episode, or nothing if it may not be recalled. An input
  /// of several pieces stands for itself: only its first pieces are compared.
  std::optional<std::uint32_t> standing_for(std::uint32_t episode) const {
    const std::uint32_t input = headings_[episode].first;
    const auto place =
        is_attached(input) && !headings_.has_pieces(input) ? openings_.place_of(graph_, input) : std::nullopt;
    if (place) return newest_of(openings_.tellings(graph_.stream(), *place));
    return headings_.passes(episode, wanted_) ? std::optional(input) : std::nullopt;
  }

  // --- 1. Who takes part

  Entry& entry_of(std::uint32_t input, std::uint32_t place, std::vector<double> row) {
    const auto [known, is_new] = number_of_.try_emplace(input, entries_.size());
    if (is_new)
      entries_.push_back({input, place, true, std::move(row)});
    else if (!entries_[known->second].is_held)  // a later piece of it is held
      entries_[known->second] = {input, place, true, std::move(row)};
    Entry& entry = entries_[known->second];
    entry.row.resize(worth_.size());
    return entry;
  }
  Entry& entry_of(std::uint32_t input) {
    const auto known = number_of_.find(input);
    if (known != number_of_.end()) return entries_[known->second];
    return entry_of(input, input, is_attached(input) ? cue_.row(input) : std::vector<double>());
  }

  void fill_pool() {
    Cue::Candidates candidates = cue_.candidates(wanted_);
    const std::size_t most = std::max(options_.pool, k_);
    worth_.assign(cue_.parts().size(), 0);
    const bool all_attached = graph_.stream().first_episode() == 0 && headings_.end() <= graph_.stream().episodes();
    if (!all_attached || candidates.episodes.empty() || (!candidates.all && candidates.episodes.size() < most))
      add_lexical(candidates.episodes);

    const std::vector<double> rows = cue_.rows(candidates.episodes);
    const auto row_at = [&](std::size_t i) { return rows.begin() + static_cast<std::ptrdiff_t>(i * worth_.size()); };
    using Scored = std::pair<double, std::size_t>;  // and its place among the candidates; the newer one of equals wins
    std::vector<Scored> heap;
    for (std::size_t i = 0; i < candidates.episodes.size(); ++i)
      heap.emplace_back(std::accumulate(row_at(i), row_at(i + 1), 0.0), i);
    std::make_heap(heap.begin(), heap.end());
    const std::size_t lexical = entries_.size();
    while (!heap.empty() && entries_.size() - lexical < most) {
      std::pop_heap(heap.begin(), heap.end());
      const std::size_t i = heap.back().second;
      heap.pop_back();
      if (const auto input = standing_for(candidates.episodes[i]))
        entry_of(*input, candidates.episodes[i], {row_at(i), row_at(i + 1)});
    }
    for (const Entry& entry : entries_)
      for (std::size_t part = 0; part < worth_.size(); ++part) worth_[part] = std::max(worth_[part], entry.row[part]);
  }

  /// Asks the lexical index. What the graph holds becomes a candidate, if its units match; the rest takes part by the
  /// lexical score.
  void add_lexical(std::vector<std::uint32_t>& candidates) {
    std::set<std::uint32_t> seen(candidates.begin(), candidates.end());
    std::set<std::string> texts;
    auto hits = life_.episodes().search(cue_.terms(), options_.lexical_hits, filter_.group);
    std::stable_sort(hits.begin(), hits.end(), [](const auto& a, const auto& b) {
      return a.score != b.score ? a.score > b.score : a.episode > b.episode;
    });
    for (const memory::LexicalHit& hit : hits) {
      const auto episode = static_cast<std::uint32_t>(hit.episode - 1);
      if (is_attached(episode) && !headings_.has_pieces(episode)) {
        if (!headings_.passes(episode, wanted_) || !seen.insert(episode).second) continue;
        const auto row = cue_.row(episode);
        if (std::any_of(row.begin(), row.end(), [](double x) { return x > 0; })) {
          candidates.push_back(episode);
          continue;
        }
      }
      const auto found = life_.episodes().find(hit.episode);
      if (!found || !passes(*found, filter_) || wanted_.withdrawn.contains(episode) || is_told_again(*found) ||
          !texts.insert(found->text).second)
        continue;
      Entry& entry = entry_of(episode, episode, {});
      entry.is_held = false;  // a piece of it may be, as the pool will show
      entry.base = options_.lexical * hit.score;
      times_[episode] = found->time;
    }
    std::sort(candidates.begin(), candidates.end());
  }

  /// True for a row that the graph does not hold, but a later telling of the same text.
  bool is_told_again(const memory::EpisodeRow& row) const {
    std::vector<ConceptId> units(row.attachments.begin(), row.attachments.end());
    while (!units.empty() && is_mark(graph_, units.front())) units.erase(units.begin());
    if (units.empty()) return false;
    const Openings::Range range = openings_.with(graph_.stream(), units);
    if (range.empty() || units_from(graph_.stream(), openings_[range.begin]).size() != units.size()) return false;
    return newest_of(openings_.tellings(graph_.stream(), range.begin)).has_value();
  }

  /// A thing that the cue names is one more part of it.
  void add_things() {
    if (options_.named == 0) return;
    Things things = names_.things_in(cue_.units());
    things.merge(names_.things_in(cue_.finer_units()));
    for (const auto& [run, inputs] : things) {
      const double worth = options_.named * names_.information(names_.mentions_of(run));
      for (const std::uint32_t input : inputs) {
        Entry& entry = entry_of(input);
        entry.row.resize(worth_.size() + 1);
        entry.row.back() = worth;
      }
      worth_.push_back(worth);
      named_.push_back(names_.rarest(run));
      for (Entry& entry : entries_) entry.row.resize(worth_.size());
    }
  }

  // --- 2. Which of them, in what order

  double gain(const Entry& entry) const {
    double gain = entry.base + entry.linked;
    for (std::size_t part = 0; part < entry.row.size(); ++part)
      gain += entry.row[part] * (1 - options_.used_up * covered_[part]);
    return gain;
  }
  /// The better one, the newer of equals.
  static bool is_better(const std::pair<double, const Entry*>& a, const std::pair<double, const Entry*>& b) {
    return a.first != b.first ? a.first > b.first : a.second->input > b.second->input;
  }

  void choose() {
    covered_.assign(worth_.size(), 0);
    while (recalled_.size() < std::min(k_, options_.seeds)) {
      std::pair<double, const Entry*> best{0, nullptr};
      for (const Entry& entry : entries_)
        if (const std::pair one{gain(entry), &entry};
            !entry.is_taken && one.first > 0 && (!best.second || is_better(one, best)))
          best = one;
      if (!best.second) return;
      const std::size_t number = number_of_.at(best.second->input);
      take(entries_[number], best.first);
      if (entries_[number].is_held) use_up_and_link(number, best.first);
    }
    std::vector<std::pair<double, const Entry*>> rest;
    for (const Entry& entry : entries_)
      if (!entry.is_taken) rest.emplace_back(gain(entry), &entry);
    std::sort(rest.begin(), rest.end(), is_better);
    for (const auto& [score, entry] : rest) {
      if (recalled_.size() == k_ || score <= 0) return;
      take(entries_[number_of_.at(entry->input)], score);
    }
  }

  /// The parts of the cue that the hit holds are explained; what is one name away is called.
  void use_up_and_link(std::size_t number, double score) {
    const Entry& hit = entries_[number];
    for (std::size_t part = 0; part < worth_.size(); ++part)
      if (worth_[part] > 0) covered_[part] = std::max(covered_[part], std::min(1.0, hit.row[part] / worth_[part]));
    if (options_.spread == 0) return;
    const std::uint32_t input = hit.input, place = hit.place;  // entries are added below
    const double top = std::log(std::max<std::uint64_t>(2, openings_.evidence().episodes));
    const auto call = [&](std::uint32_t other, const Units& name, double strength) {
      const double activation = options_.spread * score * strength;
      if (other == input || activation <= 0) return;
      Entry& entry = entry_of(other);
      if (activation <= entry.linked) return;
      entry.linked = activation;
      entry.link = names_.rarest(name);
    };
    const std::vector<Units> own = names_.of(input);
    for (const auto& [name, about] : names_.things_in(graph_.stream().leaves(place))) {
      if (std::find(own.begin(), own.end(), name) != own.end()) continue;
      const double information = names_.information(names_.mentions_of(name));
      const double strength = options_.forward * information / top / std::sqrt(static_cast<double>(about.size()));
      for (const std::uint32_t other : about) call(other, name, strength);
    }
    for (const Units& name : own) {
      const Mentions mentions = names_.mentions_of(name);
      const double strength = options_.backward * names_.information(mentions) / top;
      std::set<std::uint32_t> inputs;
      for (const std::uint32_t mentioning : mentions.inputs) {
        if (!is_attached(mentioning)) continue;
        if (const auto other = standing_for(mentioning)) inputs.insert(*other);
        if (inputs.size() > options_.names.most) break;
      }
      if (inputs.size() > options_.names.most) continue;
      for (const std::uint32_t other : inputs) call(other, name, strength);
    }
  }

  // --- 3. What is said of them

  void take(Entry& entry, double score) {
    entry.is_taken = true;
    Recalled one;
    one.episode = static_cast<memory::EpisodeId>(entry.input) + 1;
    one.score = recalled_.empty() ? score : std::min(score, recalled_.back().score);
    if (entry.is_held) one.coverage = cue_.coverage(entry.place);
    one.via = via(entry);
    tell_when(entry, one);
    recalled_.push_back(std::move(one));
  }

  std::vector<ConceptId> via(const Entry& entry) const {
    constexpr std::size_t kMost = 4;
    std::vector<std::pair<double, ConceptId>> by;
    for (std::size_t part = 0; part < entry.row.size(); ++part) {
      const std::size_t parts = cue_.parts().size();
      const ConceptId node = part < parts ? cue_.parts()[part].node : named_[part - parts];
      if (entry.row[part] > 0) by.emplace_back(entry.row[part], graph_.concept_of(node));
    }
    if (entry.linked > 0) by.emplace_back(entry.linked, graph_.concept_of(entry.link));
    std::stable_sort(by.begin(), by.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<ConceptId> via;
    for (const auto& [strength, id] : by)
      if (via.size() < kMost && std::find(via.begin(), via.end(), id) == via.end()) via.push_back(id);
    return via;
  }

  void tell_when(const Entry& entry, Recalled& one) const {
    one.since = one.last = entry.is_held ? headings_[entry.place].time : times_.at(entry.input);
    if (!entry.is_held) return;
    const auto place = is_attached(entry.input) && !headings_.has_pieces(entry.input)
                           ? openings_.place_of(graph_, entry.input)
                           : std::nullopt;
    if (!place) return;
    const Openings::Range tellings = openings_.tellings(graph_.stream(), *place);
    one.times = 0;
    for (std::size_t i = tellings.begin; i < tellings.end; ++i) {
      if (!headings_.passes(openings_[i].episode, wanted_)) continue;
      ++one.times;
      one.since = std::min(one.since, headings_[openings_[i].episode].time);
      one.last = std::max(one.last, headings_[openings_[i].episode].time);
    }
  }

  const Graph& graph_;
  const memory::Life& life_;
  const Headings& headings_;
  const Openings& openings_;
  const RecallFilter& filter_;
  const RecallOptions& options_;
  Headings::Wanted wanted_;
  std::size_t k_;
  Cue cue_;
  Names names_;
  std::vector<Entry> entries_;
  std::unordered_map<std::uint32_t, std::size_t> number_of_;  // of an input's entry
  std::vector<double> worth_;                        // of each part: the most that an entry of the pool holds of it
  std::vector<ConceptId> named_;                     // the rarest unit of each thing that the cue names
  std::vector<double> covered_;                      // share of each part that is used up
  std::unordered_map<std::uint32_t, double> times_;  // when inputs were told that the graph does not hold
  std::vector<Recalled> recalled_;
};

}  // namespace

std::vector<Recalled> recall(const Graph& graph, const memory::Life& life, RecallIndex& index, const std::string& cue,
                             std::size_t k, const RecallFilter& filter, const RecallOptions& options) {
  const RecallIndex::Look look = index.look(graph, life);
  return Recalling(graph, life, look, cue, k, filter, options).run();
}

Passage passage_of(const Graph& graph, const memory::Life& life, RecallIndex& index, const std::string& cue,
                   const Recalled& hit, const RecallOptions& options) {
  const RecallIndex::Look look = index.look(graph, life);
  Passage whole{life.episodes().input(hit.episode)->text, hit.coverage};
  const auto episode = static_cast<std::uint32_t>(hit.episode - 1);
  const bool is_held = episode >= graph.stream().first_episode() && episode < graph.stream().episodes();
  if (!is_held || look.headings.has_pieces(episode)) return whole;
  const Cue asked(graph, look.headings, look.openings.evidence(), look.forms, cue, options.cue);
  return best_passage(asked, graph.stream(), episode, whole.text);
}

}  // namespace noema::reasoning
