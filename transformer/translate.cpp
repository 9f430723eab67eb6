#include "transformer/translate.h"

#include <tbb/enumerable_thread_specific.h>
#include <tbb/parallel_for.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <mutex>
#include <numeric>

#include "base/error.h"
#include "base/stop.h"
#include "transformer/architecture.h"
#include "transformer/corpus.h"
#include "transformer/parallel.h"
#include "transformer/sampler.h"

namespace noema::transformer {
namespace {

constexpr std::size_t kSourcesOfTask = 16;  // translated at once, to have enough rows for the matrix products

}  // namespace

Translator::Translator(const Model& model, int most_sources, const TranslateOptions& options)
    : model_(model), options_(options) {
  base::check(options.beam >= 1 && most_sources >= 1, "at least one hypothesis of one source");
  if (model.options().pairs.empty())
    throw base::Error("the model was trained on text alone; expected one trained on pairs: noema train --pairs FILE");
  own_ = make_hypotheses(model, most_sources * options.beam);
  reader_ = own_.get();
  find_ends();
}

Translator::Translator(const Model& model, Hypotheses& hypotheses, const TranslateOptions& options)
    : model_(model), options_(options), reader_(&hypotheses) {
  base::check(options.beam >= 1, "at least one hypothesis");
  find_ends();
}

void Translator::find_ends() {
  for (Token t = 0; t < model_.tokenizer().size(); ++t)
    ends_.push_back(t >= kSpecials && model_.tokenizer().text_of(t).find('\n') != std::string::npos);
}

/// Adds the likeliest continuations of a hypothesis to the candidates: twice the beam, so that the beam stays full even
/// if half of them end the translation.
void Translator::propose(const Hypothesis& hypothesis, int parent, std::span<const float> log_probabilities) {
  const auto p = [&](Token t) { return log_probabilities[static_cast<std::size_t>(t)]; };
  if (std::isnan(p(kSpecials)))
    throw base::Error(
        "the model's predictions are not finite: its training diverged; train it with a lower "
        "--learning-rate");
  const auto most = std::min(order_.size(), 2 * static_cast<std::size_t>(options_.beam));
  const auto middle = order_.begin() + static_cast<std::ptrdiff_t>(most);
  std::iota(order_.begin(), order_.end(), kSpecials);
  std::partial_sort(order_.begin(), middle, order_.end(),
                    [&](Token a, Token b) { return p(a) != p(b) ? p(a) > p(b) : a < b; });
  for (auto token = order_.begin(); token != middle; ++token)
    candidates_.push_back({hypothesis.score + static_cast<double>(p(*token)), parent, *token});
}

/// Assigns slots: a hypothesis continues in the slot of its parent; further children of a parent get copies of it in
/// free slots.
void Translator::settle(std::vector<Hypothesis>& chosen, std::span<const int> parents, int first_slot) {
  std::vector<int> holders(static_cast<std::size_t>(options_.beam), 0);
  for (int slot : parents) ++holders[static_cast<std::size_t>(slot - first_slot)];
  int free = 0;
  std::vector<char> taken(holders.size(), 0);
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    const auto parent = static_cast<std::size_t>(parents[i] - first_slot);
    if (!taken[parent]) {
      taken[parent] = 1;
      chosen[i].slot = parents[i];
      continue;
    }
    while (holders[static_cast<std::size_t>(free)] > 0) ++free;
    chosen[i].slot = first_slot + free++;
    reader_->copy(parents[i], chosen[i].slot);
  }
}

/// Whether even the best hypothesis alive, if it could end now without cost, would not be the best translation.
/// (Stopping after a fixed number of translations would let early, unlikely ones displace the good one.)
bool Translator::cannot_improve(const Search& search, const Hypothesis& alive) const {
  if (search.finished.empty()) return false;
  return options_.beam == 1 || normalised(best(search)) >= normalised({alive.tokens, alive.score, true});
}

/// Turns the best candidates into hypotheses alive, or into finished translations if they end.
void Translator::select(Search& search, int first_slot) {
  const auto beam = static_cast<std::size_t>(options_.beam);
  std::stable_sort(candidates_.begin(), candidates_.end(),
                   [](const Candidate& a, const Candidate& b) { return a.score > b.score; });
  std::vector<Hypothesis> chosen;
  std::vector<int> parents;
  for (const Candidate& candidate : candidates_) {
    if (chosen.size() == beam) break;
    const Hypothesis& parent = search.alive[static_cast<std::size_t>(candidate.parent)];
    if (ends_[static_cast<std::size_t>(candidate.token)]) {
      search.finished.push_back({parent.tokens, candidate.score, true});
      continue;
    }
    chosen.push_back({0, parent.tokens, candidate.score});
    chosen.back().tokens.push_back(candidate.token);
    parents.push_back(parent.slot);
  }
  candidates_.clear();
  search.done = chosen.empty() || chosen.front().tokens.size() >= search.room || cannot_improve(search, chosen.front());
  if (search.done && search.finished.empty())
    search.finished.push_back({chosen.front().tokens, chosen.front().score, false});
  settle(chosen, parents, first_slot);
  search.alive = std::move(chosen);
}

