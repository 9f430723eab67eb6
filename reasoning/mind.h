#pragma once
// The door of reasoning, and of noema: a mind that has a life open. Three acts, and between them it keeps what it
// learned.
//
//   perceive   predict -> store -> attach -> encode: cheap, bounded, acknowledged when its batch is durable
//   think      examine suggestions on a graph that stands still -> commit what shortens the description, in one order
//   answer     recall -> express, with evidence and a confidence, or abstain; asking is experience too

#include <atomic>
#include <exception>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "base/clock.h"
#include "memory/inputs/input.h"
#include "memory/life.h"
#include "memory/readers.h"
#include "reasoning/consolidation.h"
#include "reasoning/core.h"
#include "reasoning/meaning.h"
#include "reasoning/recall.h"

namespace noema::reasoning {

struct MindOptions {
  CoreOptions core;
  std::optional<ConsolidationOptions> consolidation;  ///< absent: by default, or from_birth() for such a life
  std::uint64_t reencode_units = 20000;  ///< a life from birth reads its own pieces instead of bytes from then on
  const base::Clock* clock = nullptr;    ///< absent: the system's
  bool predict = true;                   ///< score every unit before storing it, and learn the mixture's weights by it
  bool unit_vectors = true;              ///< a practice takes in what the company of words knows of units
  bool encode = true;                    ///< give concepts dense vectors from the key encoder
};

using memory::Input;

/// The row of an input, without id, position and attachments.
memory::EpisodeRow row_of(const Input& input, double now_seconds);
/// Throws base::Error if the input has an id that another input of its group has.
void refuse_taken_id(const memory::Life& life, const Input& input);

struct Perception {
  memory::EpisodeId episode = 0;
  std::vector<double> bits;  ///< what each unit cost before it was learned from, line end included; empty if predicting
                             ///< is off and of images
  double transformer_seconds = 0;  ///< of the time it took
};

struct Answer {
  std::optional<std::string> answer;  ///< nothing when abstained
  double confidence = 0;
  bool taught = false;  ///< the very question was taught with this answer (or with none); evidence names that input
  std::vector<Recalled> evidence;
  std::vector<memory::EpisodeId> chain = {};    ///< inputs whose facts lead to the answer, the last one says it
  std::optional<std::string> inferred_by = {};  ///< the rule from which it follows, if nobody told it
  std::optional<double> gone_since = {};  ///< of an abstention: it was known, and withdrawn then (seconds since 1970)
};

class Knowledge;
struct KnownIdentity;
class Mind;

/// A consistent look at a mind: the graph stands still while the view lives, and the life is read through a connection
/// of its own, which sees what was committed. Safe beside feeding, thinking and other views. Keep it short: feeding and
/// thinking wait for it. The mind must outlive it.
class MindView {
 public:
  MindView(MindView&&) = default;

  const concepts::Graph& graph() const;
  const memory::Life& life() const { return *reader_; }
  const Thinker& thinker() const;
  /// The predictive copy, or null if there is none.
  const transformer::PredictiveCopy* copy() const;

 private:
  friend class Mind;
  explicit MindView(const Mind& mind);

  const Mind* mind_;
  memory::Readers::Reader reader_;
  std::shared_lock<GraphMutex> standing_still_;
};

class Mind {
 public:
  /// Loads the checkpoint and replays the rest of the log. Throws base::Error if the life cannot be read.
  explicit Mind(memory::Life life, const MindOptions& options = {});
  /// Stops the background thinker. What was not committed is dropped: it was never acknowledged.
  ~Mind();
  Mind(const Mind&) = delete;
  Mind& operator=(const Mind&) = delete;

