#pragma once
// What a life knows to be so: templates, relations and forms of question (concepts/facts), found by thinking about the
// life's inputs in their order and kept in the life. It is a function of the inputs alone, so it needs no log of its
// own.

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text.h"
#include "concepts/facts/induction.h"
#include "concepts/facts/questions.h"
#include "memory/life.h"

namespace noema::reasoning {

struct KnownAnswer {
  bool is_understood = false;             ///< false: no taught form of question fits, or what it asks about is unknown
  std::optional<std::string> value = {};  ///< as the input says it; nothing: it was never told
  std::vector<memory::EpisodeId> chain = {};  ///< the inputs that lead to it, the last one says it
  double confidence = 0;
};

/// Something known of a thing.
struct KnownFact {
  std::string relation;  ///< how it was told most often: "_ lives in _ ."
  std::string subject;
  std::string value;
  double since = 0;                          ///< seconds since 1970: when it was told first
  std::optional<double> until = {};          ///< when another value took its place
  std::vector<memory::EpisodeId> told = {};  ///< the inputs that told it
};

/// Templates that say the same kind of thing.
struct KnownRelation {
  std::vector<std::string> templates = {};
  std::size_t told = 0;  ///< inputs that say it
};

class Knowledge {
 public:
  /// What thinking found so far, and everything that was told since, under the templates that were found; nothing if
  /// nobody thought yet. O(inputs).
  static Knowledge of(const memory::Life& life);
  /// Takes what was told since. O(1) if nothing was.
  void catch_up(const memory::Life& life);

  /// Thinks about all inputs that were not thought about yet, in order, while `keep_on` says so, and stores what was
  /// found in the life's batch; returns how many. What is found depends on the inputs and their order alone.
  static std::size_t think(memory::Life& life, const std::function<bool()>& keep_on = {});

  /// True if taught questions showed how to ask for anything.
  bool understands_questions() const { return questions_.understands(); }
  KnownAnswer answer(const memory::Life& life, const std::string& question) const;
  /// Facts of a thing, or (empty: of no thing) none; oldest first.
  std::vector<KnownFact> facts(const memory::Life& life, const std::string& thing) const;
  std::vector<KnownRelation> relations() const;

 private:
  Knowledge() = default;
  static Knowledge stored_in(const memory::Life& life);
  void keep(memory::Life& life) const;
  void take_tail(const memory::Life& life);
  bool take(const memory::EpisodeRow& row, base::IdentityRule rule);
  void consider_next();
  concepts::facts::Words words_of(const std::string& text, base::IdentityRule rule);
  concepts::facts::Words known_words_of(const std::string& text) const;
  std::string told_as(const memory::Life& life, const concepts::facts::Fact& fact, std::uint32_t slot,
                      concepts::facts::Wrap wrap) const;
  std::string in_words(const concepts::facts::Words& words) const;

  mutable base::Segmenter segmenter_;
  std::unordered_map<std::string, concepts::facts::Word> word_of_;
  std::vector<std::string> words_;
  concepts::facts::Told told_;
  concepts::facts::Induction induction_;
  concepts::facts::Questions questions_;
  std::vector<concepts::facts::Relation> relations_;
  memory::Position position_ = 0;  ///< log entries behind it were not taken yet
  std::uint32_t related_at_ = 0;   ///< sentences when relations were looked for
  bool was_thought_ = false;       ///< anything was ever thought about
};

}  // namespace noema::reasoning
