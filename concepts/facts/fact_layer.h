#pragma once
// What is the case, as far as it was told: the sentences with the templates, relations and rules that thinking found in
// them. All of it is a function of the sentences and their order.

#include <cstdint>
#include <nlohmann/json.hpp>
#include <span>
#include <string>
#include <unordered_map>
#include <vector>

#include "concepts/facts/induction.h"
#include "concepts/facts/rules.h"
#include "concepts/facts/told.h"

namespace noema::concepts::facts {

/// True if what is found by looking at all sentences is to be looked for again: when a tenth more, and sixteen, were
/// told since the last time.
bool is_due_again(std::size_t told, std::size_t last);

class FactLayer {
 public:
  /// The numbers of the units with these identities; new units get new numbers.
  Words learn_words(std::span<const std::string> identities);
  /// The same without learning: those that are unknown get one number that no sentence has.
  Words words_of(std::span<const std::string> identities) const;
  /// The number of one unit, kUnknown if it was never told.
  static constexpr Word kUnknown = kMaxWord;
  Word word_of(const std::string& identity) const;
  /// How many words have numbers.
  std::size_t words() const { return words_.size(); }
  const std::string& text_of(Word word) const { return words_[static_cast<std::size_t>(word)]; }

  /// Takes a sentence under the templates that were found so far, without thinking about it; from then on think() may
  /// not be called. Longer sentences than kMaxWords, and empty ones, are not taken. Returns whether it was.
  bool tell(Words words, std::int64_t source);
  /// Takes a sentence and looks for templates that it gives reason to; now and then for relations and rules too.
  bool think(Words words, std::int64_t source);
  /// What the input told is no longer known, or is again. O(log sentences).
  void withdraw(std::int64_t source);
  void restore(std::int64_t source);

  const Told& told() const { return told_; }
  const std::vector<Relation>& relations() const { return relations_; }
  /// Kinds of fact, which the rules speak of; the relations come first.
  const std::vector<Relation>& kinds() const { return kinds_; }
  const std::vector<Rule>& rules() const { return rules_; }

  /// An object with the keys words, told, induction, relations, kinds, rules and related_at.
  nlohmann::json save() const;
  /// Throws for a state that save() did not write.
  static FactLayer load(const nlohmann::json& state);

 private:
  void relate();

  std::unordered_map<std::string, Word> word_of_;
  std::vector<std::string> words_;
  Told told_;
  Induction induction_;
  std::vector<Relation> relations_;
  std::vector<Relation> kinds_;
  std::vector<Rule> rules_;
  std::uint32_t related_at_ = 0;  ///< sentences when relations were looked for
};

}  // namespace noema::concepts::facts
