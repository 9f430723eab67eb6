#pragma once
// What a life knows to be so: templates, relations and forms of question (concepts/facts), found by thinking about the
// life's inputs in their order and kept in the life. It is a function of the inputs alone, so it needs no log of its
// own.

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/text.h"
#include "concepts/facts/fact_layer.h"
#include "concepts/facts/paths.h"
#include "concepts/facts/questions.h"
#include "concepts/facts/scenes.h"
#include "memory/life.h"
#include "reasoning/headings.h"

namespace noema::reasoning {

struct KnownAnswer {
  bool is_understood = false;             ///< false: no taught form of question fits, or what it asks about is unknown
  std::optional<std::string> value = {};  ///< as the input says it; nothing: it was never told
  std::vector<memory::EpisodeId> chain = {};  ///< the inputs that lead to it, the last one says it
  double confidence = 0;
  double reliability = 0;    ///< share of the taught questions of this form that were answered rightly
  bool is_untaught = false;  ///< no taught question was counted for this form: none of them has an answer, or it asks
                             ///< what a phrase stands for
  std::optional<std::string> inferred_by = {};  ///< the rule that says so, if no input does
  std::optional<double> gone_since = {};        ///< without a value: it was told, and withdrawn then
};

/// Something known of a thing.
struct KnownFact {
  std::string relation;  ///< how it was told most often: "_ lives in _ ."
  std::string subject;
  std::string value;
  double since = 0;                             ///< seconds since 1970: when it was told first
  std::optional<double> until = {};             ///< when another value took its place
  std::vector<memory::EpisodeId> told = {};     ///< the inputs that told it, or from which it follows
  std::optional<std::string> inferred_by = {};  ///< the rule from which it follows, if nobody told it
  double confidence = 1;
  std::string says = {};  ///< the fact as a sentence of this kind; what else such sentences tell is "..."
};

/// Facts of one kind that follow from others.
struct KnownRule {
  std::string says = {};               ///< the kind of fact that it gives, with X and Y in its slots
  std::vector<std::string> path = {};  ///< the facts from which it follows, with X, Y and Z
  std::uint32_t holds = 0;             ///< told facts that it gives rightly
  std::uint32_t fails = 0;             ///< things for which it gives another value than was told
  std::uint32_t used = 0;              ///< questions asked so far that it answers
};

/// Templates that say the same kind of thing.
struct KnownRelation {
  std::vector<std::string> templates = {};
  std::size_t told = 0;  ///< inputs that say it
};

/// Two names of one thing.
struct KnownIdentity {
  std::string a = {}, b = {};                    ///< names of one unit each, by identity
  double bits = 0;                               ///< log2 of how much likelier it is that they are one
  std::vector<memory::EpisodeId> evidence = {};  ///< inputs whose facts agree, oldest first
};

class Knowledge {
 public:
  /// What thinking found so far, and everything that was told since, under the templates that were found; nothing if
  /// nobody thought yet. O(inputs).
  static Knowledge of(const memory::Life& life);
  /// Takes what was told since. O(1) if nothing was.
  void catch_up(const memory::Life& life);

  /// What thinking found so far, and kept.
  static Knowledge stored_in(const memory::Life& life);
  /// Thinks about all inputs that were not thought about yet, in order, while `keep_on` says so; returns how many. What
  /// is found depends on the inputs and their order alone. Not of what of() or catch_up() took news for.
  std::size_t think(const memory::Life& life, const std::function<bool()>& keep_on = {});
  /// Names of one unit that mean one thing, surest first; looked for when much was told since the last time.
  std::vector<KnownIdentity> identities_if_due();
  /// Stores what was found in the life's batch, and in its tables of facts and rules, where only what may have changed
  /// since the last time is written.
  void keep(memory::Life& life);
  /// True if anything was told or withdrawn, as far as it was taken, since it was kept.
  bool has_news() const { return !unwritten_.empty(); }
  /// True if there are log entries that were not taken.
  bool is_behind(const memory::Life& life) const { return position_ != life.last_position(); }

  bool was_thought() const { return was_thought_; }

