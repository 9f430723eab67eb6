#pragma once
// What the next word of a sentence is, by what is known: the words so far may be an instance of several templates, and
// a slot that comes may be filled by what was told of the things before it, by a thing of the sentences just read, or
// by what filled it before. A Bayesian filter over templates and fillers; it gives words to constants, to proposed
// fillers and to what follows a filler, and leaves all else to an escape.

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "concepts/facts/fact_layer.h"

namespace noema::concepts::facts {

class Expectation {
 public:
  /// The end of the sentence, where a word is expected or read.
  static constexpr Word kEnd = -2;

  /// Forgets the sentence so far. O(templates).
  void begin(const FactLayer& layer);
  /// What the next word is. The shares of all words, the end among them, and the escape sum to 1.
  struct Prediction {
    double share = 0;    ///< of the word asked for
    double escape = 1;   ///< left to others
    double peak = 0;     ///< the largest share of a word
    double by_fact = 0;  ///< the part of all shares that begins a proposed filler
  };
  Prediction predict(Word word) const;
  /// Reads the next word; one that the layer does not know has a number of the caller's, above those of the layer.
  /// O(parses): there are at most kMostParses after the first.
  void read(const FactLayer& layer, Word word);
  /// Learns from the sentence, which must have been read to its end, which proposals come true and which template
  /// follows which.
  void learn(const FactLayer& layer);

  /// A word that the layer did not know when it was read has another number now: in the sentences before too.
  void rename(Word word, Word known);

  /// What was learned, and back; what does not fit is ignored.
  nlohmann::json save() const;
  void load(const nlohmann::json& state);

 private:
  static constexpr std::size_t kMostParses = 64;
  static constexpr std::size_t kMostSlots = 4;
  static constexpr std::size_t kContext = 4;  ///< sentences that were just read and whose things are looked at
  using Fillers = std::array<Words, kMostSlots>;
  /// Names a way to propose a filler: what is proposed for which slot and from where.
  using Way = std::uint64_t;
  struct Record {
    double right = 0, tried = 0;
  };
  /// A filler that a way proposes; `kind` is the way without its details, from which new ways take their rate. Of a
  /// filler that was told: of which thing before the slot, and in which sentence.
  struct Guess {
    Way way = 0, kind = 0;
    Words words;
    Way of = 0;  ///< 0: it was not told of anything, but just read
    std::uint32_t sentence = 0;
    bool is_old = false;
  };
  struct Proposed {
    Words words;
    double mass = 0;
  };
  /// The words so far as the beginning of a template's instance.
  struct Parse {
    TemplateId form = 0;
    std::uint32_t at = 0;     ///< the constant or slot that comes, or the slot that stands open
    std::uint32_t slot = 0;   ///< number of the slot at or after it
    std::uint32_t begin = 0;  ///< in words_: where the open filler begins
    bool is_open = false;
    double other = 0;  ///< mass of what nothing proposes, where a slot comes; of all elsewhere
    Fillers bound{};   ///< fillers of the slots before it
    std::vector<Proposed> proposed = {};
    double mass() const;
  };
  struct Read {
    TemplateId form = 0;
    Fillers fillers{};
  };
  struct Followers {
    std::map<TemplateId, double> counts;
    double total = 0;
  };

  std::vector<Guess> guesses(const FactLayer& layer, TemplateId form, std::uint32_t slot, const Fillers& bound) const;
  static void guess_from(const FactLayer& layer, Thing thing, Way place, Way kind, const std::vector<Thing>& others,
                         std::vector<Guess>& found);
  static void guess_after(const FactLayer& layer, Thing thing, Way place, TemplateId form, std::uint32_t slot,
                          std::vector<Guess>& found);
  std::vector<Way> contexts(const FactLayer& layer) const;
  static std::array<Way, 4> ways(const Guess& guess, TemplateId form, std::uint32_t slot);
  static std::array<Way, 2> ways_to_end(bool is_known, TemplateId form, std::uint32_t slot);
  double rate(std::span<const Way> ways, double rate) const;
  void record(std::span<const Way> ways, bool is_right);
  void find_old(std::vector<Guess>& guesses, TemplateId form, std::uint32_t slot) const;
  static std::pair<std::map<Thing, double>, double> filled_before(const FactLayer& layer, const Parse& parse);
  void propose(const FactLayer& layer, Parse& parse) const;
  void advance(const FactLayer& layer, const Parse& parse, Word word, std::vector<Parse>& next) const;
  void close(const FactLayer& layer, Parse parse, double mass, std::vector<Parse>& next, Word word) const;
  double closing(const FactLayer& layer, const Parse& parse) const;
  void expect(const FactLayer& layer);

  Words words_;
  std::vector<Parse> parses_;
  double unparsed_ = 0;            ///< mass of a sentence that no template describes
  std::map<Word, double> shares_;  ///< of the next words
  Prediction expected_;            ///< of a word without a share
  bool is_read_ = false;           ///< to its end
  std::optional<Parse> complete_;  ///< after the end: how the sentence was parsed, if it was
  std::deque<Read> context_;       ///< sentences read before, the newest first
  std::unordered_map<Way, Record> records_;
  std::unordered_map<Way, Followers> followed_;  ///< how often a template came after what was read before
};

}  // namespace noema::concepts::facts