  Perception perceive(const Input& input);
  /// Examines at most `proposals` suggestions while `keep_on` says so.
  Thinking think(std::uint64_t proposals, const std::function<bool()>& keep_on = {});
  /// Finds templates and relations in what was told and not thought about yet, and keeps them in the life; merges names
  /// of which the same is told. Returns how many inputs it thought about. Not for a life with a byte budget, which they
  /// would not keep to. think() does the same for a few inputs, but merges and keeps nothing: checkpoint() does.
  std::size_t think_of_facts(const std::function<bool()>& keep_on = {});
  /// Counts which words go with which in everything that was committed, and keeps that in the life with the next commit
  /// (reasoning/company.h);
  /// only if the life has twice the units that it had the last time, and no byte budget. True if it did. seconds: not
  /// begun if it would take longer, 0 for no bound. Other threads may perceive meanwhile.
  bool think_of_company(double seconds = 0, const std::function<bool()>& keep_on = {});
  bool company_is_due() const;
  /// Finds what the inputs are about, of everything that was committed, and keeps that likewise (stored_topics());
  /// when it is due is the same.
  bool think_of_topics(double seconds = 0, const std::function<bool()>& keep_on = {});
  bool topics_are_due() const;
  /// Finds the runs of units that have a name of their own, and keeps them likewise (stored_wholes()); when it is due
  /// is the same.
  bool think_of_wholes(double seconds = 0, const std::function<bool()>& keep_on = {});
  bool wholes_are_due() const;
  /// Practises what is stored into the weights of the life's predictive copy; a thought like others if episodes that
  /// were kept out of it became shorter, otherwise rolled back and counted. steps: absent for as many as what is stored
  /// wants; seconds: not begun if it would take longer, 0 for no bound. One thread at a time may consolidate.
  Thinking consolidate(std::optional<std::uint64_t> steps, double seconds = 0,
                       const std::function<bool()>& keep_on = {});
  /// A life from birth reads bytes with random weights. When it has perceived enough units it gets, once and for good,
  /// a tokenizer trained on how often it met them and a new random model of the same shape: another model in the log,
  /// the vectors of its concepts made anew, and a predictive copy that begins again. Called before an input is read.
  /// Does nothing if it is not due. O(life) when it is.
  void reencode_if_due();
  /// Whether what was stored since the last time gives reason to.
  bool consolidation_due() const;
  /// The answer that was taught to this very question, unless it is known from what was told since; otherwise the fact
  /// that it asks for, if taught questions say how to ask for it; otherwise, if no taught question showed how to ask
  /// for anything, the best recalled episode, if it is informative enough. With `learn` the question is stored as an
  /// input. An answer that nobody confirmed teaches nothing. `as_of` asks what was known then; such a question is
  /// answered from facts alone, and not stored. `among` asks what these inputs say; a question about a group belongs to
  /// it.
  Answer answer(const std::string& question, bool learn, const AsOf& as_of = {}, const RecallFilter& among = {});
  /// Says that the answer that answer() gives is right, or wrong: the question is stored with it and learned from.
  /// Returns that answer. Throws base::Error if there is none.
  Answer judge(const std::string& question, bool is_right, const RecallFilter& among = {});
  /// Takes back an input: what it told is no longer known. Returns the thought, which can be undone. Throws base::Error
  /// if there is no such input or it was withdrawn already.
  memory::ThoughtId withdraw(memory::EpisodeId input);
  /// Keeps a concept that thinking made: no thought dissolves it any more. Returns the thought, which can be undone,
  /// and until then what made the concept cannot. Durable when it returns. Throws base::Error if thinking did not make
  /// it, or it is gone or kept already.
  memory::ThoughtId keep(concepts::ConceptId concept_id);
  /// Gives `use` what is known, and the life that it was read from; it is kept from one time to the next, so that only
  /// what came since is read. Questions wait meanwhile.
  void with_knowledge(const std::function<void(const Knowledge&, const memory::Life&)>& use);
  std::vector<Recalled> recall(const std::string& cue, std::size_t k, const RecallFilter& filter = {});
  /// Concepts most like this one: by the company they keep and, if the life has them, by their vectors.
  std::vector<concepts::Scored> similar(concepts::ConceptId concept_id, std::size_t k) const;

  /// Takes back a thought. Throws base::Error naming what stands on it, or that it is unknown or undone already.
  void undo(memory::ThoughtId thought);

  /// Makes everything so far durable; writes the checkpoint when the log has outgrown it.
  void commit();
  /// Commits and writes the checkpoint.
  void checkpoint();

  /// From now on thinks `proposals` after each input, in this thread; recorded, so that a replay does the same.
  void think_after_inputs(std::uint64_t proposals);
  /// From now on a predictive copy learns from each input that is read, as dynamic evaluation does; it is not kept in
  /// the life.
  void learn_from_reading(const transformer::OnlineOptions& options);
  /// Thinks in a thread of its own whenever there is something on the agenda, until stop_background().
  void start_background();
  /// Seconds it thought, and what came of it.
  Thinking stop_background();

  /// A consistent look at graph and life, for readers in any thread.
  MindView view() const { return MindView(*this); }

  /// Gives the life to `use` while no thought is being written.
  void with_life(const std::function<void(memory::Life&)>& use);
  const transformer::Model& model() const { return *model_; }
  /// SHA-256 of the weights that predict: the predictive copy's if there is one, otherwise the model's.
  std::string weights_hash() const;
  const Meaning& meaning() const { return *meaning_; }
  double transformer_seconds() const { return seconds_before_ + reader_->seconds() + meaning_->seconds(); }
  /// Kept at or below the life's max_bytes whenever an input was perceived.
  std::uint64_t state_bytes() const;
  /// What was thought since the mind was opened.
  Thinking thinking() const;