Translator::Search Translator::begin(int first_slot, std::span<const Token> source) {
  const auto context = static_cast<std::size_t>(model_.context());
  const auto kept = source.first(std::min(source.size(), source_room(context, context)));
  Search search;
  search.room = context - kept.size() - 2;  // minus the start token and the separator
  if (options_.most_tokens > 0) search.room = std::min(search.room, static_cast<std::size_t>(options_.most_tokens));
  search.alive.push_back({first_slot, {}, 0});
  order_.resize(static_cast<std::size_t>(model_.tokenizer().size() - kSpecials));
  propose(search.alive.front(), 0, reader_->begin(first_slot, kept));
  select(search, first_slot);
  return search;
}

/// Every hypothesis of every unfinished search reads its last token.
void Translator::step(std::span<Search> searches) {
  std::vector<int> slots;
  std::vector<Token> tokens;
  for (const Search& search : searches)
    for (const Hypothesis& hypothesis : search.alive) {
      if (search.done) continue;
      slots.push_back(hypothesis.slot);
      tokens.push_back(hypothesis.tokens.back());
    }
  const auto log_probabilities = reader_->step(slots, tokens);
  const auto vocabulary = static_cast<std::size_t>(model_.tokenizer().size());
  std::size_t row = 0;
  for (std::size_t s = 0; s < searches.size(); ++s) {
    if (searches[s].done) continue;
    for (int parent = 0; const Hypothesis& hypothesis : searches[s].alive)
      propose(hypothesis, parent++, log_probabilities.subspan(vocabulary * row++, vocabulary));
    select(searches[s], static_cast<int>(s) * options_.beam);
  }
}

double Translator::normalised(const Translation& t) const {
  return t.log_probability / std::pow(static_cast<double>(t.tokens.size() + t.ended), options_.length_power);
}

Translation Translator::best(const Search& search) const {
  const Translation* found = &search.finished.front();
  for (const Translation& t : search.finished)
    if (normalised(t) > normalised(*found)) found = &t;
  return *found;
}

std::vector<Translation> Translator::translate(std::span<const std::vector<Token>> sources,
                                               const std::stop_token& stop) {
  std::vector<Search> searches;
  for (std::size_t s = 0; s < sources.size(); ++s) {
    base::stop_if_requested(stop);
    searches.push_back(begin(static_cast<int>(s) * options_.beam, sources[s]));
  }
  while (!std::all_of(searches.begin(), searches.end(), [](const Search& s) { return s.done; })) {
    base::stop_if_requested(stop);
    step(searches);
  }
  std::vector<Translation> translations;
  for (const Search& search : searches) translations.push_back(best(search));
  return translations;
}

std::vector<std::string> translate_lines(const Model& model, std::span<const std::string> lines,
                                         const TranslateOptions& options, int threads,
                                         const std::function<bool(std::size_t)>& observe, const std::stop_token& stop) {
  std::vector<std::string> translations(lines.size());
  const std::size_t tasks = (lines.size() + kSourcesOfTask - 1) / kSourcesOfTask;
  // The division into tasks does not depend on the number of threads, so neither does the rounding of any product.
  const int most = static_cast<int>(std::min(lines.size(), kSourcesOfTask));
  tbb::enumerable_thread_specific<Translator> translators([&] { return Translator(model, most, options); });
  std::mutex mutex;
  std::size_t done = 0;
  std::atomic<bool> goes_on = true;
  Threads(threads).run([&] {
    tbb::parallel_for(std::size_t{0}, tasks, [&](std::size_t task) {
      if (!goes_on) return;
      const std::size_t first = task * kSourcesOfTask, n = std::min(kSourcesOfTask, lines.size() - first);
      std::vector<std::vector<Token>> sources;
      for (const auto& line : lines.subspan(first, n)) sources.push_back(tokens_of_line(line, model.tokenizer()));
      const auto found = translators.local().translate(sources, stop);
      for (std::size_t i = 0; i < n; ++i) translations[first + i] = model.tokenizer().decode(found[i].tokens);
      const std::lock_guard lock(mutex);
      done += n;
      if (observe && !observe(done)) goes_on = false;
    });
  });
  return translations;
}

}  // namespace noema::transformer
