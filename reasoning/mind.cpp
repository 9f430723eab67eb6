#include "reasoning/mind.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "memory/search_terms.h"
#include "reasoning/checkpoint.h"
#include "reasoning/knowledge.h"
#include "reasoning/past.h"
#include "reasoning/taught.h"

namespace noema::reasoning {

using concepts::ConceptId;
using nlohmann::json;

Mind::Mind(memory::Life life, const MindOptions& options)
    : life_(std::move(life)),
      readers_(life_.path()),
      options_(options),
      clock_(options.clock ? *options.clock : system_clock_),
      model_(std::make_shared<const transformer::Model>(
          transformer::Model::parse(life_.model().bytes(), life_.path().string()))),
      reader_(std::in_place, *model_),
      core_(static_cast<std::size_t>(model_->width()), options.core),
      meaning_(std::in_place, *model_),
      from_birth_(json::parse(life_.origin().options).contains(kFromBirth)) {
  make_consolidation();
  load_graph(life_, core_.graph(), core_.thinker(), &*meaning_);
  core_.set_budget(budget_with_copy(life_, *model_, options.encode), past_of(life_));
  if (const auto state = life_.state("predictor")) core_.predictor().restore(*state);
  if (auto copy = load_copy(life_, *model_)) core_.adopt(std::move(copy), false);
  practised_at_ = practised_at(life_);
  know_writings();
}

/// Lets the reader know how the graph's units were written.
void Mind::know_writings() {
  const auto& graph = core_.graph();
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (const auto* unit = graph.node(id).as<concepts::Unit>())
      for (const auto& [surface, count] : unit->surfaces) reader_->know(surface);
}

// --- Perceive ------------------------------------------------------------------------------------------------------

Perception Mind::perceive(const Input& input) {
  require_background();
  if (input.id) with_life([&](memory::Life& life) { refuse_taken_id(life, input); });
  reencode_if_due();
  encode_what_was_told();
  Perception perception;
  const double transformer_before = transformer_seconds();

  // Read: what does each unit cost, before it is known?
  if (options_.predict && !warm_) warm_up();
  const std::vector<UnitReading> line = options_.predict ? reader_->read(input.text) : reader_->split(input.text);
  if (options_.predict) perception.bits = core_.predict(line);

  // Store and attach: text and attachments enter the log in the same moment as the graph.
  std::vector<std::string> surfaces, identities;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) {
    surfaces.push_back(line[i].surface);
    identities.push_back(line[i].identity);
  }
  memory::EpisodeRow row = row_of(input, clock_.now_seconds());
  const auto log = [&](const std::vector<ConceptId>& attached) {
    row.attachments.assign(attached.begin(), attached.end());
    written([&] {
      perception.episode = life_.append(row, memory::search_terms(identities));
      row.position = life_.last_position();
      protect(core_.graph(), life_, row, attached);
      core_.thinker().agenda().set_anchor();
    });
  };
  const std::vector<ConceptId> units = changed([&] { return core_.attach(line, log); });

  // Encode: what the key encoder makes of each unit enters its concept's vector.
  if (options_.encode) meaning_->perceive(surfaces, units);
  changed([&] { core_.keep(journal()); });
  forget_vectors();
  perception.transformer_seconds = transformer_seconds() - transformer_before;
  if (thoughts_after_inputs_ > 0) think(thoughts_after_inputs_);
  return perception;
}

// --- Think ---------------------------------------------------------------------------------------------------------

Thinking Mind::think(std::uint64_t proposals, const std::function<bool()>& keep_on) {
  require_background();
  const Thinking thinking = changed([&] { return core_.think(proposals, journal(), keep_on); });
  add(thinking);
  forget_vectors();
  return thinking;
}

std::size_t Mind::think_of_facts(const std::function<bool()>& keep_on) {
  std::size_t thought = 0;
  with_life([&](memory::Life& life) {
    if (life.origin().max_bytes > 0) return;
    thought = written([&] { return Knowledge::think(life, keep_on); });
    life.commit();
  });
  const std::scoped_lock lock(knowledge_mutex_);
  knowledge_.reset();
  return thought;
}

// --- Answer --------------------------------------------------------------------------------------------------------

std::vector<Recalled> Mind::recall(const std::string& cue, std::size_t k, const std::optional<std::string>& group) {
  const MindView view(*this);
  return reasoning::recall(view.graph(), view.life(), cue, k, group);
}

/// What is known, with everything that `life` holds. The caller holds the knowledge's mutex.
const Knowledge& Mind::knowledge(const memory::Life& life) {
  if (!knowledge_)
    knowledge_ = std::make_unique<Knowledge>(Knowledge::of(life));
  else
    knowledge_->catch_up(life);
  return *knowledge_;
}

std::optional<Answer> Mind::known_answer(const memory::Life& life, const std::string& question) {
  const std::scoped_lock lock(knowledge_mutex_);
  const Knowledge& known = knowledge(life);
  const KnownAnswer found = known.answer(life, question);
  if (!found.is_understood) return std::nullopt;
  Answer answer;
  answer.confidence = found.confidence;
  answer.answer = found.value;
  answer.chain = found.chain;
  for (auto step = found.chain.rbegin(); step != found.chain.rend(); ++step)
    answer.evidence.push_back({*step, 1, 1, {}});
  return answer;
}

Answer Mind::answer(const std::string& question, bool learn) {
  Answer answer;
  {
    const MindView view(*this);
    if (const auto taught = taught_answer(view.life(), question))
      answer = {taught->answer, 1, true, {{taught->id, 1, 1, {}}}};
    else if (auto known = known_answer(view.life(), question))
      answer = std::move(*known);
    else
      answer = recalled_answer(view, question);
  }
  if (learn) {
    Input input;
    input.text = question;
    input.kind = kAsked;
    perceive(input);
    commit();
  }
  return answer;
}

/// The best recalled input, if it holds enough of the question and no taught question showed how to answer better.
Answer Mind::recalled_answer(const MindView& view, const std::string& question) {
  constexpr std::size_t kEvidence = 3;
  constexpr double kEnough = 0.5;  // of the question's information must stand in the evidence
  Answer answer;
  answer.evidence = reasoning::recall(view.graph(), view.life(), question, kEvidence, std::nullopt);
  if (!answer.evidence.empty()) answer.confidence = answer.evidence.front().coverage;
  const std::scoped_lock lock(knowledge_mutex_);
  if (answer.confidence >= kEnough && !knowledge(view.life()).understands_questions())
    answer.answer = view.life().episodes().input(answer.evidence.front().episode)->text;
  return answer;
}

std::vector<concepts::Scored> Mind::similar(ConceptId concept_id, std::size_t k) const {
  // Company proposes; vectors have a say among what it proposes.
  constexpr double kVectorWeight = 0.1;
  const std::shared_lock lock(core_.mutex());
  const auto& graph = core_.graph();
  std::vector<concepts::Scored> found = concepts::similar(graph, concept_id, 4 * k);
  const Eigen::VectorXf own = meaning_->vector_of(graph, concept_id);
  for (concepts::Scored& other : found) {
    const Eigen::VectorXf vector = meaning_->vector_of(graph, other.id);
    if (own.size() > 0 && vector.size() > 0) other.score += kVectorWeight * double{own.dot(vector)};
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.score > b.score; });
  if (found.size() > k) found.resize(k);
  return found;
}

}  // namespace noema::reasoning
