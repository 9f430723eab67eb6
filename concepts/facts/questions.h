#pragma once
// Learns from taught questions how to answer: which form of question asks for which relation of the thing that it
// names, and which phrases stand for a thing that they do not name ("the mother of _"). A phrase can take the place of
// a name in any form.

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <utility>
#include <vector>

#include "concepts/facts/links.h"
#include "concepts/facts/names.h"
#include "concepts/facts/told_like.h"

namespace noema::concepts::facts {

struct TaughtQuestion {
  Words question;
  std::optional<Words> answer;              ///< none if the teacher says that it was never told
  std::uint32_t told = 0;                   ///< how many sentences had been told when it was taught
  std::int64_t source = 0;                  ///< the caller's number of the input that taught it
  bool is_refused = false;                  ///< the answer is a wrong one
  bool is_withdrawn = false;                ///< a person took it back: nothing is learned from it
  std::uint32_t scene = ~std::uint32_t{0};  ///< the scene of which it asks (concepts/facts/scenes.h)
};

/// How many constants of the template an answer repeats before and after the filler: from "_ and Sons ." it may say
/// "and Sons" after the name.
struct Wrap {
  std::uint32_t before = 0;
  std::uint32_t after = 0;
  // NOLINTNEXTLINE(modernize-use-nullptr): it takes <=> for a null
  auto operator<=>(const Wrap&) const = default;
};

struct Reply {
  bool is_understood = false;     ///< a learned form matches, and what it asks about is known
  std::optional<Fact> fact = {};  ///< the fact that answers it; none if it was never told
  Wrap wrap = {};
  std::vector<Fact> chain = {};        ///< the facts that lead to the answer, which is in the last
  bool is_untaught = false;            ///< no answer was taught for this form: it asks for what is told in its words
  std::uint32_t right = 0;             ///< how many taught questions of this form are answered rightly, or
  std::uint32_t wrong = 0;             ///< wrongly; of an untaught one: how many forms ask for what their words tell
  std::optional<Fact> withdrawn = {};  ///< without a fact: the newest that was told, and withdrawn
  Thing subject = 0;                   ///< if understood: the thing that it asks about,
  Relation links = {};                 ///< and what it asks of it
};

class Questions {
 public:
  Questions() = default;
  Questions(const Questions&) = delete;  // evidence refers to what was taught
  Questions& operator=(const Questions&) = delete;
  Questions(Questions&&) = default;
  Questions& operator=(Questions&&) = default;

  void teach(TaughtQuestion question) { taught_.push_back(std::move(question)); }
  /// Takes back what that input taught, or brings it back; learn() then learns accordingly. O(taught).
  void withdraw(std::int64_t source) { set_withdrawn(source, true); }
  void restore(std::int64_t source) { set_withdrawn(source, false); }
  const std::vector<TaughtQuestion>& taught() const { return taught_; }

  /// Learns forms and phrases anew from all taught questions. Call it again when the set of templates has changed, for
  /// what was learned refers to them. A form that was only ever taught as never told asks for the relation that is told
  /// in most of its words, if that is how the forms with answers ask. O(taught x facts of the things they name).
  void learn(const Told& told, std::span<const Relation> relations, const Alike& alike = std::equal_to<Word>());

  /// A form of question or a phrase that has a meaning, and how many taught questions it answers: for people to read.
  struct Known {
    Words pattern;
    Relation links;
    std::uint32_t right = 0;
    std::uint32_t wrong = 0;
    bool is_phrase = false;
  };
  std::vector<Known> known() const;
  /// Whether any form of question has a meaning. O(forms).
  bool understands() const;

  /// The answer by what was known when so many sentences had been told. A form, or a phrase in one, that was
  /// never taught asks for the relation that is told in most of its words, as forms do that were only taught as never
  /// told.
  Reply ask(const Told& told, std::span<const Relation> relations, const Words& question,
            std::uint32_t sentences = kNow, const Alike& alike = std::equal_to<Word>()) const;

