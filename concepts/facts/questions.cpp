#include "concepts/facts/questions.h"

#include <algorithm>
#include <cmath>

namespace noema::concepts::facts {
namespace {

constexpr double kMissingBits = 12;   ///< an answer was taught, and none is given
constexpr double kWrongBits = 18;     ///< an answer was taught, and another one is given
constexpr double kNullBits = 6;       ///< it was taught that none was told, and one is given
constexpr double kConditionBits = 3;  ///< the price of a link's condition
constexpr int kRounds = 2;            ///< each learns phrases from forms, then forms around phrases

bool contains(std::span<const Link> links, const Link& link) {
  return std::find(links.begin(), links.end(), link) != links.end();
}

void add(Relation& links, std::span<const Link> more) {
  for (const Link& link : more)
    if (!contains(links, link)) links.push_back(link);
}

template <typename Votes>
auto most_voted(const Votes& votes) {
  const auto count = [](const auto& a, const auto& b) { return a.second < b.second; };
  return std::max_element(votes.begin(), votes.end(), count)->first;
}

/// The constants that a wrap takes around a slot.
Affix affix_of(const Template& form, std::uint32_t slot, Wrap wrap) {
  const auto at = form.pattern.begin() + static_cast<std::ptrdiff_t>(place_of_slot(form.pattern, slot));
  return {Words(at - wrap.before, at), Words(at + 1, at + 1 + wrap.after)};
}

bool is_right(const Told& told, const std::optional<Fact>& fact, const Words& answer) {
  return fact && wrap_in(told.form(fact->link.form), fact->link.value, told.words_of(fact->value), answer);
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

/// What answers say around the filler of a slot: as taught, or what is said with such things wherever they are told.
Wrap Questions::wrap_of(const Told& told, const Link& link) const {
  const auto found = wraps_.find({link.form, link.value});
  if (found == wraps_.end()) {
    const Affix affix = said_with(told, link.form, link.value);
    return {static_cast<std::uint32_t>(affix.before.size()), static_cast<std::uint32_t>(affix.after.size())};
  }
  return most_voted(found->second);
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
void Questions::count_wraps(const Told& told, std::span<const Relation> relations) {
  wraps_.clear();
  for (const Forms* forms : {&forms_, &phrases_})
    for (const auto& [pattern, form] : *forms)
      for (const Evidence& evidence : form.evidence) {
        const auto fact = evidence.taught->answer && !evidence.taught->is_refused ? predict(told, evidence, form.links)
                                                                                  : std::nullopt;
        if (!fact) continue;
        const auto wrap =
            wrap_in(told.form(fact->link.form), fact->link.value, told.words_of(fact->value), *evidence.taught->answer);
        if (wrap) ++wraps_[{fact->link.form, fact->link.value}][*wrap];
      }
  for (const Relation& relation : relations) share_wraps(told, relation);
  find_affixes(told);
  for (Forms* forms : {&forms_, &phrases_})
    for (auto& [pattern, form] : *forms) form.bare = bare(pattern, form);
}

/// A value is said alike in all answers of a relation, by whichever template it was told: those of which no answer was
/// taught take what most answers of the others say, if they say the same constants around the slot.
void Questions::share_wraps(const Told& told, const Relation& relation) {
  std::map<Affix, std::uint32_t> said;
  std::set<std::pair<TemplateId, std::uint32_t>> without_votes;
  for (const Link& link : relation) {
    const auto votes = wraps_.find({link.form, link.value});
    if (votes == wraps_.end()) {
      without_votes.insert({link.form, link.value});
      continue;
    }
    for (const auto& [wrap, count] : votes->second) said[affix_of(told.form(link.form), link.value, wrap)] += count;
  }
  if (said.empty()) return;
  const Affix affix = most_voted(said);
  const Wrap wrap{static_cast<std::uint32_t>(affix.before.size()), static_cast<std::uint32_t>(affix.after.size())};
  for (const auto& [id, slot] : without_votes) {
    const Words& pattern = told.form(id).pattern;
    const std::size_t place = place_of_slot(pattern, slot);
    if (wrap.before <= place && place + wrap.after < pattern.size() && affix_of(told.form(id), slot, wrap) == affix)
      wraps_[{id, slot}][wrap] = said.at(affix);
  }
}

/// What is said around things: by taught answers, and wherever the things of which questions ask are told.
void Questions::find_affixes(const Told& told) {
  affixes_.clear();
  for (const auto& [slot, votes] : wraps_)
    for (const auto& [wrap, count] : votes) affixes_.insert(affix_of(told.form(slot.first), slot.second, wrap));
  for (const auto& [pattern, form] : forms_)
    if (!form.evidence.empty()) affixes_.insert(said_with(told, form.evidence.front().subject));
  affixes_.erase(Affix{});
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

/// Learns from the forms with taught answers how much of a form's bits a relation must hold to be what it asks for.
void Questions::learn_told_like(const Told& told, std::span<const Relation> relations, const Alike& alike) {
  std::vector<const Words*> patterns;
  for (const auto& [pattern, form] : forms_) patterns.push_back(&pattern);
  told_like_ = ToldLike(patterns);
  std::vector<ToldLike::Tried> tried;
  for (const auto& [pattern, form] : forms_) {
    if (form.links.empty() || form.right == 0) continue;
    const ToldLike::Found like = told_like_.find(told, relations, alike, pattern);
    if (like.relation == nullptr) continue;
    std::uint32_t right = 0;
    std::uint32_t wrong = 0;
    errors(told, form, *like.relation, &right, &wrong);
    tried.push_back({like.coverage, right > wrong});
  }
  told_like_.learn(std::move(tried));
}

/// A form that was only ever taught as never told asks for the relation that is told in its words, if no form around a
/// phrase explains it, and if nothing was told of it then.
void Questions::learn_by_words(const Told& told, std::span<const Relation> relations, const Alike& alike) {
  learn_told_like(told, relations, alike);
  for (auto& [pattern, form] : forms_) {
    const bool is_untaught = !form.has_meaning() && !dropped_.contains(pattern) && count_slots(pattern) == 1 &&
                             std::none_of(form.evidence.begin(), form.evidence.end(),
                                          [](const Evidence& one) { return one.taught->answer.has_value(); });
    const Relation* relation = is_untaught ? told_like_.asked_by(told, relations, alike, pattern) : nullptr;
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
  count_wraps(told, relations);
  for (int round = 0; round < kRounds; ++round) {
    learn_phrases(told, relations);
    const bool is_found = learn_forms_around_phrases(told);
    find_identities();
    const bool is_dropped = drop_what_phrases_explain(told);
    if (!is_found && !is_dropped) break;
    for (auto& [pattern, form] : forms_)
      if (!form.has_meaning() && !dropped_.contains(pattern)) learn(told, relations, form);
    count_wraps(told, relations);
  }
  learn_by_words(told, relations, alike);
  count_wraps(told, relations);
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

void Questions::set_withdrawn(std::int64_t source, bool is_withdrawn) {
  for (TaughtQuestion& taught : taught_)
    if (taught.source == source) taught.is_withdrawn = is_withdrawn;
}

}  // namespace noema::concepts::facts
