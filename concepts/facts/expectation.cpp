#include "concepts/facts/expectation.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <set>

#include "base/error.h"
#include "concepts/facts/key.h"

namespace noema::concepts::facts {
namespace {

constexpr double kLeastShare = 1e-6;      ///< parses of less mass are dropped
constexpr double kKnownEnds = 0.8;        ///< a filler ends where it is a known thing, before anything was learned,
constexpr double kUnknownEnds = 0.2;      ///< and where it is none
constexpr double kLeastEnds = 0.02;       ///< the least chance that a filler ends, and that it does not
constexpr double kGood = 0.3;             ///< rate of a way that is often right
constexpr double kFirstRate = 0.25;       ///< of a kind of proposal that was never tried
constexpr double kStrength = 1;           ///< trials that the rate of a more general way counts for
constexpr double kDiscount = 0.8;         ///< of what filled a slot before
constexpr std::size_t kMostRoles = 24;    ///< of a thing that is looked at
constexpr std::size_t kMostPlaces = 8;    ///< sentences looked at for each of them, the newest
constexpr std::size_t kContextForms = 2;  ///< sentences by which the template of the next one is expected
constexpr std::size_t kFewFillers = 4;    ///< a slot of at most so many fillers tells what comes next
constexpr std::size_t kMostAfter = 2;     ///< sentences after others that tell of a thing, the newest
constexpr std::size_t kMostFillers = 64;  ///< a slot that was filled by more things is not counted through
constexpr std::size_t kMostBeside = 256;  ///< sentences with the same filler in another slot, the newest

/// What a filler is proposed from.
enum Source : std::uint64_t { kTold, kJustRead, kEnds, kAfter };

/// The constant, kSlot, or kEnd behind the last.
Word element(const FactLayer& layer, TemplateId form, std::uint32_t at) {
  const Words& pattern = layer.told().form(form).pattern;
  return at < pattern.size() ? pattern[at] : Expectation::kEnd;
}

}  // namespace

double Expectation::Parse::mass() const {
  double sum = other;
  for (const Proposed& one : proposed) sum += one.mass;
  return sum;
}

/// What was told together with a thing: in each of its roles, each other filler of the newest sentences. A sentence
/// that holds others of the things before the slot as well is a way of its own.
void Expectation::guess_from(const FactLayer& layer, Thing thing, Way place, Way kind, const std::vector<Thing>& others,
                             std::vector<Guess>& found) {
  const Told& told = layer.told();
  const auto* roles = told.roles_of(thing);
  if (roles == nullptr) return;
  std::set<Way> seen;
  std::size_t looked_at = 0;
  for (const auto& [role, count] : *roles) {
    if (++looked_at > kMostRoles) break;
    const auto* places = told.places_of(thing, role.first, role.second);
    std::size_t left = kMostPlaces;
    for (auto sentence = places->rbegin(); sentence != places->rend() && left > 0; ++sentence, --left) {
      if (!stands(told, *sentence)) continue;
      const std::vector<Thing>& fillers = told.sentences()[*sentence].fillers;
      // Which of the others stand in which of its slots.
      std::uint64_t met = 0, held = 0;
      for (std::uint32_t slot = 0; slot < fillers.size(); ++slot)
        for (std::size_t other = 0; other < others.size(); ++other)
          if (slot != role.second && fillers[slot] == others[other]) {
            met = met * 64 + slot * 8 + other + 1;
            held |= std::uint64_t{1} << slot;
          }
      for (std::uint32_t slot = 0; slot < fillers.size(); ++slot) {
        if (slot == role.second || (held >> slot & 1) != 0) continue;
        const Way way = mixed({place, role.first, role.second, slot, met});
        if (!seen.insert(way).second) continue;
        found.push_back({way, mixed({kind, others.size(), static_cast<std::uint64_t>(std::popcount(held))}),
                         told.words_of(fillers[slot]), place, *sentence});
      }
    }
  }
}

/// The fillers of a slot in the sentences right after the newest ones that tell of the thing.
void Expectation::guess_after(const FactLayer& layer, Thing thing, Way place, TemplateId form, std::uint32_t slot,
                              std::vector<Guess>& found) {
  const Told& told = layer.told();
  const auto* roles = told.roles_of(thing);
  if (roles == nullptr) return;
  std::set<std::uint32_t> after;
  std::size_t looked_at = 0;
  for (const auto& [role, count] : *roles) {
    if (++looked_at > kMostRoles) break;
    const auto* places = told.places_of(thing, role.first, role.second);
    std::size_t left = kMostPlaces;
    for (auto sentence = places->rbegin(); sentence != places->rend() && left > 0; ++sentence, --left)
      after.insert(*sentence + 1);
  }
  std::size_t left = kMostAfter;
  for (auto sentence = after.rbegin(); sentence != after.rend() && left > 0; ++sentence) {
    if (*sentence >= told.sentences().size() || told.sentences()[*sentence].form != form) continue;
    const Thing filler = told.sentences()[*sentence].fillers[slot];
    if (filler == thing) continue;
    --left;
    found.push_back({mixed({place, kMostAfter - left}), mixed({kAfter, kMostAfter - left}), told.words_of(filler)});
  }
}

std::vector<Expectation::Guess> Expectation::guesses(const FactLayer& layer, TemplateId form, std::uint32_t slot,
                                                     const Fillers& bound) const {
  std::vector<Guess> found;
  const Told& told = layer.told();
  // A thing of the sentences before.
  for (std::size_t back = 0; back < context_.size(); ++back) {
    const Read& read = context_[back];
    for (std::uint32_t other = 0; other < kMostSlots; ++other)
      if (!read.fillers[other].empty())
        found.push_back({mixed({kJustRead, form, slot, back, read.form, other}), mixed({kJustRead, slot == 0, back}),
                         read.fillers[other]});
  }
  // What stood here in the sentences that came after others about a thing of the last sentence.
  if (!context_.empty())
    for (std::uint32_t other = 0; other < kMostSlots; ++other)
      if (const auto thing = told.thing_of(context_[0].fillers[other]))
        guess_after(layer, *thing, mixed({kAfter, form, slot, context_[0].form, other}), form, slot, found);
  if (slot == 0) return found;
  // What was told of the things before it, in this sentence and the last.
  std::vector<Thing> things;
  std::vector<std::uint32_t> at;
  for (std::uint32_t from = 0; from < slot; ++from)
    if (const auto thing = told.thing_of(bound[from])) {
      things.push_back(*thing);
      at.push_back(from);
    }
  for (std::size_t i = 0; i < things.size(); ++i) {
    std::vector<Thing> others = things;
    others.erase(others.begin() + static_cast<std::ptrdiff_t>(i));
    guess_from(layer, things[i], mixed({kTold, form, slot, at[i]}), mixed({kTold, 0}), others, found);
  }
  if (!context_.empty())
    for (std::uint32_t other = 0; other < kMostSlots; ++other)
      if (const auto thing = told.thing_of(context_[0].fillers[other]))
        guess_from(layer, *thing, mixed({kTold, form, slot, 100 + other, context_[0].form}), mixed({kTold, 1}), things,
                   found);
  find_old(found, form, slot);
  return found;
}

/// The ways of which a guess is an instance, the most general first: its kind, its kind in this slot, itself, itself
/// where something newer speaks or not.
std::array<Expectation::Way, 4> Expectation::ways(const Guess& guess, TemplateId form, std::uint32_t slot) {
  return {guess.kind, mixed({guess.kind, form, slot}), guess.way, mixed({guess.way, guess.is_old})};
}

/// Ends of fillers, by whether they are known things; the same in this slot.
std::array<Expectation::Way, 2> Expectation::ways_to_end(bool is_known, TemplateId form, std::uint32_t slot) {
  return {mixed({kEnds, is_known}), mixed({kEnds, is_known, form, slot})};
}

/// How often the last of the ways came true; one that was seldom tried takes the rate of the one before it.
double Expectation::rate(std::span<const Way> ways, double rate) const {
  for (const Way way : ways)
    if (const auto record = records_.find(way); record != records_.end())
      rate = (record->second.right + kStrength * rate) / (record->second.tried + kStrength);
  return rate;
}

void Expectation::record(std::span<const Way> ways, bool is_right) {
  for (const Way way : ways) {
    Record& record = records_[way];
    record.tried += 1;
    record.right += is_right;
  }
}

/// A guess is old if something else was told since of the same thing, in a way that is often right.
void Expectation::find_old(std::vector<Guess>& guesses, TemplateId form, std::uint32_t slot) const {
  std::map<Way, std::vector<const Guess*>> good;
  for (const Guess& guess : guesses) {
    const auto all = ways(guess, form, slot);
    if (guess.of != 0 && rate(std::span(all).first<3>(), kFirstRate) > kGood) good[guess.of].push_back(&guess);
  }
  for (Guess& guess : guesses) {
    if (guess.of == 0) continue;
    const auto found = good.find(guess.of);
    guess.is_old =
        found != good.end() && std::any_of(found->second.begin(), found->second.end(), [&](const Guess* other) {
          return other->sentence > guess.sentence && other->words != guess.words;
        });
  }
}

/// The shares of what filled the slot that comes, and the rest. Where a slot before it has few fillers, such as a word
/// that once was a constant, what filled this one beside the same filler counts first, and all else as far as that is
/// not enough (absolute discounting).
std::pair<std::map<Thing, double>, double> Expectation::filled_before(const FactLayer& layer, const Parse& parse) {
  const Told& told = layer.told();
  const Template& form = told.form(parse.form);
  std::map<Thing, double> shares;
  double rest = 1;
  const auto take = [&](const std::map<Thing, std::uint32_t>& counts, std::size_t total) {
    if (counts.empty()) return;
    const double all = static_cast<double>(total) + 1;
    const double left = (1 + kDiscount * static_cast<double>(counts.size())) / all;
    for (auto& [thing, share] : shares) share *= left;
    for (const auto& [thing, count] : counts) shares[thing] += (count - kDiscount) / all;
    rest *= left;
  };
  std::map<Thing, std::uint32_t> counts;
  if (form.slots[parse.slot].dishes() <= kMostFillers)
    form.slots[parse.slot].each([&](std::uint32_t thing, std::uint32_t count) { counts[thing] = count; });
  take(counts, form.slots[parse.slot].total());
  for (std::uint32_t other = 0; other < parse.slot; ++other) {
    const auto thing = form.slots[other].dishes() <= kMostFillers ? told.thing_of(parse.bound[other]) : std::nullopt;
    const auto* places = thing ? told.places_of(*thing, parse.form, other) : nullptr;
    if (places == nullptr) continue;
    counts.clear();
    const std::size_t total = std::min(places->size(), kMostBeside);
    for (auto sentence = places->end() - static_cast<std::ptrdiff_t>(total); sentence != places->end(); ++sentence)
      ++counts[told.sentences()[*sentence].fillers[parse.slot]];
    take(counts, total);
  }
  return {std::move(shares), rest};
}

/// If a slot comes next, divides the mass of the parse among what is proposed, by how often such proposals came true,
/// and what is left among what filled the slot before.
void Expectation::propose(const FactLayer& layer, Parse& parse) const {
  if (element(layer, parse.form, parse.at) != kSlot) return;
  std::map<Words, double> votes;
  double sure = 0, all = 0;
  for (const Guess& guess : guesses(layer, parse.form, parse.slot, parse.bound)) {
    const double right = rate(ways(guess, parse.form, parse.slot), kFirstRate);
    const double vote = right * right / (1 - right);
    sure = std::max(sure, right);
    all += vote;
    votes[guess.words] += vote;
  }
  std::map<Words, double> shares;
  for (const auto& [words, vote] : votes) shares[words] += sure * vote / all;
  const auto [filled, rest] = filled_before(layer, parse);
  for (const auto& [thing, share] : filled) shares[layer.told().words_of(thing)] += (1 - sure) * share;
  const double other = (1 - sure) * rest;
  for (const auto& [words, share] : shares) parse.proposed.push_back({words, parse.other * share});
  parse.other *= other;
}

/// What was read before, the most general description first: the last template, with the fillers that only few things
/// are, with the template before it, and that one's fillers.
std::vector<Expectation::Way> Expectation::contexts(const FactLayer& layer) const {
  std::vector<Way> found;
  Way before = 0;
  for (std::size_t back = 0; back < std::min(context_.size(), kContextForms); ++back) {
    const Read& read = context_[back];
    found.push_back(before = mixed({before, read.form}));
    if (!layer.told().used().contains(read.form)) continue;
    const auto& slots = layer.told().form(read.form).slots;
    for (std::size_t slot = 0; slot < std::min(slots.size(), kMostSlots); ++slot)
      if (slots[slot].dishes() <= kFewFillers) before = mixed({before, slot, WordsHash()(read.fillers[slot])});
    if (before != found.back()) found.push_back(before);
  }
  return found;
}

void Expectation::begin(const FactLayer& layer) {
  words_.clear();
  parses_.clear();
  complete_.reset();
  is_read_ = false;
  const Told& told = layer.told();
  const auto all = static_cast<double>(told.sentences().size() + 1);
  std::vector<const Followers*> known;
  for (const Way before : contexts(layer))
    if (const auto found = followed_.find(before); found != followed_.end()) known.push_back(&found->second);
  const auto prior = [&](TemplateId form, double count) {
    double share = count / all;
    for (const Followers* followers : known) {
      const auto found = followers->counts.find(form);
      const double after = found == followers->counts.end() ? 0 : found->second - kDiscount;
      const double left = kStrength + kDiscount * static_cast<double>(followers->counts.size());
      share = (after + left * share) / (followers->total + kStrength);
    }
    return share;
  };
  std::size_t described = 0;
  for (const TemplateId id : told.used()) {
    const Template& form = told.form(id);
    described += form.members.size();
    if (form.members.empty() || form.slots.size() > kMostSlots) continue;
    Parse parse{id};
    parse.other = prior(id, static_cast<double>(form.members.size()));
    propose(layer, parse);
    parses_.push_back(std::move(parse));
  }
  unparsed_ = prior(kNoTemplate, 1 + static_cast<double>(told.sentences().size() - described));
  expect(layer);
}

/// The chance that an open filler which nothing proposed ends here.
double Expectation::closing(const FactLayer& layer, const Parse& parse) const {
  if (!parse.is_open) return 0;
  const Words filler(words_.begin() + parse.begin, words_.end());
  if (filler.size() >= kMaxFiller) return 1;
  const bool is_known = layer.told().thing_of(filler).has_value();
  const double ends = rate(ways_to_end(is_known, parse.form, parse.slot), is_known ? kKnownEnds : kUnknownEnds);
  return std::clamp(ends, kLeastEnds, 1 - kLeastEnds);
}

/// Sums up what the parses expect.
void Expectation::expect(const FactLayer& layer) {
  shares_.clear();
  expected_ = {};
  double all = unparsed_;
  const auto give = [&](Word word, double mass) {
    if (word != kSlot && mass > 0) shares_[word] += mass;
  };
  for (const Parse& parse : parses_) {
    all += parse.mass();
    const Word here = element(layer, parse.form, parse.at);
    if (here != kSlot) {
      give(here, parse.other);
      continue;
    }
    const Word after = element(layer, parse.form, parse.at + 1);
    const std::size_t read = parse.is_open ? words_.size() - parse.begin : 0;
    for (const Proposed& one : parse.proposed) {
      give(read < one.words.size() ? one.words[read] : after, one.mass);
      if (read == 0) expected_.by_fact += one.mass;
    }
    give(after, parse.other * closing(layer, parse));
  }
  double given = 0;
  for (auto& [word, share] : shares_) {
    given += share /= all;
    expected_.peak = std::max(expected_.peak, share);
  }
  expected_.escape = std::max(0.0, 1 - given);
  expected_.by_fact /= all;
}

Expectation::Prediction Expectation::predict(Word word) const {
  Prediction prediction = expected_;
  if (const auto found = shares_.find(word); found != shares_.end()) prediction.share = found->second;
  return prediction;
}

/// The parse of this mass after its open filler ended, if the word is what comes then.
void Expectation::close(const FactLayer& layer, Parse parse, double mass, std::vector<Parse>& next, Word word) const {
  if (!(mass > 0) || element(layer, parse.form, parse.at + 1) != word) return;
  parse.bound[parse.slot] = Words(words_.begin() + parse.begin, words_.end());
  parse.at += 2;
  ++parse.slot;
  parse.is_open = false;
  parse.other = mass;
  parse.proposed.clear();
  propose(layer, parse);
  next.push_back(std::move(parse));
}

/// What becomes of a parse when the word is read, which does not stand in words_ yet.
void Expectation::advance(const FactLayer& layer, const Parse& parse, Word word, std::vector<Parse>& next) const {
  const Word here = element(layer, parse.form, parse.at);
  if (here != kSlot) {
    if (here != word) return;
    Parse after = parse;
    ++after.at;
    propose(layer, after);
    next.push_back(std::move(after));
    return;
  }
  const std::size_t read = parse.is_open ? words_.size() - parse.begin : 0;
  const double ends = closing(layer, parse);
  double closed = parse.other * ends;
  Parse longer = parse;
  longer.proposed.clear();
  for (const Proposed& one : parse.proposed) {
    if (read == one.words.size())
      closed += one.mass;
    else if (one.words[read] == word)
      longer.proposed.push_back(one);
  }
  if (parse.is_open) close(layer, parse, closed, next, word);
  if (word == kEnd || read >= kMaxFiller) return;
  if (!parse.is_open) longer.begin = static_cast<std::uint32_t>(words_.size());
  longer.is_open = true;
  longer.other *= (1 - ends) * std::exp2(-layer.told().bits_of(word));
  next.push_back(std::move(longer));
}

void Expectation::read(const FactLayer& layer, Word word) {
  std::vector<Parse> next;
  for (const Parse& parse : parses_) advance(layer, parse, word, next);
  unparsed_ *= std::exp2(word == kEnd ? -3 : -layer.told().bits_of(word));
  const auto mass_of_all = [&] {
    double sum = unparsed_;
    for (const Parse& parse : next) sum += parse.mass();
    return sum;
  };
  double all = mass_of_all();
  std::erase_if(next, [&](const Parse& parse) { return !(parse.mass() > kLeastShare * all); });
  std::stable_sort(next.begin(), next.end(), [](const Parse& a, const Parse& b) { return a.mass() > b.mass(); });
  if (next.size() > kMostParses) next.resize(kMostParses);
  all = mass_of_all();
  if (!(all > 0)) all = unparsed_ = 1;  // nothing gave the word a chance
  for (Parse& parse : next) {
    parse.other /= all;
    for (Proposed& one : parse.proposed) one.mass /= all;
  }
  unparsed_ /= all;
  parses_ = std::move(next);
  if (word == kEnd) {
    is_read_ = true;
    if (!parses_.empty()) complete_ = parses_.front();
    parses_.clear();
    return;
  }
  words_.push_back(word);
  expect(layer);
}

void Expectation::learn(const FactLayer& layer) {
  base::check(is_read_, "an expectation learns from a sentence that was not read to its end");
  Read read{kNoTemplate};
  if (complete_) {
    read = {complete_->form, complete_->bound};
    Fillers bound = complete_->bound;
    for (std::uint32_t slot = complete_->slot; slot-- > 0;) {
      const Words filler = std::exchange(bound[slot], Words());
      for (std::size_t length = 1; length <= filler.size(); ++length) {
        const Words begun(filler.begin(), filler.begin() + static_cast<std::ptrdiff_t>(length));
        const bool is_known = layer.told().thing_of(begun).has_value();
        record(ways_to_end(is_known, complete_->form, slot), length == filler.size());
      }
      for (const Guess& guess : guesses(layer, complete_->form, slot, bound))
        record(ways(guess, complete_->form, slot), guess.words == filler);
    }
  }
  for (const Way before : contexts(layer)) {
    Followers& followers = followed_[before];
    followers.counts[read.form] += 1;
    followers.total += 1;
  }
  context_.push_front(std::move(read));
  if (context_.size() > kContext) context_.pop_back();
}

void Expectation::rename(Word word, Word known) {
  for (Read& read : context_)
    for (Words& filler : read.fillers) std::replace(filler.begin(), filler.end(), word, known);
}

nlohmann::json Expectation::save() const {
  nlohmann::json state = {
      {"ways", nlohmann::json::array()}, {"followers", nlohmann::json::array()}, {"context", nlohmann::json::array()}};
  for (const Read& read : context_) state["context"].push_back({read.form, read.fillers});
  for (const auto& [way, record] : std::map(records_.begin(), records_.end()))
    state["ways"].push_back({way, record.right, record.tried});
  for (const auto& [before, followers] : std::map(followed_.begin(), followed_.end()))
    for (const auto& [form, count] : followers.counts) state["followers"].push_back({before, form, count});
  return state;
}

void Expectation::load(const nlohmann::json& state) try {
  std::unordered_map<Way, Record> records;
  for (const auto& one : state.at("ways")) {
    const Record record{one.at(1), one.at(2)};
    if (record.right >= 0 && record.tried >= record.right) records[one.at(0).get<Way>()] = record;
  }
  std::unordered_map<Way, Followers> followed;
  const auto follows = [&](Way before, const nlohmann::json& one) {
    const double count = one.at(2).get<double>();
    if (!(count >= 1)) return;
    Followers& followers = followed[before];
    followers.counts[one.at(1).get<TemplateId>()] = count;
    followers.total += count;
  };
  const auto none = nlohmann::json::array();
  for (const auto& one : state.value("followers", none)) follows(one.at(0).get<Way>(), one);
  // Before there were longer contexts, only the template before was one.
  for (const auto& one : state.value("followed", none)) follows(mixed({0, one.at(0).get<TemplateId>()}), one);
  std::deque<Read> context;
  for (const auto& one : state.at("context"))
    if (context.size() < kContext) context.push_back({one.at(0).get<TemplateId>(), one.at(1).get<Fillers>()});
  records_ = std::move(records);
  context_ = std::move(context);
  followed_ = std::move(followed);
} catch (const nlohmann::json::exception&) {
  // of another version: it is learned again
}

}  // namespace noema::concepts::facts
