#include "reasoning/consolidation.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <unordered_map>

#include "base/clock.h"
#include "base/numbers.h"
#include "base/rng.h"
#include "base/text.h"
#include "reasoning/known_units.h"

namespace noema::reasoning {

using concepts::ConceptId;
using concepts::Graph;
using transformer::PredictiveCopy;
using transformer::Token;

namespace {

constexpr std::size_t kProbe = 256;  // tokens

using Line = std::vector<Token>;

/// Texts of episodes as tokens, each episode once.
class Script {
 public:
  Script(const transformer::Tokenizer& tokenizer, const Consolidation::Texts& texts)
      : tokenizer_(tokenizer), texts_(texts) {}

  /// Empty if the episode was let go.
  const Line& line(std::uint32_t episode) {
    const auto [known, fresh] = lines_.try_emplace(episode);
    if (!fresh) return known->second;
    const auto text = texts_(episode);
    if (!text) return known->second;
    for (const base::Unit& unit : segmenter_.split(*text)) {
      const std::vector<Token>& tokens = surface(base::surface_of(*text, unit));
      known->second.insert(known->second.end(), tokens.begin(), tokens.end());
    }
    return known->second;
  }

  const std::vector<Token>& surface(const std::string& surface) {
    const auto [known, fresh] = surfaces_.try_emplace(surface);
    if (fresh) known->second = tokenizer_.encode(surface);
    return known->second;
  }

 private:
  const transformer::Tokenizer& tokenizer_;
  const Consolidation::Texts& texts_;
  base::Segmenter segmenter_;
  std::unordered_map<std::uint32_t, Line> lines_;
  std::unordered_map<std::string, std::vector<Token>> surfaces_;
};

/// Draws episodes: a concept uniformly, one of its forms that stand somewhere, one of the places where it stands.
class Balanced {
 public:
  Balanced(const Graph& graph, std::uint64_t seed) : graph_(graph), rng_(seed) {
    for (ConceptId id = 1; id < graph.size(); ++id)
      if (const auto& node = graph.node(id); node.active && node.redirect == id && !standing(id).empty())
        concepts_.push_back(id);
  }

  bool empty() const { return concepts_.empty(); }
  std::uint32_t draw() {
    const std::vector<ConceptId> forms = standing(concepts_[rng_.below(concepts_.size())]);
    const auto& positions = graph_.nodes().positions_of(forms[rng_.below(forms.size())]);
    return graph_.stream().episode_of(positions[rng_.below(positions.size())]);
  }

 private:
  std::vector<ConceptId> standing(ConceptId id) const {
    std::vector<ConceptId> forms;
    for (const ConceptId form : graph_.forms_of(id)) {
      if (concepts::traits_of(graph_.node(form)).may_merge && graph_.node(form).mentions > 0 &&
          !graph_.nodes().positions_of(form).empty())
        forms.push_back(form);
    }
    return forms;
  }

