#include "reasoning/mind.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/error.h"
#include "reasoning/experts/state_cache.h"
#include "reasoning/life_graph.h"

namespace noema::reasoning {

using concepts::ConceptId;
using nlohmann::json;

Mind::Mind(memory::Life life, const MindOptions& options)
    : life_(std::move(life)),
      options_(options),
      clock_(options.clock ? *options.clock : system_clock_),
      model_(
          std::make_shared<const transformer::Model>(transformer::Model::parse(life_.model(), life_.path().string()))),
      reader_(std::in_place, *model_),
      core_(static_cast<std::size_t>(model_->width()), options.core),
      meaning_(std::in_place, *model_),
      from_birth_(json::parse(life_.options()).contains(kFromBirth)) {
  make_consolidation();
  load_graph(life_, core_.graph(), core_.thinker(), &*meaning_);
  core_.set_budget(budget_with_copy(life_, *model_, options.encode), past_of(life_));
  if (const auto state = life_.state("predictor")) core_.predictor().restore(*state);
  if (auto copy = load_copy(life_, *model_)) core_.adopt(std::move(copy), false);
  practised_at_ = practised_at(life_);
  know_writings();
}

/// Lets the reader know what was written how.
void Mind::know_writings() {
  const auto& graph = core_.graph();
  for (ConceptId id = 1; id < graph.size(); ++id)
    if (const auto* unit = graph.node(id).as<concepts::Unit>())
      for (const auto& [surface, count] : unit->surfaces) reader_->know(surface, unit->label);
}

Mind::~Mind() {
  background_stops_ = true;
  if (background_thread_.joinable()) background_thread_.join();
}

// --- Perceive ------------------------------------------------------------------------------------------------------

Perception Mind::perceive(const Input& input) {
  if (input.id) {
    const std::unique_lock alone(core_.mutex());
    if (life_.find_episode(input.group, *input.id))
      throw base::Error(fmt::format("{}:{}: id '{}' is taken in group '{}'; ids are unique in their group",
                                    input.source, input.line, *input.id, input.group));
  }
  reencode_if_due();
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
  memory::EpisodeRow row;
  row.time = input.time.value_or(clock_.now_seconds());
  row.source = input.source;
  row.line = input.line;
  row.group = input.group;
  row.kind = input.kind;
  row.outer_id = input.id;
  row.speaker = input.speaker;
  row.label = input.label;
  row.answer = input.answer;
  row.text = input.text;
  const std::vector<ConceptId> units = core_.attach(line, [&](const std::vector<ConceptId>& attached) {
    row.attachments.assign(attached.begin(), attached.end());
    require_sound();
    try {
      perception.episode = life_.append(row, terms_of(identities));
      protect(core_.graph(), life_, row, attached);
    } catch (...) {
      failed_ = true;
      throw;
    }
  });

  // Encode: what the key encoder makes of each unit enters its concept's vector.
  if (options_.encode) meaning_->perceive(surfaces, units);
  core_.keep([this](const Thinker::Committed& committed) { return journal(committed); });
  forget_vectors();
  perception.transformer_seconds = transformer_seconds() - transformer_before;
  if (thoughts_after_inputs_ > 0) think(thoughts_after_inputs_);
  return perception;
}

std::optional<std::string> Mind::text_of(std::uint32_t episode) {
  std::optional<memory::EpisodeRow> row;
  with_life([&](memory::Life& life) { row = life.episode(static_cast<memory::EpisodeId>(episode) + 1); });
  if (!row) return std::nullopt;
  return std::move(row->text);
}

/// Reads again what the life read last, so that window and fast store are as they were.
void Mind::warm_up() {
  warm_ = true;
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

// --- Think ---------------------------------------------------------------------------------------------------------

Thinking Mind::think(std::uint64_t proposals, const std::function<bool()>& keep_on) {
  const Thinking thinking = core_.think(
      proposals, [this](const Thinker::Committed& committed) { return journal(committed); }, keep_on);
  add(thinking);
  forget_vectors();
  return thinking;
}

/// Writes a thought into the log, in the moment before the graph changes.
std::uint64_t Mind::journal(const Thinker::Committed& committed) {
  const Thought& thought = committed.thought;
  memory::ThoughtRow row;
  row.time = clock_.now_seconds();
  row.kind = name_of(thought.kind);
  row.operands.assign(thought.operands.begin(), thought.operands.end());
  row.result = committed.result;
  row.gain_bits = thought.gain_bits;
  row.cost_seconds = committed.seconds;
  row.candidates = static_cast<std::int64_t>(committed.candidates);
  row.after_episode = life_.counts().episodes;
  constexpr std::size_t kEvidence = 8;
  const std::size_t step = std::max<std::size_t>(1, thought.occurrences.size() / kEvidence);
  for (std::size_t i = 0; i < thought.occurrences.size() && row.evidence.size() < kEvidence; i += step) {
    const auto episode = static_cast<memory::EpisodeId>(core_.graph().stream().episode_of(thought.occurrences[i])) + 1;
    if (row.evidence.empty() || row.evidence.back() != episode) row.evidence.push_back(episode);
  }
  if (row.evidence.empty()) row.evidence = committed.evidence;
  json details{{"needed_bits", committed.needed_bits}, {"occurrences", thought.occurrences.size()}};
  if (committed.for_budget)
    details["budget"] = true;
  else if (thoughts_after_inputs_ > 0)
    details["batch"] = committed.batch;
  if (!committed.before.empty()) details["before"] = committed.before;
  row.reason = fmt::format("{} occurrences; {:.1f} bits shorter, {:.1f} needed for {} alternatives",
                           thought.occurrences.size(), thought.gain_bits, committed.needed_bits, row.candidates);
  if (const LetGo* gone = committed.let_go) {
    const concepts::Forgetting& forgetting = *gone->forgetting;
    details["first"] = gone->first;
    details["bits"] = forgetting.bits;
    details["bytes"] = static_cast<std::int64_t>(gone->bytes_before - gone->bytes_after);
    details["faded"] = json::array();
    for (const concepts::Faded& one : forgetting.faded) {
      details["faded"].push_back({one.id, one.label, one.redirect, one.category});
      faded_.push_back(one.id);
    }
    for (std::uint32_t e = gone->first; e < forgetting.episode; ++e)
      row.evidence.push_back(static_cast<memory::EpisodeId>(e) + 1);
    const bool bytes = gone->max_bytes > 0 && gone->bytes_before > gone->max_bytes;
    row.reason = fmt::format(
        "the life held {} {} of {}: inputs {} to {} go, {:.1f} bits of their code, {} concepts and {} bytes with them",
        bytes ? gone->bytes_before : gone->concepts_before, bytes ? "bytes" : "concepts",
        bytes ? gone->max_bytes : gone->max_concepts, gone->first + 1, forgetting.episode, forgetting.bits,
        forgetting.faded.size(), static_cast<std::int64_t>(gone->bytes_before - gone->bytes_after));
  }
  row.details = details.dump();
  require_sound();
  try {
    return static_cast<std::uint64_t>(life_.append(row));
  } catch (...) {
    failed_ = true;
    throw;
  }
}

/// Gives back the vectors of what faded, in the thread that perceives.
void Mind::forget_vectors() {
  const std::unique_lock alone(core_.mutex());
  for (const ConceptId id : faded_) meaning_->forget(id);
  faded_.clear();
}

void Mind::add(const Thinking& thinking) {
  thinking_.examined += thinking.examined;
  thinking_.thoughts += thinking.thoughts;
  thinking_.gain_bits += thinking.gain_bits;
  thinking_.seconds += thinking.seconds;
  thinking_.rolled_back += thinking.rolled_back;
  for (const auto& [kind, count] : thinking.by_kind) thinking_.by_kind[kind] += count;
}

void Mind::think_after_inputs(std::uint64_t proposals) {
  checkpoint();  // what was thought otherwise ends here: a replay from now on thinks the same after each input
  thoughts_after_inputs_ = proposals;
  life_.set_state(kThinkAfterInputs, std::to_string(proposals));
  life_.commit();
}

void Mind::start_background() {
  base::check(!background_thread_.joinable(), "a mind has one background thinker");
  background_stops_ = false;
  background_thread_ = std::thread([this] { background(); });
}

void Mind::background() {
  constexpr std::uint64_t kBetweenLooks = 64;
  constexpr double kPracticeSeconds = 10;
  try {
    while (!background_stops_) {
      const Thinking thinking = core_.think(
          kBetweenLooks, [this](const Thinker::Committed& committed) { return journal(committed); },
          [this] { return !background_stops_; });
      {
        const std::unique_lock alone(core_.mutex());
        add(thinking);
      }
      if (consolidation_due()) {
        consolidate(std::nullopt, kPracticeSeconds, [this] { return !background_stops_; });
        continue;
      }
      if (thinking.examined == 0) std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
  } catch (...) {
    background_error_ = std::current_exception();
  }
}

Thinking Mind::stop_background() {
  background_stops_ = true;
  if (background_thread_.joinable()) background_thread_.join();
  if (background_error_) std::rethrow_exception(std::exchange(background_error_, nullptr));
  return thinking_;
}

void Mind::undo(memory::ThoughtId id) {
  const std::unique_lock alone(core_.mutex());
  const auto row = life_.thought(id);
  if (!row)
    throw base::Error(fmt::format("thought:{} is not in this life; `noema why` lists a concept's thoughts", id));
  if (row->undone_by != 0) throw base::Error(fmt::format("thought:{} was taken back already", id));
  if (const auto later = standing_on(life_, core_.graph(), *row))
    throw base::Error(
        fmt::format("thought:{} cannot be taken back while thought:{} stands on it; undo that one first", id, *later));
  if (operator_named(row->kind) == Operator::kConsolidate)
    take_back_practice(id);
  else
    life_.append_undo(id, clock_.now_seconds());
  take_back(core_.graph(), *row, past_of(life_));
  life_.commit();
}

// --- Answer --------------------------------------------------------------------------------------------------------

std::vector<Recalled> Mind::recall(const std::string& cue, std::size_t k, const std::optional<std::string>& group) {
  const std::shared_lock lock(core_.mutex());
  return reasoning::recall(core_.graph(), life_, cue, k, group);
}

Answer Mind::answer(const std::string& question, bool learn) {
  constexpr std::size_t kEvidence = 3;
  constexpr double kEnough = 0.5;  // of the question's information must stand in the evidence
  Answer answer;
  answer.evidence = recall(question, kEvidence);
  if (!answer.evidence.empty()) {
    answer.confidence = answer.evidence.front().coverage;
    if (answer.confidence >= kEnough) answer.answer = life_.episode(answer.evidence.front().episode)->text;
  }
  if (learn) {
    Input input;
    input.text = question;
    input.kind = "question";
    perceive(input);
    associate(question, answer.evidence);
    commit();
  }
  return answer;
}

/// Links what was asked with what it called up: the most telling concepts of both, as a journalled thought.
void Mind::associate(const std::string& question, const std::vector<Recalled>& evidence) {
  constexpr std::size_t kTelling = 4;
  if (evidence.empty()) return;
  const std::unique_lock alone(core_.mutex());
  require_sound();
  const auto told = life_.episode(evidence.front().episode);
  if (!told) return;
  const std::vector<ConceptId> asked = telling_concepts(core_.graph(), question, kTelling);
  Thought thought;
  thought.kind = Operator::kAssociate;
  for (const ConceptId a : asked)
    for (const ConceptId b : telling_concepts(core_.graph(), told->text, kTelling))
      if (std::find(asked.begin(), asked.end(), b) == asked.end()) {
        thought.operands.push_back(a);
        thought.operands.push_back(b);
      }
  if (thought.operands.empty()) return;
  const Thinker::Committed committed{thought, 0, 0, 1, 0, 0, {}, false, nullptr, {evidence.front().episode}};
  apply(core_.graph(), thought.kind, thought.operands, journal(committed));
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

// --- Keep ----------------------------------------------------------------------------------------------------------

/// A failed write rolled its whole batch back: what the graph learned since is in no log, so the life must be opened
/// anew.
void Mind::require_sound() const {
  if (failed_)
    throw base::Error(fmt::format("{}: writing failed before; what was acknowledged is stored, run the command again",
                                  life_.path().string()));
}

void Mind::with_life(const std::function<void(memory::Life&)>& use) {
  const std::unique_lock alone(core_.mutex());
  require_sound();
  use(life_);
}

MindView::MindView(const Mind& mind) : mind_(&mind), life_(mind.take_reader()), standing_still_(mind.core_.mutex()) {}

MindView::~MindView() {
  if (!life_) return;  // moved from
  const std::scoped_lock lock(mind_->readers_mutex_);
  mind_->readers_.push_back(std::move(life_));
}

const concepts::Graph& MindView::graph() const { return mind_->core_.graph(); }
const Thinker& MindView::thinker() const { return mind_->core_.thinker(); }

std::unique_ptr<memory::Life> Mind::take_reader() const {
  {
    const std::scoped_lock lock(readers_mutex_);
    if (!readers_.empty()) {
      auto reader = std::move(readers_.back());
      readers_.pop_back();
      return reader;
    }
  }
  return std::make_unique<memory::Life>(memory::Life::open(life_.path(), memory::Access::kRead));
}

void Mind::commit() {
  constexpr memory::Position kSmallTail = 65536;
  memory::Position tail = 0;
  {
    const std::unique_lock alone(core_.mutex());
    require_sound();
    life_.commit();
    tail = life_.last_position() - life_.checkpoint_position();
  }
  // Each checkpoint doubles what it covers, so that all of them together cost no more than twice the last.
  if (tail > kSmallTail && tail > life_.checkpoint_position()) checkpoint();
}

void Mind::checkpoint() {
  forget_vectors();
  const std::unique_lock alone(core_.mutex());
  require_sound();
  save_graph(life_, core_.graph(), core_.thinker(), *meaning_, core_.predictor().state());
}

}  // namespace noema::reasoning
