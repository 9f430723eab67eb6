#include "reasoning/mind.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "memory/search_terms.h"
#include "reasoning/checkpoint.h"
#include "reasoning/company.h"
#include "reasoning/journal.h"
#include "reasoning/knowledge.h"
#include "reasoning/past.h"
#include "reasoning/taught.h"
#include "reasoning/thoughts/footing.h"
#include "reasoning/thoughts/keep.h"
#include "reasoning/thoughts/merge.h"
#include "reasoning/thoughts/withdraw.h"
#include "reasoning/withdrawn.h"

namespace noema::reasoning {

using concepts::ConceptId;
using nlohmann::json;

namespace {

/// More views than cores would only make each last longer, and who feeds waits for all that are there. One more, as
/// thinking about company holds a connection for long.
std::size_t views_at_once() { return std::max(2U, std::thread::hardware_concurrency()) + 1; }

/// The experts hold no more than the life's budget leaves them.
CoreOptions within_budget(CoreOptions options, const memory::Life& life) {
  options.predictor.max_bytes = static_cast<std::uint64_t>(life.origin().max_bytes);
  return options;
}

}  // namespace

Mind::Mind(memory::Life life, const MindOptions& options)
    : life_(std::move(life)),
      readers_(life_.path(), views_at_once()),
      options_(options),
      clock_(options.clock ? *options.clock : system_clock_),
      model_(std::make_shared<const transformer::Model>(
          transformer::Model::parse(life_.model().bytes(), life_.path().string()))),
      reader_(std::in_place, *model_),
      core_(static_cast<std::size_t>(model_->width()), within_budget(options.core, life_)),
      meaning_(std::in_place, *model_),
      from_birth_(json::parse(life_.origin().options).contains(kFromBirth)),
      knows_facts_(life_.origin().max_bytes == 0) {
  make_consolidation();
  load_graph(life_, core_.graph(), core_.thinker(), &*meaning_);
  core_.set_budget(budget_with_copy(life_, *model_, options.encode), past_of(life_));
  if (const auto state = life_.state("predictor")) core_.predictor().restore(*state);
  if (auto copy = load_copy(life_, *model_)) core_.adopt(std::move(copy), false);
  practised_at_ = practised_at(life_);
  company_units_ = company_stamp(life_).units;
  topics_units_ = company_stamp(life_, kTopicsMade).units;
  wholes_units_ = company_stamp(life_, kWholesMade).units;
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

  // Read: what does each unit cost, before it is known? An image has no units.
  const bool predicts = options_.predict && !input.image;
  if (predicts && !warm_) warm_up();
  const std::vector<UnitReading> line = predicts ? reader_->read(input.text) : reader_->split(input.text);
  if (predicts) perception.bits = core_.predict(line);

  // Store and attach: text and attachments enter the log in the same moment as the graph.
  std::vector<std::string> surfaces;
  for (std::size_t i = 0; i + 1 < line.size(); ++i) surfaces.push_back(line[i].surface);
  memory::EpisodeRow row = row_of(input, clock_.now_seconds());
  const auto log = [&](const std::vector<ConceptId>& attached) {
    row.attachments.assign(attached.begin(), attached.end());
    written([&] {
      perception.episode = life_.append(row, memory::search_terms(identities_of(line)));
      row.position = life_.last_position();
      if (row.label) classes_are_kept_ = false;
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
  constexpr std::uint64_t kLeastConsidered = 64;
  Thinking thinking = changed([&] { return core_.think(proposals, journal(), keep_on); });
  add(thinking);
  forget_vectors();
  if (proposals > 0) consider_facts(std::max(proposals, kLeastConsidered), keep_on);
  return thinking;
}

/// What thinking found in what was told. What answers were read from becomes it, if nothing was told or withdrawn
/// since: reading a large life's again takes seconds. The caller must hold the core's mutex exclusively.
Knowledge& Mind::thought_about() {
  if (!thought_about_) {
    const std::scoped_lock lock(knowledge_mutex_);
    if (knowledge_ && !knowledge_->has_news())
      thought_about_ = std::move(knowledge_);
    else
      thought_about_ = std::make_unique<Knowledge>(Knowledge::stored_in(life_));
    core_.know(&thought_about_->layer());
  }
  return *thought_about_;
}

/// Looks at so many more entries of the log, and thinks about the inputs among them.
Mind::Considered Mind::consider_facts(std::size_t most, const std::function<bool()>& keep_on) {
  Considered considered;
  with_life([&](memory::Life& life) {
    if (!knows_facts_ || !thought_about().is_behind(life)) return;
    const bool is_new = !thought_about().was_thought();
    std::size_t looked_at = 0;
    considered.inputs = changed(
        [&] { return thought_about().think(life, [&] { return looked_at++ < most && (!keep_on || keep_on()); }); });
    facts_are_kept_ = facts_are_kept_ && !is_new && !thought_about().has_news();
    considered.is_all = !thought_about().is_behind(life);
  });
  return considered;
}

/// Stores what was found, if it is not stored yet. The caller must hold the core's mutex exclusively.
void Mind::keep_facts() {
  if (facts_are_kept_) return;
  written([&] { thought_about().keep(life_); });
  facts_are_kept_ = true;
  const std::scoped_lock lock(knowledge_mutex_);
  knowledge_.reset();
}

std::size_t Mind::think_of_facts(const std::function<bool()>& keep_on) {
  require_background();
  constexpr std::size_t kAtOnce = 256;
  std::size_t inputs = 0;
  bool is_stopped = false;
  const auto goes_on = [&] { return !(is_stopped = is_stopped || (keep_on && !keep_on())); };
  for (Considered considered{0, false}; !considered.is_all && !is_stopped; inputs += considered.inputs)
    considered = consider_facts(kAtOnce, goes_on);
  std::vector<KnownIdentity> identities;
  with_life([&](memory::Life& life) {
    if (!knows_facts_) return;
    identities = thought_about().identities_if_due();
    facts_are_kept_ = facts_are_kept_ && identities.empty();
    keep_facts();
    life.commit();
  });
  for (const KnownIdentity& one : identities) merge(one);
  if (!identities.empty()) commit();
  return inputs;
}

/// Makes two names one concept, unless they are one already, or were and somebody took it back.
void Mind::merge(const KnownIdentity& names) {
  const std::unique_lock alone(core_.mutex());
  const auto& graph = core_.graph();
  const auto a = graph.find(names.a), b = graph.find(names.b);
  if (!a || !b || !thoughts::is_active(graph, *a) || !thoughts::is_active(graph, *b)) return;
  const ConceptId one = graph.concept_of(*a), other = graph.concept_of(*b);
  if (one == other) return;
  auto thought = weighed(graph, thoughts::merge(), thoughts::merge_of(one, other));
  if (!thought || was_taken_back(*thought)) return;
  thought->account.reason = fmt::format("what was told of both agrees: {:.1f} bits beyond chance", names.bits);
  thought->account.evidence = names.evidence;
  thought->account.details = {{"agreement_bits", names.bits}};
  thought->gain_bits = names.bits;
  changed([&] { reasoning::commit(core_.graph(), *thought, journal()); });
  Thinking thinking;
  thinking.thoughts = 1;
  thinking.by_kind["merge"] = 1;
  thinking.gain_bits = names.bits;
  add(thinking);
}

bool Mind::was_taken_back(const Thought& thought) const {
  const auto log = life_.thoughts();
  for (const auto& role : thought.kind->concepts(core_.graph(), thought))
    for (const memory::ThoughtId id : log.about(role.id)) {
      const auto row = log.find(id);
      if (row && row->undone_by != 0 && thought_of(*row).operands == thought.operands) return true;
    }
  return false;
}

// --- Answer --------------------------------------------------------------------------------------------------------

std::vector<Recalled> Mind::recall(const std::string& cue, std::size_t k, const RecallFilter& filter) {
  const MindView view(*this);
  return reasoning::recall(view.graph(), view.life(), recall_index_, cue, k, filter);
}

/// What is known, with everything that `life` holds. The caller holds the knowledge's mutex.
const Knowledge& Mind::knowledge(const memory::Life& life) {
  if (!knowledge_)
    knowledge_ = std::make_unique<Knowledge>(Knowledge::of(life));
  else
    knowledge_->catch_up(life);
  return *knowledge_;
}

void Mind::with_knowledge(const std::function<void(const Knowledge&, const memory::Life&)>& use) {
  const MindView view(*this);
  const std::scoped_lock lock(knowledge_mutex_);
  use(knowledge(view.life()), view.life());
}

std::optional<Answer> Mind::known_answer(const memory::Life& life, const std::string& question, const AsOf& as_of,
                                         const RecallFilter& among) {
  const std::scoped_lock lock(knowledge_mutex_);
  const KnownAnswer found = knowledge(life).answer(life, question, as_of, among.group.value_or(""));
  if (!found.is_understood) return std::nullopt;
  for (const memory::EpisodeId step : found.chain)
    if (const auto row = life.episodes().find(step); row && !passes(*row, among)) return std::nullopt;
  Answer answer;
  answer.confidence = found.confidence;
  answer.answer = found.value;
  answer.chain = found.chain;
  answer.inferred_by = found.inferred_by;
  answer.gone_since = found.gone_since;
  for (auto step = found.chain.rbegin(); step != found.chain.rend(); ++step)
    answer.evidence.push_back({*step, 1, 1, {}});
  return answer;
}

Answer Mind::answer(const std::string& question, bool learn, const AsOf& as_of, const RecallFilter& among) {
  const bool is_now = !as_of.time && !as_of.input;
  Answer answer;
  {
    const MindView view(*this);
    const auto taught = is_now ? taught_answer(view.life(), question, among) : std::nullopt;
    auto known = known_answer(view.life(), question, as_of, among);
    const bool is_newer = known && known->answer && !known->chain.empty() &&
                          (!taught || *std::max_element(known->chain.begin(), known->chain.end()) > taught->id);
    if (taught && !is_newer)
      answer = {taught->answer, 1, true, {{taught->id, 1, 1, {}}}};
    else if (known)
      answer = *std::move(known);
    else if (is_now)
      answer = recalled_answer(view, question, among);
    if (answer.answer && is_refused(view.life(), question, *answer.answer)) answer.answer.reset();
  }
  if (learn && is_now) store(question, kAsked, std::nullopt, among);
  return answer;
}

Answer Mind::judge(const std::string& question, bool is_right, const RecallFilter& among) {
  Answer judged = answer(question, false, {}, among);
  if (!judged.answer) throw base::Error("there is no answer to this question that could be judged");
  store(question, is_right ? kTaught : kRefused, judged.answer, among);
  return judged;
}

void Mind::store(const std::string& question, std::string_view kind, const std::optional<std::string>& answer,
                 const RecallFilter& among) {
  Input input;
  input.text = question;
  input.kind = kind;
  input.answer = answer;
  if (among.group) input.group = *among.group;
  perceive(input);
  commit();
}

memory::ThoughtId Mind::withdraw(memory::EpisodeId input) {
  require_background();
  const std::unique_lock alone(core_.mutex());
  require_sound();
  const auto row = life_.episodes().find(input);
  if (!row) throw base::Error(fmt::format("there is no input {}; `noema recall` gives the numbers of inputs", input));
  const memory::EpisodeId first = row->begins_at != 0 ? row->begins_at : input;
  if (withdrawn_inputs(life_).contains(first)) throw base::Error(fmt::format("input {} is withdrawn already", first));
  Thought thought{&thoughts::withdraw(), thoughts::withdraw_of(first)};
  thought.account.reason = "a person took it back";
  thought.account.evidence = {first};
  changed([&] { reasoning::commit(core_.graph(), thought, journal()); });
  life_.commit();
  return static_cast<memory::ThoughtId>(thought.number);
}

memory::ThoughtId Mind::keep(ConceptId concept_id) {
  require_background();
  const std::unique_lock alone(core_.mutex());
  require_sound();
  auto thought = weighed(core_.graph(), thoughts::keep(), thoughts::keep_of(concept_id));
  if (!thought)
    throw base::Error(fmt::format("concept:{} cannot be kept: it is kept already, or no thought made it", concept_id));
  thought->account.reason = "a person keeps it";
  changed([&] { reasoning::commit(core_.graph(), *thought, journal()); });
  life_.commit();
  return static_cast<memory::ThoughtId>(thought->number);
}

/// What of the best recalled input answers, if no taught question showed how to answer better. It is given if it holds
/// enough of the question, or if it holds some of it and no other input comes near: the rest may be how the question is
/// put.
Answer Mind::recalled_answer(const MindView& view, const std::string& question, const RecallFilter& among) {
  constexpr std::size_t kEvidence = 3;
  constexpr double kEnough = 0.5;  // of the question's information
  constexpr double kSome = 0.4;    // likewise
  constexpr double kFar = 0.62;    // of the best one's score, if the next one has at most so much
  Answer answer;
  answer.evidence = reasoning::recall(view.graph(), view.life(), recall_index_, question, kEvidence, among);
  if (answer.evidence.empty()) return answer;
  const Recalled& best = answer.evidence.front();
  const Passage passage = passage_of(view.graph(), view.life(), recall_index_, question, best);
  answer.confidence = std::min(best.coverage, passage.coverage);  // of many sentences one holds more by chance
  const bool is_alone = answer.evidence.size() < 2 || answer.evidence[1].score <= kFar * best.score;
  if (answer.confidence < (is_alone ? kSome : kEnough)) return answer;
  const std::scoped_lock lock(knowledge_mutex_);
  if (!knowledge(view.life()).understands_questions()) answer.answer = passage.text;
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