  const Graph& graph_;
  base::Rng rng_;
  std::vector<ConceptId> concepts_;
};

/// The most mentioned composites, each as the commonest writing of its units.
std::vector<std::vector<std::string>> common_composites(const Graph& graph, std::size_t most,
                                                        std::uint32_t least_mentions) {
  std::vector<ConceptId> found;
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (const auto& node = graph.node(id);
        node.active && node.is<concepts::Composite>() && node.mentions >= least_mentions)
      found.push_back(id);
  std::stable_sort(found.begin(), found.end(),
                   [&](ConceptId x, ConceptId y) { return graph.node(x).mentions > graph.node(y).mentions; });
  if (found.size() > most) found.resize(most);
  std::vector<std::vector<std::string>> written;
  for (const ConceptId id : found) {
    std::vector<std::string> surfaces;
    for (const ConceptId unit : graph.nodes().units_of(id)) {
      const auto& all = graph.node(unit).as<concepts::Unit>()->surfaces;
      const auto common =
          std::max_element(all.begin(), all.end(), [](const auto& x, const auto& y) { return x.second < y.second; });
      if (common != all.end()) surfaces.push_back(common->first);
    }
    if (surfaces.size() == graph.nodes().units_of(id).size()) written.push_back(std::move(surfaces));
  }
  return written;
}

/// How the words are written, the commonest four ways of each.
WrittenWords written_in(const Graph& graph, std::shared_ptr<const concepts::company::Words> words) {
  constexpr std::size_t kMostWritings = 4;
  WrittenWords written{std::move(words), {}};
  for (concepts::company::Word word = 0; word < written.words->size(); ++word) {
    const ConceptId id = (*written.words)[word].unit;
    const auto* unit = graph.still_has(id) ? graph.node(id).as<concepts::Unit>() : nullptr;
    if (unit == nullptr) continue;
    std::vector<std::pair<std::string, std::uint64_t>> surfaces(unit->surfaces.begin(), unit->surfaces.end());
    std::stable_sort(surfaces.begin(), surfaces.end(),
                     [](const auto& x, const auto& y) { return x.second > y.second; });
    for (std::size_t i = 0; i < std::min(surfaces.size(), kMostWritings); ++i)
      written.writings.emplace_back(word, surfaces[i].first);
  }
  return written;
}

std::size_t tokens_of(const std::vector<Line>& lines) {
  std::size_t tokens = 0;
  for (const Line& line : lines) tokens += line.size();
  return tokens;
}

}  // namespace

ConsolidationOptions ConsolidationOptions::from_birth() {
  ConsolidationOptions options;
  options.first_inputs = 64;
  options.growth = 1.25;
  options.passes = 3;
  options.while_it_pays = true;
  options.rehearsal.learning_rate = 2e-3F;
  return options;
}

/// What a practice is made of, drawn while the graph stands still.
struct Consolidation::Plan {
  std::uint32_t episodes = 0;            // stored
  std::vector<std::uint32_t> practised;  // in the order they were drawn, with repetitions
  std::vector<std::uint32_t> held_out;
  std::vector<std::vector<std::string>> composites;
  std::optional<WrittenWords> words;
  std::unique_ptr<PredictiveCopy> copy;
  std::uint64_t generation = 0;
};

Consolidation::Plan Consolidation::plan(const Core& core, const PracticeRequest& request,
                                        std::shared_ptr<const concepts::company::Words> words) const {
  const std::shared_lock standing_still(core.mutex());
  const Graph& graph = core.graph();
  Plan plan;
  plan.episodes = graph.stream().episodes();
  const std::uint32_t every = options_.held_out_every, all = plan.episodes / every;
  const std::uint32_t count = std::min(all, options_.held_out);
  for (std::uint32_t i = 0; i < count; ++i)
    plan.held_out.push_back(static_cast<std::uint32_t>(std::uint64_t{i} * all / count) * every + every - 1);
  Balanced balanced(graph, base::Rng(request.seed).fork("replay").bits());
  if (count == 0 || balanced.empty() || request.generation.value_or(core.generation()) != core.generation())
    return plan;
  // As many as are practised at most: with fewer steps the first of them are.
  const std::uint64_t wanted =
      request.steps ? *request.steps * static_cast<std::uint64_t>(options_.rehearsal.batch * model_->context())
                    : static_cast<std::uint64_t>(options_.passes * plan.episodes);
  for (std::uint64_t drawn = 0; drawn < 4 * wanted && plan.practised.size() < std::min<std::uint64_t>(wanted, 1 << 20);
       ++drawn)
    if (const std::uint32_t episode = balanced.draw(); episode % every != every - 1) plan.practised.push_back(episode);
  plan.composites = common_composites(graph, options_.composites, options_.least_mentions);
  if (words) plan.words = written_in(graph, std::move(words));
  plan.copy = std::make_unique<PredictiveCopy>(*model_);
  if (core.copy()) plan.copy->restore(core.copy()->snapshot());
  plan.generation = core.generation();
  return plan;
}

std::optional<Practice> Consolidation::practise(const Core& core, const PracticeRequest& request,
                                                const std::function<bool()>& keep_on) const {
  const base::Stopwatch watch;
  const auto wanted = [&] { return !keep_on || keep_on(); };
  Plan plan = this->plan(core, request, words_ ? words_() : nullptr);
  if (!plan.copy || plan.practised.empty() || !wanted()) return std::nullopt;

  // 1. What was stored, as tokens: what is held out, and what is practised.
  Script script(model_->tokenizer(), texts_);
  std::vector<Line> held_out;
  for (const std::uint32_t episode : plan.held_out)
    if (const Line& line = script.line(episode); !line.empty()) held_out.push_back(line);
  const std::size_t held_out_tokens = tokens_of(held_out);
  const auto a_step = static_cast<std::size_t>(options_.rehearsal.batch) * static_cast<std::size_t>(model_->context());
  const std::size_t most_tokens = request.steps.value_or(options_.most_steps) * a_step;
  Practice practice;
  std::vector<Line> lines;
  std::size_t tokens = 0;
  for (const std::uint32_t episode : plan.practised) {
    const Line& line = script.line(episode);
    if (line.empty()) continue;
    lines.push_back(line);
    practice.episodes.push_back(episode);
    if ((tokens += line.size()) >= most_tokens) break;
  }
  if (held_out.empty() || lines.empty()) return std::nullopt;

  // 2. Is there time? Held-out episodes are read twice, and a step is about four readings of its tokens.
  std::uint64_t steps = request.steps.value_or(std::max<std::uint64_t>(options_.least_steps, tokens / a_step));
  double reading_seconds = 0;  // of all that is held out
  if (request.seconds > 0) {
    std::vector<Line> some;
    for (std::size_t i = 0; i < held_out.size() && tokens_of(some) < kProbe; ++i) some.push_back(held_out[i]);
    plan.copy->nats(some, 1);  // the first time is slower
    const base::Stopwatch probe;
    plan.copy->nats(some, 1);
    reading_seconds = probe.seconds() * static_cast<double>(held_out_tokens) / static_cast<double>(tokens_of(some));
    const double step_seconds =
        4 * reading_seconds * static_cast<double>(a_step) / static_cast<double>(held_out_tokens);
    const double left = request.seconds - watch.seconds() - 2 * reading_seconds;
    if (left < static_cast<double>(options_.least_steps) * step_seconds) return std::nullopt;
    steps = std::min(steps, static_cast<std::uint64_t>(left / step_seconds));
  }

  // 3. Practise, in a vocabulary to which the commonest composites are added, with what is known of units by now.
  const base::Stopwatch reading;
  practice.before_nats = plan.copy->nats(held_out, options_.rehearsal.threads);
  reading_seconds = reading.seconds();
  const int known = plan.copy->composites().size();
  for (const auto& surfaces : plan.composites) {
    std::vector<PredictiveCopy::Unit> units;
    for (const std::string& surface : surfaces) units.push_back(script.surface(surface));
    plan.copy->add_composite(std::move(units));
  }
  if (plan.words) {
    const auto surface = [&](const std::string& text) { return script.surface(text); };
    plan.copy->take_in(known_units(*plan.words, model_->tokenizer().begin_end(), surface, plan.copy->vectors().get()));
  }
  if (const auto& vectors = plan.copy->vectors()) practice.units = vectors->rows();
  practice.composites = static_cast<std::size_t>(plan.copy->composites().size() - known);
  transformer::RehearsalOptions rehearsal = options_.rehearsal;
  rehearsal.steps = steps;
  rehearsal.seed = base::Rng(request.seed).fork("rehearsal").bits();
  bool cut = false;
  double longest_step = 0, last = watch.seconds();
  const transformer::Rehearsal result = plan.copy->rehearse(lines, rehearsal, [&] {
    const double now = watch.seconds();
    longest_step = std::max(longest_step, now - last);
    last = now;
    if (request.seconds > 0 && now + longest_step + 1.2 * reading_seconds > request.seconds) return false;
    cut = !wanted();
    return !cut;
  });
  if (cut || result.steps == 0) return std::nullopt;

  // 4. What was it worth, on what was never practised?
  practice.after_nats = plan.copy->nats(held_out, options_.rehearsal.threads);
  practice.steps = result.steps;
  practice.tokens = result.tokens;
  practice.held_out_tokens = held_out_tokens;
  const auto bits = [&](double nats) { return base::bits_of(nats * static_cast<double>(held_out_tokens)); };
  practice.gain_bits = bits(practice.before_nats) - bits(practice.after_nats);
  practice.needed_bits = std::max(options_.least_bits, options_.least_share * bits(practice.before_nats));
  practice.copy = std::move(plan.copy);
  practice.copy->clear();
  practice.generation = plan.generation;
  std::sort(practice.episodes.begin(), practice.episodes.end());
  practice.episodes.erase(std::unique(practice.episodes.begin(), practice.episodes.end()), practice.episodes.end());
  practice.seconds = watch.seconds();
  return practice;
}

}  // namespace noema::reasoning
