#include "concepts/facts/told.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "base/error.h"
#include "concepts/facts/state.h"

namespace noema::concepts::facts {
namespace {

constexpr double kNewWordBits = 16;          ///< a word that the code has not met yet
constexpr double kEndBits = 3;               ///< the end of a sentence that is coded word by word
constexpr std::size_t kMostLookedAt = 4096;  ///< sentences that a trial of a template looks at, the newest first
constexpr std::size_t kMostTried = 300;      ///< sentences that a trial moves
constexpr std::size_t kAll = ~std::size_t{0};
constexpr std::size_t kEstablished = 1024;  ///< no proposal removes a template of more sentences
constexpr double kMaxDrift = 1e-6;          ///< share of its length by which a loaded description may differ
constexpr std::size_t kMaxAbsorbed = 6;     ///< words and slots of a template that may lie in one slot of another

void insert_sorted(std::vector<std::uint32_t>& list, std::uint32_t value) {
  if (list.empty() || list.back() < value)
    list.push_back(value);
  else
    list.insert(std::lower_bound(list.begin(), list.end(), value), value);
}

void erase_sorted(std::vector<std::uint32_t>& list, std::uint32_t value) {
  const auto found = std::lower_bound(list.begin(), list.end(), value);
  base::check(found != list.end() && *found == value, "a sentence is missing from a list of places");
  list.erase(found);
}

}  // namespace

Told::Told() : word_code_(50), thing_code_(10), template_code_(1) {}

std::size_t Told::PlaceHash::operator()(const std::pair<Thing, Role>& place) const {
  std::uint64_t hash = place.first * 0x9E3779B97F4A7C15ULL;
  hash = (hash ^ place.second.first) * 0xBF58476D1CE4E5B9ULL;
  hash = (hash ^ place.second.second) * 0x94D049BB133111EBULL;
  return hash ^ (hash >> 31);
}

std::uint32_t Told::times_told(Word word) const {
  return static_cast<std::size_t>(word) < told_.size() ? told_[word] : 0;
}

double Told::bits_of(Word word) const {
  return std::log2((static_cast<double>(told_total_) + 100) / (times_told(word) + 0.01));
}

std::optional<Thing> Told::thing_of(const Words& words) const {
  const auto found = thing_of_.find(words);
  if (found == thing_of_.end() || !roles_.contains(found->second)) return std::nullopt;
  return found->second;
}

const std::map<Told::Role, std::uint32_t>* Told::roles_of(Thing thing) const {
  const auto found = roles_.find(thing);
  return found == roles_.end() ? nullptr : &found->second;
}

const std::vector<std::uint32_t>* Told::places_of(Thing thing, TemplateId form, std::uint32_t slot) const {
  const auto found = places_.find({thing, {form, slot}});
  return found == places_.end() ? nullptr : &found->second;
}

// The code. Each function returns the bits that the description grows (add, define, seat) or shrinks by.

double Told::add_word(Word word) {
  bool is_new = false;
  const double bits = word_code_.add(static_cast<std::uint32_t>(word), is_new);
  return bits + (is_new ? kNewWordBits : 0);
}

double Told::remove_word(Word word) {
  bool is_gone = false;
  const double bits = word_code_.remove(static_cast<std::uint32_t>(word), is_gone);
  return bits + (is_gone ? kNewWordBits : 0);
}

double Told::add_thing(Thing thing) {
  bool is_new = false;
  double bits = thing_code_.add(thing, is_new);
  if (!is_new) return bits;
  for (const Word word : things_[thing]) bits += 1 + add_word(word);
  return bits + 1;
}

double Told::remove_thing(Thing thing) {
  bool is_gone = false;
  double bits = thing_code_.remove(thing, is_gone);
  if (!is_gone) return bits;
  for (auto word = things_[thing].rbegin(); word != things_[thing].rend(); ++word) bits += 1 + remove_word(*word);
  return bits + 1;
}

double Told::define(const Words& pattern) {
  double bits = 2;
  for (const Word word : pattern) bits += 1 + (word == kSlot ? 0 : add_word(word));
  return bits;
}

double Told::undefine(const Words& pattern) {
  double bits = 2;
  for (auto word = pattern.rbegin(); word != pattern.rend(); ++word)
    bits += 1 + (*word == kSlot ? 0 : remove_word(*word));
  return bits;
}

double Told::seat(std::uint32_t number, TemplateId form, const std::vector<Filler>& fillers) {
  Sentence& sentence = sentences_[number];
  sentence.form = form;
  sentence.fillers.clear();
  bool is_new = false;
  double bits = template_code_.add(form, is_new);
  if (form == kNoTemplate) {
    for (const Word word : sentence.words) bits += add_word(word);
    return bits + kEndBits + (is_new ? 1 : 0);
  }
  Template& described = templates_[form];
  if (is_new) bits += define(described.pattern);
  for (std::uint32_t slot = 0; slot < fillers.size(); ++slot) {
    const Thing thing =
        intern({sentence.words.begin() + fillers[slot].begin, sentence.words.begin() + fillers[slot].end});
    sentence.fillers.push_back(thing);
    bits += described.slots[slot].add(thing, is_new);
    if (is_new) bits += add_thing(thing);
    insert_sorted(places_[{thing, {form, slot}}], number);
    ++roles_[thing][{form, slot}];
  }
  insert_sorted(described.members, number);
  return bits;
}

double Told::unseat(std::uint32_t number) {
  Sentence& sentence = sentences_[number];
  bool is_gone = false;
  double bits = 0;
  if (sentence.form == kNoTemplate) {
    for (auto word = sentence.words.rbegin(); word != sentence.words.rend(); ++word) bits += remove_word(*word);
    bits += template_code_.remove(kNoTemplate, is_gone);
    return bits + kEndBits + (is_gone ? 1 : 0);
  }
  Template& described = templates_[sentence.form];
  for (std::uint32_t slot = sentence.fillers.size(); slot-- > 0;) {
    const Thing thing = sentence.fillers[slot];
    const Role role{sentence.form, slot};
    bits += described.slots[slot].remove(thing, is_gone);
    if (is_gone) bits += remove_thing(thing);
    const auto place = places_.find({thing, role});
    erase_sorted(place->second, number);
    if (place->second.empty()) places_.erase(place);
    auto& roles = roles_[thing];
    if (--roles[role] == 0) roles.erase(role);
    if (roles.empty()) roles_.erase(thing);
  }
  bits += template_code_.remove(sentence.form, is_gone);
  if (is_gone) bits += undefine(described.pattern);
  erase_sorted(described.members, number);
  return bits;
}

// Sentences and templates.

Thing Told::intern(const Words& words) {
  const auto [found, is_new] = thing_of_.try_emplace(words, static_cast<Thing>(things_.size()));
  if (is_new) things_.push_back(words);
  return found->second;
}

/// Calls visit(template) for the templates in use whose key is among the words: no other one matches them.
template <typename Visit>
void Told::for_each_keyed(const Words& words, Visit&& visit) const {
  for (const Word word : std::set<Word>(words.begin(), words.end()))
    if (const auto keyed = by_key_.find(word); keyed != by_key_.end())
      for (const TemplateId id : keyed->second) visit(id);
}

Told::Best Told::best_template(const Words& words) const {
  Best best;
  for_each_keyed(words, [&](TemplateId id) {
    if (best.form != kNoTemplate && !more_specific(templates_[id].pattern, templates_[best.form].pattern)) return;
    if (auto fillers = match(templates_[id].pattern, words)) best = {id, std::move(*fillers)};
  });
  return best;
}

std::vector<Description> Told::descriptions(std::uint32_t number) const {
  const Sentence& sentence = sentences_[number];
  std::vector<Description> found;
  if (sentence.form == kNoTemplate) return found;
  found.push_back({sentence.form, sentence.fillers, true});
  for_each_keyed(sentence.words, [&](TemplateId id) {
    if (id == sentence.form) return;
    const auto fillers = match(templates_[id].pattern, sentence.words);
    if (!fillers) return;
    Description description{id};
    for (const Filler filler : *fillers) {
      const auto thing = thing_of_.find({sentence.words.begin() + filler.begin, sentence.words.begin() + filler.end});
      if (thing == thing_of_.end()) return;
      description.fillers.push_back(thing->second);
    }
    found.push_back(std::move(description));
  });
  return found;
}

void Told::index(std::uint32_t number) {
  const Words& words = sentences_[number].words;
  for (const Word word : std::set<Word>(words.begin(), words.end())) postings_[word].push_back(number);
  for (const Word word : words) {
    if (told_.size() <= static_cast<std::size_t>(word)) told_.resize(word + 1);
    ++told_[word];
  }
  told_total_ += words.size();
}

std::uint32_t Told::tell(Words words, std::int64_t source) {
  for (const Word word : words) base::check(word >= 0 && word <= kMaxWord, "a told sentence holds what is no word");
  const auto number = static_cast<std::uint32_t>(sentences_.size());
  sentences_.push_back({std::move(words), source});
  index(number);
  const Best best = best_template(sentences_[number].words);
  bits_ += seat(number, best.form, best.fillers);
  return number;
}

std::optional<std::uint32_t> Told::sentence_of(std::int64_t source) const {
  const auto found = std::lower_bound(sentences_.begin(), sentences_.end(), source,
                                      [](const Sentence& one, std::int64_t wanted) { return one.source < wanted; });
  if (found == sentences_.end() || found->source != source) return std::nullopt;
  return static_cast<std::uint32_t>(found - sentences_.begin());
}

/// Whether the pattern has a constant, and each of its constants was told.
bool Told::is_told(const Words& pattern) const {
  return count_constants(pattern) > 0 && std::all_of(pattern.begin(), pattern.end(), [&](Word word) {
           return word == kSlot || postings_.contains(word);
         });
}

/// The constant of a pattern that was told least often so far.
Word Told::rarest(const Words& pattern) const {
  Word key = kSlot;
  for (const Word word : pattern)
    if (word != kSlot && (key == kSlot || std::pair(told_[word], word) < std::pair(told_[key], key))) key = word;
  return key;
}

void Told::use(TemplateId id) {
  Template& made = templates_[id];
  made.is_used = true;
  made.slots.assign(count_slots(made.pattern), Restaurant());
  by_key_[made.key].push_back(id);
  used_.insert(id);
}

void Told::disuse(TemplateId id) {
  templates_[id].is_used = false;
  auto& keyed = by_key_[templates_[id].key];
  keyed.erase(std::find(keyed.begin(), keyed.end(), id));
  used_.erase(id);
}

std::vector<std::uint32_t> Told::matching(TemplateId id, std::size_t most_looked_at, std::size_t most_found) const {
  const Template& wanted = templates_[id];
  const auto& postings = postings_.at(wanted.key);
  std::vector<std::uint32_t> found;
  std::size_t looked_at = 0;
  for (auto number = postings.rbegin(); number != postings.rend(); ++number) {
    if (++looked_at > most_looked_at || found.size() == most_found) break;
    const Sentence& sentence = sentences_[*number];
    if (sentence.form == id) continue;
    if (sentence.form != kNoTemplate && !more_specific(wanted.pattern, templates_[sentence.form].pattern)) continue;
    if (match(wanted.pattern, sentence.words)) found.push_back(*number);
  }
  std::reverse(found.begin(), found.end());
  return found;
}

/// Moves these sentences, which must match, to a template; returns the bits that the description grows.
double Told::pull(TemplateId id, const std::vector<std::uint32_t>& sentences) {
  double grown = 0;
  for (const std::uint32_t number : sentences) {
    grown -= unseat(number);
    grown += seat(number, id, *match(templates_[id].pattern, sentences_[number].words));
  }
  return grown;
}

/// Takes a template out of use; each of its sentences goes to the most specific other one. Returns the bits that the
/// description grows.
double Told::scatter(TemplateId id) {
  const std::vector<std::uint32_t> members = templates_[id].members;
  disuse(id);
  double grown = 0;
  for (const std::uint32_t number : members) {
    grown -= unseat(number);
    const Best best = best_template(sentences_[number].words);
    grown += seat(number, best.form, best.fillers);
  }
  return grown;
}

/// Takes a template into use again; it describes all sentences again that it described before.
void Told::gather(TemplateId id) {
  use(id);
  pull(id, matching(id, kAll, kAll));
}

/// Takes those more specific templates out of use whose sentences this one can describe, if the description is shorter
/// without them. Adds them to `dropped`; returns the bits that the description grows.
double Told::drop_superfluous_beside(TemplateId id, std::vector<TemplateId>& dropped) {
  double grown = 0;
  for (const TemplateId other : std::vector<TemplateId>(used_.begin(), used_.end())) {
    const Template& candidate = templates_[other];
    if (other == id || candidate.members.size() > kEstablished) continue;
    if (!more_specific(candidate.pattern, templates_[id].pattern)) continue;
    if (!match(templates_[id].pattern, candidate.pattern, kMaxAbsorbed)) continue;
    const double change = scatter(other);
    if (change < 0) {
      grown += change;
      dropped.push_back(other);
    } else {
      gather(other);
    }
  }
  return grown;
}

/// Takes a pattern into use, if it is not yet and can be.
std::optional<Told::Trial> Told::begin_trial(const Words& pattern) {
  if (!is_told(pattern)) return std::nullopt;
  const auto [known, is_new] = template_of_.try_emplace(pattern, static_cast<TemplateId>(templates_.size()));
  const TemplateId id = known->second;
  if (is_new) templates_.push_back({pattern});
  if (templates_[id].is_used) return std::nullopt;
  Trial trial{id, is_new, std::exchange(templates_[id].key, rarest(templates_[id].pattern))};
  use(id);
  return trial;
}

/// Takes it out of use again; trials end in the reverse order of their beginning.
void Told::end_trial(const Trial& trial) {
  scatter(trial.id);
  templates_[trial.id].key = trial.key_before;
  if (!trial.is_new) return;
  template_of_.erase(templates_[trial.id].pattern);
  templates_.pop_back();
}

bool Told::propose(const Words& pattern, double price_bits) {
  const auto trial = begin_trial(pattern);
  if (!trial) return false;
  std::vector<TemplateId> dropped;
  double grown = pull(trial->id, matching(trial->id, kMostLookedAt, kMostTried));
  grown += drop_superfluous_beside(trial->id, dropped);
  if (grown < -price_bits) {
    bits_ += grown + pull(trial->id, matching(trial->id, kAll, kAll));
    ++version_;
    return true;
  }
  for (const TemplateId other : dropped) gather(other);
  end_trial(*trial);
  return false;
}

bool Told::propose_together(const std::vector<Words>& patterns, double price_bits) {
  std::vector<Trial> trials;
  double grown = 0;
  for (const Words& pattern : patterns)
    if (const auto trial = begin_trial(pattern)) {
      trials.push_back(*trial);
      grown += pull(trial->id, matching(trial->id, kAll, kAll));
    }
  if (grown < -price_bits) {
    bits_ += grown;
    ++version_;
    return true;
  }
  while (!trials.empty()) {
    end_trial(trials.back());
    trials.pop_back();
  }
  return false;
}

std::size_t Told::forget_superfluous() {
  std::size_t forgotten = 0;
  for (const TemplateId id : std::vector<TemplateId>(used_.begin(), used_.end())) {
    const bool is_empty = templates_[id].members.empty();
    const double grown = scatter(id);
    if (grown < 0 || is_empty) {
      bits_ += grown;
      ++forgotten;
      ++version_;
    } else {
      templates_[id].key = rarest(templates_[id].pattern);
      gather(id);
    }
  }
  return forgotten;
}

nlohmann::json Told::save() const {
  nlohmann::json state = {{"bits", bits_}, {"things", things_}, {"version", version_}};
  for (const Template& one : templates_) state["templates"].push_back({one.pattern, one.is_used, one.key});
  for (const Sentence& one : sentences_) {
    state["sentences"].push_back({one.words, one.source, one.form == kNoTemplate ? -1 : std::int64_t{one.form}});
    if (one.withdrawn != kNow) state["sentences"].back().push_back(one.withdrawn);
  }
  return state;
}

// Loading trusts nothing: each index is checked before it is used, and the description is coded anew.

void Told::load_things(const nlohmann::json& state) {
  for (const auto& one : state.at("things")) {
    Words words = read_words(one, 0);
    if (words.empty()) throw base::Error("a thing has no words");
    if (!thing_of_.try_emplace(words, static_cast<Thing>(things_.size())).second)
      throw base::Error("a thing is there twice");
    things_.push_back(std::move(words));
  }
}

void Told::load_sentences(const nlohmann::json& state) {
  for (const auto& one : list_in(state, "sentences")) {
    sentences_.push_back({read_words(one.at(0), 0), read_number(one.at(1))});
    if (one.size() > 3) sentences_.back().withdrawn = static_cast<std::uint32_t>(read_number(one.at(3), 0, kNow));
    index(static_cast<std::uint32_t>(sentences_.size() - 1));
  }
}

void Told::load_templates(const nlohmann::json& state) {
  for (const auto& one : list_in(state, "templates")) {
    const auto id = static_cast<TemplateId>(templates_.size());
    templates_.push_back({read_words(one.at(0), kSlot)});
    Template& made = templates_.back();
    made.key = static_cast<Word>(read_number(one.at(2), 0, kMaxWord));
    if (!is_told(made.pattern)) throw base::Error("a template has no constant, or one that was never told");
    if (std::find(made.pattern.begin(), made.pattern.end(), made.key) == made.pattern.end())
      throw base::Error("the key of a template is none of its constants");
    if (!template_of_.try_emplace(made.pattern, id).second) throw base::Error("a template is there twice");
    if (one.at(1).get<bool>()) use(id);
  }
}

/// Describes the sentences as the state says, which must be by their most specific templates; returns the bits.
double Told::load_seats(const nlohmann::json& state) {
  const std::size_t things = things_.size();
  double bits = 0;
  std::uint32_t number = 0;
  for (const auto& one : list_in(state, "sentences")) {
    const Best best = best_template(sentences_[number].words);
    const std::int64_t form = best.form == kNoTemplate ? -1 : std::int64_t{best.form};
    if (read_number(one.at(2)) != form) throw base::Error("a sentence is not described by its most specific template");
    bits += seat(number++, best.form, best.fillers);
  }
  if (things_.size() != things) throw base::Error("a thing is missing");
  return bits;
}

Told Told::load(const nlohmann::json& state) try {
  Told told;
  told.load_things(state);
  told.load_sentences(state);
  told.load_templates(state);
  const double bits = told.load_seats(state);
  told.bits_ = state.at("bits").get<double>();
  if (!(std::abs(told.bits_ - bits) <= kMaxDrift * std::max(bits, 1.0)))
    throw base::Error("its length is " + std::to_string(told.bits_) + " bits, but its sentences take " +
                      std::to_string(bits));
  told.version_ = static_cast<std::uint64_t>(read_number(state.at("version"), 0));
  return told;
} catch (const std::exception& error) {
  throw base::Error(std::string("the state of what was told is damaged: ") + error.what());
}

}  // namespace noema::concepts::facts