 private:
  std::uint64_t journal(const Thought& thought);
  Journal journal() {
    return [this](const Thought& thought) { return journal(thought); };
  }
  void forget_vectors();
  void warm_up();
  void encode_what_was_told();
  void encode_again(Meaning& meaning, std::uint32_t episode, base::Segmenter& segmenter);
  void know_writings();
  struct Making;
  using Store = std::function<void(memory::Life&)>;
  bool is_due(const std::uint64_t& units_then) const;  ///< which the core's mutex guards
  /// Makes anew what reads everything that was told, if the life has doubled since. seconds_given: 0 for no bound.
  /// make: gives what writes it into the current batch, or nothing if it was interrupted.
  bool make_anew(std::string_view what, std::uint64_t& units_then, double seconds_given,
                 const std::function<double(std::uint64_t units)>& seconds_needed,
                 const std::function<Store(const Making&)>& make);
  void make_consolidation();
  std::optional<std::string> text_of(std::uint32_t episode);
  void journal(const Practice& practice, std::uint64_t seed);
  /// Runs a write; if it fails the graph is ahead of the log, and the mind says so from then on.
  template <typename Write>
  auto written(const Write& write);
  /// Runs a change of the graph; if it fails halfway, graph and log differ, and the mind says so from then on.
  template <typename Change>
  auto changed(const Change& change);
  void take_back_practice(memory::ThoughtId thought);
  void require_sound() const;
  const Knowledge& knowledge(const memory::Life& life);
  std::optional<Answer> known_answer(const memory::Life& life, const std::string& question, const AsOf& as_of,
                                     const RecallFilter& among);
  Answer recalled_answer(const MindView& view, const std::string& question, const RecallFilter& among);
  void store(const std::string& question, std::string_view kind, const std::optional<std::string>& answer,
             const RecallFilter& among);
  Knowledge& thought_about();
  struct Considered {
    std::size_t inputs = 0;
    bool is_all = true;  ///< nothing is left to consider
  };
  Considered consider_facts(std::size_t most, const std::function<bool()>& keep_on);
  void keep_facts();
  void keep_classes();
  void merge(const KnownIdentity& names);
  bool was_taken_back(const Thought& thought) const;
  void keep_taken();
  void background();
  void require_background() const;
  void add(const Thinking& thinking);

  friend class MindView;

  memory::Life life_;
  mutable memory::Readers readers_;  ///< connections of views
  RecallIndex recall_index_;         ///< has a mutex of its own
  MindOptions options_;
  base::SystemClock system_clock_;
  const base::Clock& clock_;
  std::shared_ptr<const transformer::Model> model_;
  std::optional<Reader> reader_;  ///< always there; made anew with another model
  Core core_;
  std::optional<Meaning> meaning_;  ///< likewise
  double seconds_before_ = 0;       ///< of readers and meanings before these
  bool copy_fits_ = true;           // asked beside the background thinker, so not of the file each time
  std::shared_ptr<const Consolidation> consolidation_;  ///< guarded by the core's mutex, as is the next
  std::uint64_t practised_at_ = 0;                      ///< inputs when it last practised (guarded by the core's mutex)
  std::vector<concepts::ConceptId> faded_;              ///< whose vectors are still there (guarded by the core's mutex)
  mutable std::mutex thinking_mutex_;
  Thinking thinking_;  ///< guarded by its mutex
  std::uint64_t thoughts_after_inputs_ = 0;
  std::uint64_t kept_taken_ = 0;  ///< the state kTaken (guarded by the core's mutex)
  bool warm_ = false;
  bool told_is_encoded_ = false;  ///< encode_what_was_told() was called
  bool from_birth_ = false;
  bool knows_facts_ = true;                   ///< not with a byte budget, which they would not keep to
  std::unique_ptr<Knowledge> thought_about_;  ///< behind the log by what was not thought about (guarded by the core's
                                              ///< mutex); read when first needed
  std::uint64_t company_units_ = 0;           ///< of the life when it last counted company (guarded likewise)
  std::uint64_t topics_units_ = 0;            ///< and when it last made topics (guarded likewise)
  std::uint64_t wholes_units_ = 0;            ///< and when it last made wholes (guarded likewise)
  bool facts_are_kept_ = true;                ///< in the life, as they are (guarded likewise)
  bool classes_are_kept_ = true;              ///< false: inputs with labels came since (guarded likewise)
  std::mutex knowledge_mutex_;
  std::unique_ptr<Knowledge> knowledge_;  ///< for answers, read when first needed (guarded by its mutex)
  std::thread background_thread_;
  std::atomic<bool> background_stops_{false};
  std::exception_ptr background_error_;  ///< why the background thinker stopped (guarded by thinking_mutex_)
  std::atomic<bool> failed_{false};  ///< a write or a change failed: graph and log differ, so nothing more is written
};

template <typename Change>
auto Mind::changed(const Change& change) {
  try {
    return change();
  } catch (...) {
    failed_ = true;
    throw;
  }
}

template <typename Write>
auto Mind::written(const Write& write) {
  require_sound();
  return changed(write);
}

}  // namespace noema::reasoning