 private:
  static constexpr std::size_t kMaxPhrase = 20;  ///< words that a question may have in a form's slot
  struct Evidence {
    Thing subject = 0;
    const TaughtQuestion* taught = nullptr;
    const Words* outer = nullptr;  ///< of a phrase: the form of question around it
  };
  struct Form {
    std::vector<Evidence> evidence = {};
    Relation links = {};
    Words bare = {};           ///< the form without what answers say around a thing, for phrases in its place
    bool is_identity = false;  ///< it asks for what a phrase stands for: "who is _ ?"
    bool is_untaught = false;  ///< no answer was taught: it asks for what is told in its words
    std::uint32_t right = 0;
    std::uint32_t wrong = 0;
    bool has_meaning() const { return is_identity || !links.empty(); }
  };
  using Forms = std::map<Words, Form>;
  struct Named {
    Thing thing = 0;
    Words form;
  };
  using Direct = std::vector<std::pair<const TaughtQuestion*, Named>>;
  struct Meant {
    Thing thing = 0;
    std::vector<Fact> chain = {};
  };
  struct Parse {
    const Words* form = nullptr;
    Words filler = {};
    bool is_phrase = false;  ///< the filler cannot be a thing itself
  };

  void set_withdrawn(std::int64_t source, bool is_withdrawn);
  std::optional<Named> name_in(const Told& told, const Words& question) const;
  std::optional<Fact> predict(const Told& told, const Evidence& evidence, std::span<const Link> links) const;
  double errors(const Told& told, const Form& form, std::span<const Link> links, std::uint32_t* right = nullptr,
                std::uint32_t* wrong = nullptr) const;
  std::set<Link> candidates(const Told& told, const Form& form) const;
  void learn(const Told& told, std::span<const Relation> relations, Form& form) const;
  void learn_direct(const Told& told, std::span<const Relation> relations);
  void learn_told_like(const Told& told, std::span<const Relation> relations, const Alike& alike);
  static bool follow(const Told& told, std::span<const Link> links, Meant& meant, std::uint32_t sentences);
  std::optional<std::pair<Words, Meant>> meant_in(const Told& told, const Words& question,
                                                  std::uint32_t sentences) const;
  struct InWords {
    Relation links;
    Meant meant;
  };
  std::optional<InWords> in_told_words(const Told& told, std::span<const Relation> relations, const Alike& alike,
                                       const Words& words, std::uint32_t sentences) const;
  Reply reply_to(const Told& told, const Form& form, Meant meant, std::uint32_t sentences, bool in_words = false) const;
  void learn_by_words(const Told& told, std::span<const Relation> relations, const Alike& alike);
  void learn_phrases(const Told& told, std::span<const Relation> relations);
  bool learn_forms_around_phrases(const Told& told);
  void find_identities();
  bool drop_what_phrases_explain(const Told& told);
  std::optional<std::pair<const Words*, Words>> outer_form(const Words& form, bool known_phrase) const;
  void count_wraps(const Told& told, std::span<const Relation> relations);
  void share_wraps(const Told& told, const Relation& relation);
  void find_affixes(const Told& told);
  Words bare(const Words& pattern, const Form& form) const;
  std::vector<Parse> parses(const Forms& forms, const Words& words) const;
  std::optional<Meant> resolve(const Told& told, const Words& words, bool is_phrase, int depth,
                               std::uint32_t sentences) const;
  Wrap wrap_of(const Told& told, const Link& link) const;

  std::vector<TaughtQuestion> taught_;
  Direct direct_;
  Forms forms_;
  Forms phrases_;
  std::set<Words> dropped_;  ///< forms of question that a phrase in another form explains
  ToldLike told_like_;       ///< what forms and phrases ask for that were never taught
  std::map<std::pair<TemplateId, std::uint32_t>, std::map<Wrap, std::uint32_t>> wraps_;  ///< (template, slot) -> votes
  std::set<Affix> affixes_;  ///< what is said before and after things
};

/// How many of the template's constants the answer repeats around this filler of slot `slot`; nothing if the answer is
/// not the filler with such constants around it.
std::optional<Wrap> wrap_in(const Template& form, std::uint32_t slot, const Words& filler, const Words& answer);

}  // namespace noema::concepts::facts
