#pragma once
// What was told, described by templates. A sentence is coded either word by word, or as a template with its fillers. A
// template is worth having if it shortens the code of all sentences together by more bits than it costs itself. Each
// distinct filler is spelled once, however many slots it fills: this makes it a thing.

#include <cstdint>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>
#include <vector>

#include "concepts/facts/pattern.h"
#include "concepts/facts/restaurant.h"

namespace noema::concepts::facts {

/// The number of a thing: of a sequence of words that fills slots.
using Thing = std::uint32_t;
using TemplateId = std::uint32_t;
inline constexpr TemplateId kNoTemplate = ~TemplateId{0};
/// More sentences than are ever told: what is known now, where a number of sentences says as of when.
inline constexpr std::uint32_t kNow = ~std::uint32_t{0};

struct Sentence {
  Words words;
  std::int64_t source = 0;          ///< the caller's number of the input that told it
  TemplateId form = kNoTemplate;    ///< the template that describes it; if none, it is coded word by word
  std::vector<Thing> fillers = {};  ///< one for each slot of the template
  std::uint32_t withdrawn = kNow;   ///< how many sentences had been told when it was withdrawn; kNow: it stands
};

/// A sentence as a template describes it.
struct Description {
  TemplateId form = kNoTemplate;
  std::vector<Thing> fillers = {};
  bool is_code = false;  ///< whether this template codes the sentence
};

struct Template {
  Words pattern;
  bool is_used = false;
  std::vector<Restaurant> slots = {};
  std::vector<std::uint32_t> members = {};  ///< the sentences that it describes, ascending
  Word key = kSlot;                         ///< its rarest constant when it was made; sentences with it are tried
};

class Told {
 public:
  Told();

  /// Adds a sentence under the most specific template that matches; returns its number.
  std::uint32_t tell(Words words, std::int64_t source);
  /// From now on the sentence tells nothing, though it goes on showing how things are told.
  void withdraw(std::uint32_t sentence) {
    sentences_.at(sentence).withdrawn = static_cast<std::uint32_t>(sentences_.size());
  }
  void restore(std::uint32_t sentence) { sentences_.at(sentence).withdrawn = kNow; }
  /// The sentence of this source, which must have been told in the order of sources. O(log sentences).
  std::optional<std::uint32_t> sentence_of(std::int64_t source) const;
  /// Makes a template of this pattern if that shortens the description by more than `price_bits`, and removes templates
  /// that it makes superfluous. Returns whether it did. Long lists are judged by their newest sentences.
  bool propose(const Words& pattern, double price_bits);
  /// Makes templates of all these patterns if together they shorten the description by more than `price_bits`: things
  /// that several templates share are only spelled otherwise when all of them do. O(sentences that match).
  bool propose_together(const std::vector<Words>& patterns, double price_bits);
  /// Removes every template that describes no sentence, or without which the description is shorter; returns how many.
  /// O(sentences).
  std::size_t forget_superfluous();

  const std::vector<Sentence>& sentences() const { return sentences_; }
  /// The sentence as each template in use describes it that matches it, the one that codes it first; without those by
  /// which a slot is filled by what fills no slot elsewhere. O(templates that share a word).
  std::vector<Description> descriptions(std::uint32_t sentence) const;
  const Template& form(TemplateId id) const { return templates_[id]; }
  /// The templates in use, ascending.
  const std::set<TemplateId>& used() const { return used_; }
  /// Changes whenever the set of templates does.
  std::uint64_t version() const { return version_; }
  /// The length of the description, in bits.
  double bits() const { return bits_; }
  /// The information of a word in bits, from how often it was told.
  double bits_of(Word word) const;
  /// How often the word was told.
  std::uint32_t times_told(Word word) const;

  const Words& words_of(Thing thing) const { return things_[thing]; }
  /// The thing of these words, if it fills a slot anywhere.
  std::optional<Thing> thing_of(const Words& words) const;
  /// For each (template, slot) that the thing fills, in how many sentences it does; nullptr if it fills none.
  const std::map<std::pair<TemplateId, std::uint32_t>, std::uint32_t>* roles_of(Thing thing) const;
  /// The sentences in which the thing fills that slot, ascending; nullptr if there are none.
  const std::vector<std::uint32_t>* places_of(Thing thing, TemplateId form, std::uint32_t slot) const;

  nlohmann::json save() const;
  /// Throws base::Error for a state that save() did not write.
  static Told load(const nlohmann::json& state);

 private:
  struct Best {
    TemplateId form = kNoTemplate;
    std::vector<Filler> fillers;
  };
  using Role = std::pair<TemplateId, std::uint32_t>;
  struct PlaceHash {
    std::size_t operator()(const std::pair<Thing, Role>& place) const;
  };

  struct Trial {
    TemplateId id = 0;
    bool is_new = false;
    Word key_before = kSlot;
  };

  std::optional<Trial> begin_trial(const Words& pattern);
  void end_trial(const Trial& trial);
  template <typename Visit>
  void for_each_keyed(const Words& words, Visit&& visit) const;
  Best best_template(const Words& words) const;
  double seat(std::uint32_t sentence, TemplateId form, const std::vector<Filler>& fillers);
  double unseat(std::uint32_t sentence);
  double add_word(Word word);
  double remove_word(Word word);
  double add_thing(Thing thing);
  double remove_thing(Thing thing);
  double define(const Words& pattern);
  double undefine(const Words& pattern);
  Thing intern(const Words& words);
  bool is_told(const Words& pattern) const;
  Word rarest(const Words& pattern) const;
  void use(TemplateId form);
  void disuse(TemplateId form);
  std::vector<std::uint32_t> matching(TemplateId form, std::size_t most_looked_at, std::size_t most_found) const;
  double pull(TemplateId form, const std::vector<std::uint32_t>& sentences);
  double scatter(TemplateId form);
  void gather(TemplateId form);
  double drop_superfluous_beside(TemplateId form, std::vector<TemplateId>& dropped);
  void index(std::uint32_t sentence);
  void load_things(const nlohmann::json& state);
  void load_sentences(const nlohmann::json& state);
  void load_templates(const nlohmann::json& state);
  double load_seats(const nlohmann::json& state);

  std::vector<Sentence> sentences_;
  std::vector<Template> templates_;
  std::set<TemplateId> used_;
  std::uint64_t version_ = 0;
  double bits_ = 0;

  std::vector<Words> things_;
  std::unordered_map<Words, Thing, WordsHash> thing_of_;
  std::unordered_map<Words, TemplateId, WordsHash> template_of_;
  std::unordered_map<Word, std::vector<TemplateId>> by_key_;
  std::unordered_map<Word, std::vector<std::uint32_t>> postings_;  ///< word -> sentences, ascending
  std::unordered_map<std::pair<Thing, Role>, std::vector<std::uint32_t>, PlaceHash> places_;
  std::unordered_map<Thing, std::map<Role, std::uint32_t>> roles_;
  std::vector<std::uint32_t> told_;  ///< word -> how often it was told
  std::uint64_t told_total_ = 0;

  Restaurant word_code_;
  Restaurant thing_code_;
  Restaurant template_code_;
};

}  // namespace noema::concepts::facts
