#include "concepts/facts/questions.h"

#include <algorithm>
#include <cmath>

namespace noema::concepts::facts {
namespace {

constexpr double kMissingBits = 12;     ///< an answer was taught, and none is given
constexpr double kWrongBits = 18;       ///< an answer was taught, and another one is given
constexpr double kNullBits = 6;         ///< it was taught that none was told, and one is given
constexpr double kConditionBits = 3;    ///< the price of a link's condition
constexpr int kRounds = 2;              ///< each learns phrases from forms, then forms around phrases
constexpr int kMaxDepth = 3;            ///< phrases inside phrases
constexpr double kMost = 0.5;           ///< share of a form's bits that a relation holds which is told in its words
constexpr std::size_t kMaxPhrase = 20;  ///< words that a question may have in a form's slot

bool contains(std::span<const Link> links, const Link& link) {
  return std::find(links.begin(), links.end(), link) != links.end();
}

void add(Relation& links, std::span<const Link> more) {
  for (const Link& link : more)
    if (!contains(links, link)) links.push_back(link);
}

bool is_right(const Told& told, const std::optional<Fact>& fact, const Words& answer) {
  return fact && wrap_in(told.form(fact->link.form), fact->link.value, told.words_of(fact->value), answer);
}

Words filler_of(const Words& words, Filler filler) {
  return {words.begin() + filler.begin, words.begin() + filler.end};
}

/// The pattern with `part` replaced by a slot; nothing if it does not contain it.
std::optional<Words> without(const Words& pattern, const Words& part) {
  const auto at = std::search(pattern.begin(), pattern.end(), part.begin(), part.end());
  if (at == pattern.end()) return std::nullopt;
  const auto begin = static_cast<std::uint32_t>(at - pattern.begin());
  return cut_out(pattern, {begin, static_cast<std::uint32_t>(begin + part.size())});
}

}  // namespace

std::optional<Wrap> wrap_in(const Template& form, std::uint32_t slot, const Words& filler, const Words& answer) {
  if (filler == answer) return Wrap{};
  if (filler.size() >= answer.size()) return std::nullopt;
  const Words& pattern = form.pattern;
  const std::size_t place = place_of_slot(pattern, slot);
  for (std::size_t before = 0; before + filler.size() <= answer.size() && before <= place; ++before) {
    const std::size_t after = answer.size() - filler.size() - before;
    if (place + after >= pattern.size()) continue;
    const auto slot_at = pattern.begin() + static_cast<std::ptrdiff_t>(place);
    const auto middle = answer.begin() + static_cast<std::ptrdiff_t>(before);
    const auto tail = answer.end() - static_cast<std::ptrdiff_t>(after);
    if (std::equal(filler.begin(), filler.end(), middle) &&
        std::equal(answer.begin(), middle, slot_at - static_cast<std::ptrdiff_t>(before)) &&
        std::equal(tail, answer.end(), slot_at + 1))
      return Wrap{static_cast<std::uint32_t>(before), static_cast<std::uint32_t>(after)};
  }
  return std::nullopt;
}

Wrap Questions::wrap_of(const Link& link) const {
  const auto found = wraps_.find({link.form, link.value});
  if (found == wraps_.end()) return {};
  return std::max_element(found->second.begin(), found->second.end(),
                          [](const auto& a, const auto& b) { return a.second < b.second; })
      ->first;
}

/// The thing in a question whose words carry most bits, and the question with a slot in its place.
std::optional<Questions::Named> Questions::name_in(const Told& told, const Words& question) const {
  std::optional<Named> named;
  double most = 0;
  for (std::size_t begin = 0; begin < question.size(); ++begin) {
    double bits = 0;
    for (std::size_t end = begin + 1; end <= question.size() && end - begin <= kMaxFiller; ++end) {
      bits += told.bits_of(question[end - 1]);
      const Filler filler{static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
      const auto thing = bits > most ? told.thing_of(filler_of(question, filler)) : std::nullopt;
      if (!thing) continue;
      most = bits;
      named = {*thing, cut_out(question, filler)};
    }
  }
  return named;
}

std::optional<Fact> Questions::predict(const Told& told, const Evidence& evidence, std::span<const Link> links) const {
  auto fact = newest_fact(told, links, evidence.subject, evidence.taught->told);
  if (!fact || evidence.outer == nullptr) return fact;
  return newest_fact(told, forms_.at(*evidence.outer).links, fact->value, evidence.taught->told);
}

double Questions::errors(const Told& told, const Form& form, std::span<const Link> links, std::uint32_t* right,
                         std::uint32_t* wrong) const {
  double bits = 0;
  std::uint32_t good = 0;
  std::uint32_t bad = 0;
  for (const Evidence& evidence : form.evidence) {
    const auto fact = predict(told, evidence, links);
    const bool is_same = evidence.taught->answer && is_right(told, fact, *evidence.taught->answer);
    if (evidence.taught->is_refused) {
      if (!is_same) continue;
      ++bad;
      bits += kWrongBits;
    } else if (is_same) {
      ++good;
    } else if (fact) {
      ++bad;
      bits += evidence.taught->answer ? kWrongBits : kNullBits;
    } else if (evidence.taught->answer) {
      bits += kMissingBits;
    }
  }
  if (right != nullptr) *right = good;
  if (wrong != nullptr) *wrong = bad;
  return bits + krichevsky_trofimov(good, bad);
}

/// The links that lead from the thing that a question names to its taught answer. For a phrase: to a thing for which
/// the form around the phrase gives that answer.
std::set<Link> Questions::candidates(const Told& told, const Form& form) const {
  std::set<Link> found;
  for (const Evidence& evidence : form.evidence) {
    const TaughtQuestion& taught = *evidence.taught;
    const auto* roles = told.roles_of(evidence.subject);
    if (!taught.answer || taught.is_refused || roles == nullptr) continue;
    for (const auto& [role, count] : *roles) {
      const auto [id, subject] = role;
      for (const std::uint32_t number : *told.places_of(evidence.subject, id, subject)) {
        if (number >= taught.told) break;
        const auto& fillers = told.sentences()[number].fillers;
        for (std::uint32_t value = 0; value < fillers.size(); ++value) {
          if (value == subject) continue;
          const bool leads =
              evidence.outer != nullptr
                  ? is_right(told, newest_fact(told, forms_.at(*evidence.outer).links, fillers[value], taught.told),
                             *taught.answer)
                  : wrap_in(told.form(id), value, told.words_of(fillers[value]), *taught.answer).has_value();
          if (!leads) continue;
          found.insert({id, subject, value});
          for (std::uint32_t where = 0; where < fillers.size(); ++where)
            if (where != subject && where != value) found.insert({id, subject, value, where, fillers[where]});
        }
      }
    }
  }
  return found;
}

/// Gives the form the links that explain its taught answers in fewest bits. Greedy: in each step it adds the link or
/// the whole relation that saves most.
void Questions::learn(const Told& told, std::span<const Relation> relations, Form& form) const {
  struct Option {
    Relation links;
    double price;
  };
  std::vector<Option> options;
  const std::set<Link> links = candidates(told, form);
  const double link_bits = std::log2(2.0 * static_cast<double>(told.used().size()));
  for (const Link& link : links) options.push_back({{link}, link_bits + (link.where ? kConditionBits : 0)});
  for (const Relation& relation : relations)
    if (std::any_of(relation.begin(), relation.end(), [&](const Link& link) { return links.contains(link); }))
      options.push_back({relation, std::log2(static_cast<double>(relations.size()) + 1) + 1});
  form.links.clear();
  double now = errors(told, form, form.links);
  while (true) {
    const Option* best = nullptr;
    double least = now - 1e-9;
    for (const Option& option : options) {
      Relation more = form.links;
      add(more, option.links);
      if (more.size() == form.links.size()) continue;
      const double bits = errors(told, form, more) + option.price;
      if (bits < least) least = bits, best = &option;
    }
    if (best == nullptr) break;
    add(form.links, best->links);
    now = errors(told, form, form.links);
  }
  errors(told, form, form.links, &form.right, &form.wrong);
}

void Questions::learn_direct(const Told& told, std::span<const Relation> relations) {
  for (const TaughtQuestion& taught : taught_) {
    if (taught.is_withdrawn) continue;
    if (auto named = name_in(told, taught.question)) {
      forms_[named->form].evidence.push_back({named->thing, &taught});
      direct_.push_back({&taught, std::move(*named)});
    }
  }
  for (auto& [pattern, form] : forms_) learn(told, relations, form);
}

/// The most specific other form that has a meaning and matches this one with its slot inside the filler; and that
/// filler, a phrase.
std::optional<std::pair<const Words*, Words>> Questions::outer_form(const Words& form, bool known_phrase) const {
  std::optional<std::pair<const Words*, Words>> best;
  for (const auto& [pattern, outer] : forms_) {
    if (pattern == form || outer.links.empty() || (best && !more_specific(pattern, *best->first))) continue;
    auto fillers = match(pattern, form, kMaxPhrase);
    if (!fillers) fillers = match(outer.bare, form, kMaxPhrase);
    if (!fillers) continue;
    Words phrase = filler_of(form, fillers->front());
    if (phrase.size() < 2 || count_slots(phrase) != 1) continue;
    if (known_phrase) {
      const auto known = phrases_.find(phrase);
      if (known == phrases_.end() || known->second.links.empty()) continue;
    }
    best = {&pattern, std::move(phrase)};
  }
  return best;
}

/// A form of question that no link explains may be another form around a phrase: learns what such phrases mean.
void Questions::learn_phrases(const Told& told, std::span<const Relation> relations) {
  phrases_.clear();
  for (const auto& [taught, named] : direct_) {
    const Form& own = forms_.at(named.form);
    if (!own.links.empty() && own.right > own.wrong) continue;
    if (const auto outer = outer_form(named.form, false))
      phrases_[outer->second].evidence.push_back({named.thing, taught, outer->first});
  }
  for (auto& [pattern, phrase] : phrases_) learn(told, relations, phrase);
}

/// A form that is taught only around known phrases gets evidence about the things for which they stand.
bool Questions::learn_forms_around_phrases(const Told& told) {
  bool is_changed = false;
  for (const auto& [taught, named] : direct_) {
    if (!forms_.at(named.form).links.empty()) continue;
    for (const auto& [pattern, phrase] : phrases_) {
      if (phrase.links.empty()) continue;
      const auto outer = without(named.form, pattern);
      const auto meant = newest_fact(told, phrase.links, named.thing, taught->told);
      if (!outer || !meant || outer->size() < 2) continue;
      auto& evidence = forms_[*outer].evidence;
      if (std::any_of(evidence.begin(), evidence.end(), [&, t = taught](const Evidence& e) { return e.taught == t; }))
        continue;
      evidence.push_back({meant->value, taught});
      is_changed = true;
    }
  }
  return is_changed;
}

/// If a form is a known phrase in a frame and has the meaning of the phrase, the frame asks which thing a phrase stands
/// for ("who is _ ?"). Every other form in that frame then gives one more phrase.
void Questions::find_identities() {
  std::set<Words> frames;
  for (const auto& [phrase_pattern, phrase] : phrases_)
    for (const auto& [pattern, form] : forms_) {
      if (phrase.links.empty() || form.links.empty() || pattern.size() == phrase_pattern.size()) continue;
      const bool agrees = std::any_of(form.links.begin(), form.links.end(),
                                      [&, &p = phrase](const Link& link) { return contains(p.links, link); });
      if (const auto frame = agrees ? without(pattern, phrase_pattern) : std::nullopt) frames.insert(*frame);
    }
  for (const Words& frame : frames) {
    Form& form = forms_[frame];
    if (!form.links.empty()) continue;
    form.is_identity = true;
    form.bare = frame;
    for (const auto& [pattern, other] : forms_) {
      const auto fillers = other.links.empty() || pattern == frame ? std::nullopt : match(frame, pattern, kMaxPhrase);
      if (!fillers) continue;
      const Words phrase = filler_of(pattern, fillers->front());
      if (phrase.size() < 2 || count_slots(phrase) != 1) continue;
      Form& known = phrases_[phrase];
      if (known.links.empty()) known.links = other.links;
    }
  }
}

/// Removes the meaning of a form if another form around a phrase answers its questions as well.
bool Questions::drop_what_phrases_explain(const Told& told) {
  bool is_changed = false;
  for (auto& [pattern, form] : forms_) {
    if (form.links.empty()) continue;
    const auto outer = outer_form(pattern, true);
    if (!outer) continue;
    Form nested;
    for (Evidence evidence : form.evidence) {
      evidence.outer = outer->first;
      nested.evidence.push_back(evidence);
    }
    std::uint32_t right = 0;
    std::uint32_t wrong = 0;
    errors(told, nested, phrases_.at(outer->second).links, &right, &wrong);
    if (right < form.right || wrong > form.wrong) continue;
    form.links.clear();
    dropped_.insert(pattern);
    is_changed = true;
  }
  return is_changed;
}

/// Counts which constants taught answers repeat around fillers, and finds each form without these constants.
void Questions::count_wraps(const Told& told) {
  wraps_.clear();
  affixes_.clear();
  for (const Forms* forms : {&forms_, &phrases_})
    for (const auto& [pattern, form] : *forms)
      for (const Evidence& evidence : form.evidence) {
        const auto fact = evidence.taught->answer && !evidence.taught->is_refused ? predict(told, evidence, form.links)
                                                                                  : std::nullopt;
        if (!fact) continue;
        const Template& described = told.form(fact->link.form);
        const auto wrap = wrap_in(described, fact->link.value, told.words_of(fact->value), *evidence.taught->answer);
        if (!wrap) continue;
        ++wraps_[{fact->link.form, fact->link.value}][*wrap];
        if (*wrap == Wrap{}) continue;
        const auto slot =
            described.pattern.begin() + static_cast<std::ptrdiff_t>(place_of_slot(described.pattern, fact->link.value));
        affixes_.insert({Words(slot - wrap->before, slot), Words(slot + 1, slot + 1 + wrap->after)});
      }
  for (Forms* forms : {&forms_, &phrases_})
    for (auto& [pattern, form] : *forms) form.bare = bare(pattern, form);
}

Words Questions::bare(const Words& pattern, const Form& form) const {
  if (form.links.empty()) return pattern;
  const auto place = static_cast<std::ptrdiff_t>(place_of_slot(pattern, 0));
  const auto size = static_cast<std::ptrdiff_t>(pattern.size());
  std::ptrdiff_t before = 0;
  std::ptrdiff_t after = 0;
  for (const auto& [said_before, said_after] : affixes_) {
    const auto b = static_cast<std::ptrdiff_t>(said_before.size());
    const auto a = static_cast<std::ptrdiff_t>(said_after.size());
    if (a + b <= before + after || b > place || place + a >= size - 1) continue;
    if (!std::equal(said_before.begin(), said_before.end(), pattern.begin() + place - b)) continue;
    if (!std::equal(said_after.begin(), said_after.end(), pattern.begin() + place + 1)) continue;
    before = b, after = a;
  }
  return cut_out(pattern, {static_cast<std::uint32_t>(place - before), static_cast<std::uint32_t>(place + 1 + after)});
}

/// Learns from the forms with taught answers from which coverage on the relation that is told in their words answers
/// them; never if too few were taught to say so.
void Questions::learn_coverage(const Told& told, std::span<const Relation> relations, const Alike& alike) {
  constexpr double kLeastRate = 0.8;
  std::vector<const Words*> patterns;
  for (const auto& [pattern, form] : forms_) patterns.push_back(&pattern);
  told_like_ = ToldLike(patterns);
  std::vector<std::pair<double, bool>> tried;
  for (const auto& [pattern, form] : forms_) {
    if (form.links.empty() || form.right == 0) continue;
    const ToldLike::Found like = told_like_.find(told, relations, alike, pattern);
    if (like.relation == nullptr) continue;
    std::uint32_t right = 0;
    std::uint32_t wrong = 0;
    errors(told, form, *like.relation, &right, &wrong);
    tried.emplace_back(like.coverage, right > wrong);
  }
  std::sort(tried.begin(), tried.end(), std::greater<>());
  least_coverage_ = kNever;
  by_words_ = {};
  Record record;
  for (const auto& [coverage, is_right] : tried) {
    ++(is_right ? record.right : record.wrong);
    if ((record.right + 1.0) / (record.right + record.wrong + 2.0) < kLeastRate) continue;
    least_coverage_ = std::max(coverage, kMost);
    by_words_ = record;
  }
}

/// The relation that is told in the form's words, if as many of their bits as it takes for most forms to ask for it.
const Relation* Questions::relation_in_words(const Told& told, std::span<const Relation> relations, const Alike& alike,
                                             const Words& form) const {
  if (least_coverage_ == kNever) return nullptr;
  const ToldLike::Found like = told_like_.find(told, relations, alike, form);
  return like.coverage >= least_coverage_ ? like.relation : nullptr;
}

/// A form that was only ever taught as never told asks for the relation that is told in its words, if no form around a
/// phrase explains it, and if nothing was told of it then.
void Questions::learn_by_words(const Told& told, std::span<const Relation> relations, const Alike& alike) {
  learn_coverage(told, relations, alike);
  for (auto& [pattern, form] : forms_) {
    const bool is_untaught = !form.has_meaning() && !dropped_.contains(pattern) && count_slots(pattern) == 1 &&
                             std::none_of(form.evidence.begin(), form.evidence.end(),
                                          [](const Evidence& one) { return one.taught->answer.has_value(); });
    const Relation* relation = is_untaught ? relation_in_words(told, relations, alike, pattern) : nullptr;
    if (relation == nullptr || outer_form(pattern, true)) continue;
    Relation links;
    add(links, *relation);
    std::uint32_t wrong = 0;
    errors(told, form, links, nullptr, &wrong);
    if (wrong == 0) form.links = std::move(links), form.is_untaught = true;
  }
}

void Questions::learn(const Told& told, std::span<const Relation> relations, const Alike& alike) {
  forms_.clear();
  phrases_.clear();
  direct_.clear();
  dropped_.clear();
  learn_direct(told, relations);
  count_wraps(told);
  for (int round = 0; round < kRounds; ++round) {
    learn_phrases(told, relations);
    const bool is_found = learn_forms_around_phrases(told);
    find_identities();
    const bool is_dropped = drop_what_phrases_explain(told);
    if (!is_found && !is_dropped) break;
    for (auto& [pattern, form] : forms_)
      if (!form.has_meaning() && !dropped_.contains(pattern)) learn(told, relations, form);
    count_wraps(told);
  }
  learn_by_words(told, relations, alike);
  count_wraps(told);
}

bool Questions::understands() const {
  return std::any_of(forms_.begin(), forms_.end(), [](const auto& one) { return one.second.has_meaning(); });
}

std::vector<Questions::Known> Questions::known() const {
  std::vector<Known> known;
  for (const Forms* forms : {&forms_, &phrases_})
    for (const auto& [pattern, form] : *forms)
      if (!form.links.empty()) known.push_back({pattern, form.links, form.right, form.wrong, forms == &phrases_});
  return known;
}

/// The forms that match, the most specific first.
std::vector<Questions::Parse> Questions::parses(const Forms& forms, const Words& words) const {
  std::vector<Parse> found;
  for (const auto& [pattern, form] : forms) {
    if (!form.has_meaning()) continue;
    if (const auto fillers = match(pattern, words, kMaxPhrase))
      found.push_back({&pattern, filler_of(words, fillers->front()), form.is_identity});
    else if (const auto bare = form.bare.empty() ? std::nullopt : match(form.bare, words, kMaxPhrase))
      found.push_back({&pattern, filler_of(words, bare->front()), true});
  }
  std::sort(found.begin(), found.end(), [](const Parse& a, const Parse& b) { return more_specific(*a.form, *b.form); });
  return found;
}

/// The thing for which a name or a phrase stands.
std::optional<Questions::Meant> Questions::resolve(const Told& told, const Words& words, bool is_phrase, int depth,
                                                   std::uint32_t sentences) const {
  const auto thing = is_phrase ? std::nullopt : told.thing_of(words);
  if (thing) return Meant{*thing};
  if (depth == kMaxDepth) return std::nullopt;
  for (const Parse& parse : parses(phrases_, words)) {
    auto inner = resolve(told, parse.filler, parse.is_phrase, depth + 1, sentences);
    if (!inner) continue;
    const auto fact = newest_fact(told, phrases_.at(*parse.form).links, inner->thing, sentences);
    if (!fact) return std::nullopt;
    inner->chain.push_back(*fact);
    return Meant{fact->value, std::move(inner->chain)};
  }
  return std::nullopt;
}

void Questions::set_withdrawn(std::int64_t source, bool is_withdrawn) {
  for (TaughtQuestion& taught : taught_)
    if (taught.source == source) taught.is_withdrawn = is_withdrawn;
}

/// What a question names, by its name or by phrases around it, and the form of the question around that.
std::optional<std::pair<Words, Questions::Meant>> Questions::meant_in(const Told& told, const Words& question,
                                                                      std::uint32_t sentences) const {
  auto named = name_in(told, question);
  if (!named) return std::nullopt;
  Meant meant{named->thing};
  for (int depth = 0; depth < kMaxDepth; ++depth) {
    const std::pair<const Words, Form>* inner = nullptr;
    for (const auto& phrase : phrases_)
      if (!phrase.second.links.empty() && (inner == nullptr || more_specific(phrase.first, inner->first)) &&
          without(named->form, phrase.first))
        inner = &phrase;
    if (inner == nullptr) break;
    const auto fact = newest_fact(told, inner->second.links, meant.thing, sentences);
    if (!fact) return std::nullopt;
    meant.thing = fact->value;
    meant.chain.push_back(*fact);
    named->form = *without(named->form, inner->first);
  }
  return std::pair(std::move(named->form), std::move(meant));
}

/// in_words: a meaning was not taught, but is that of what is told in the same words.
Reply Questions::reply_to(const Told& told, const Form& form, Meant meant, std::uint32_t sentences,
                          bool in_words) const {
  Reply reply;
  reply.is_understood = true;
  reply.is_untaught = in_words || form.is_untaught;
  reply.right = reply.is_untaught ? by_words_.right : form.right;
  reply.wrong = reply.is_untaught ? by_words_.wrong : form.wrong;
  reply.chain = std::move(meant.chain);
  reply.subject = meant.thing;
  reply.links = form.links;
  reply.fact =
      form.is_identity ? std::optional(reply.chain.back()) : newest_fact(told, form.links, meant.thing, sentences);
  if (!reply.fact) {
    reply.withdrawn = newest_fact(told, form.links, meant.thing, sentences, true);
    return reply;
  }
  if (!form.is_identity) reply.chain.push_back(*reply.fact);
  reply.wrap = wrap_of(reply.fact->link);
  return reply;
}

/// What words that were never taught as a form or a phrase mean of the thing that they name: the relation that is told
/// in them.
std::optional<Questions::InWords> Questions::in_told_words(const Told& told, std::span<const Relation> relations,
                                                           const Alike& alike, const Words& words,
                                                           std::uint32_t sentences) const {
  auto asked = least_coverage_ == kNever ? std::nullopt : meant_in(told, words, sentences);
  if (!asked || forms_.contains(asked->first)) return std::nullopt;
  const Relation* relation = relation_in_words(told, relations, alike, asked->first);
  if (relation == nullptr) return std::nullopt;
  return InWords{*relation, std::move(asked->second)};
}

Reply Questions::ask(const Told& told, std::span<const Relation> relations, const Words& question,
                     std::uint32_t sentences, const Alike& alike) const {
  const std::vector<Parse> parses = this->parses(forms_, question);
  for (const Parse& parse : parses)
    if (auto meant = resolve(told, parse.filler, parse.is_phrase, 0, sentences))
      return reply_to(told, forms_.at(*parse.form), *std::move(meant), sentences);
  if (parses.empty()) {
    auto asked = in_told_words(told, relations, alike, question, sentences);
    if (!asked) return {};
    Form form;
    form.links = std::move(asked->links);
    return reply_to(told, form, std::move(asked->meant), sentences, true);
  }
  // The form is known, and the phrase in it was never taught.
  for (const Parse& parse : parses) {
    auto phrase = in_told_words(told, relations, alike, parse.filler, sentences);
    const auto fact = phrase ? newest_fact(told, phrase->links, phrase->meant.thing, sentences) : std::nullopt;
    if (!fact) continue;
    phrase->meant.thing = fact->value;
    phrase->meant.chain.push_back(*fact);
    return reply_to(told, forms_.at(*parse.form), std::move(phrase->meant), sentences, true);
  }
  return {};
}

}  // namespace noema::concepts::facts