  const concepts::facts::FactLayer& layer() const { return facts_; }
  /// True if taught questions showed how to ask for anything.
  bool understands_questions() const { return questions_.understands(); }
  /// By the relation that it asks for, or by a path through the scene of the group, whichever answered more of such
  /// questions when they were taught.
  KnownAnswer answer(const memory::Life& life, const std::string& question, const AsOf& as_of = {},
                     const std::string& group = {}) const;
  /// Facts of a thing as they were known then: those of each relation, oldest first, then what other templates say of
  /// it, then what follows by rules.
  std::vector<KnownFact> facts(const memory::Life& life, const std::string& thing, const AsOf& as_of = {}) const;
  std::vector<KnownRelation> relations() const;
  std::vector<KnownRule> rules(const memory::Life& life) const;
  /// All that was told and stands, as facts() reads it, and the rules: for those who query the life. O(sentences).
  std::vector<memory::FactRow> fact_rows() const;
  std::vector<memory::RuleRow> rule_rows() const;

 private:
  /// A relation, or a link that belongs to none, by which sentences are read.
  struct Way {
    std::string says;
    concepts::facts::Relation links;
    bool replaces = false;  ///< whether a value takes the place of the one before it
  };

  Knowledge() = default;
  std::vector<Way> ways() const;
  std::int64_t shape_of(const std::vector<Way>& ways) const;
  void put_rows(memory::Life& life);
  void add_rows(const Way& way, concepts::facts::Thing subject, std::vector<memory::FactRow>& rows) const;
  const concepts::facts::Told& told() const { return facts_.told(); }
  void take_tail(const memory::Life& life);
  using TakeSentence = bool (concepts::facts::FactLayer::*)(concepts::facts::Words, std::int64_t);
  bool take(const memory::Life& life, const memory::LogEntry& entry, TakeSentence take_sentence);
  bool take_question(const memory::EpisodeRow& row, base::IdentityRule rule);
  void take_withdrawal(const memory::LogEntry& entry);
  std::uint32_t sentences_as_of(const memory::Life& life, const AsOf& as_of) const;
  std::optional<std::uint32_t> kind_of(const concepts::facts::Relation& links) const;
  std::string in_words(const concepts::facts::Relation& kind, const std::string& subject, const std::string& value,
                       const std::string& others = "_") const;
  KnownRule in_words(const concepts::facts::Rule& rule) const;
  std::vector<KnownRule> rules_in_words() const;
  std::vector<memory::EpisodeId> sources_of(const std::vector<concepts::facts::Fact>& chain) const;
  void add_facts(const memory::Life& life, const concepts::facts::Relation& kind, concepts::facts::Thing subject,
                 std::uint32_t sentences, std::vector<KnownFact>& facts) const;
  std::vector<KnownIdentity> identities();
  concepts::facts::Words learn_words(const std::string& text, base::IdentityRule rule);
  concepts::facts::Words words_of(const std::string& text) const;
  /// A question in words. One that was never told has a number of its own, counted down from kUnknown.
  struct Question {
    std::vector<std::string> identities;
    concepts::facts::Words words = {};
  };
  Question read_question(const std::string& text) const;
  concepts::facts::Alike written_alike(const Question* question = nullptr) const;
  KnownAnswer answer_by_relation(const memory::Life& life, const Question& question, std::uint32_t sentences) const;
  std::optional<KnownAnswer> answer_by_path(const memory::Life& life, const concepts::facts::Words& question,
                                            std::span<const std::uint32_t> scene) const;
  std::string joint_as_taught(const memory::Life& life, const concepts::facts::Gathering::Joint& joint) const;
  std::string told_as(const memory::Life& life, concepts::facts::Place place, concepts::facts::Wrap wrap = {},
                      const concepts::facts::Words* part = nullptr) const;
  std::string in_words(const concepts::facts::Words& words) const;

  mutable base::Segmenter segmenter_;
  concepts::facts::FactLayer facts_;
  concepts::facts::Scenes scenes_;
  concepts::facts::Questions questions_;
  mutable concepts::facts::Paths paths_;         ///< learns from the taught questions when one like them is asked
  std::vector<std::string> asked_;               ///< questions that were asked and stored
  memory::Position position_ = 0;                ///< log entries behind it were not taken yet
  std::uint32_t identified_at_ = 0;              ///< sentences when identities were looked for
  std::optional<std::int64_t> rows_shape_ = {};  ///< shape_of() the ways by which the life's rows of facts were read
  std::vector<std::uint32_t> unwritten_ = {};    ///< sentences of which those rows do not tell as they stand now
  bool was_thought_ = false;                     ///< anything was ever thought about
  bool has_learned_ = false;                     ///< the questions, from all that was taken
};

}  // namespace noema::reasoning
