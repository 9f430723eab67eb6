#include "reasoning/knowledge.h"

#include <algorithm>
#include <set>

#include "base/error.h"
#include "base/nearest.h"
#include "concepts/facts/identity.h"
#include "concepts/facts/names.h"
#include "concepts/facts/relations.h"
#include "reasoning/journal.h"
#include "reasoning/taught.h"
#include "reasoning/thoughts/withdraw.h"
#include "reasoning/withdrawn.h"

namespace noema::reasoning {
namespace {

using concepts::facts::Fact;
using concepts::facts::FactLayer;
using concepts::facts::Filler;
using concepts::facts::kSlot;
using concepts::facts::Link;
using concepts::facts::Place;
using concepts::facts::Relation;
using concepts::facts::Thing;
using concepts::facts::Word;
using concepts::facts::Words;
using concepts::facts::Wrap;

constexpr double kMinIdentityBits = 4;  ///< two names are one if this is likelier by so much

Place place_of_value(const Fact& fact) { return {fact.sentence, fact.link.form, fact.link.value}; }

}  // namespace

Words Knowledge::learn_words(const std::string& text, base::IdentityRule rule) {
  return facts_.learn_words(base::identities_in(segmenter_, text, rule));
}

Words Knowledge::words_of(const std::string& text) const {
  return facts_.words_of(base::identities_in(segmenter_, text));
}

Knowledge::Question Knowledge::read_question(const std::string& text) const {
  Question question{base::identities_in(segmenter_, text)};
  question.words = facts_.words_of(question.identities);
  const auto& all = question.identities;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (question.words[i] == FactLayer::kUnknown)
      question.words[i] -= static_cast<Word>(1 + (std::find(all.begin(), all.end(), all[i]) - all.begin()));
  return question;
}

/// Whether two words that were told, or are the question's, may be forms of one word. The question must outlive it.
concepts::facts::Alike Knowledge::written_alike(const Question* question) const {
  const auto text_of = [this, question](Word word) -> const std::string& {
    if (static_cast<std::size_t>(word) < facts_.words()) return facts_.text_of(word);
    return question->identities.at(static_cast<std::size_t>(FactLayer::kUnknown - 1 - word));
  };
  return [text_of](Word a, Word b) { return base::are_written_alike(text_of(a), text_of(b)); };
}

std::string Knowledge::in_words(const Words& words) const {
  std::string text;
  for (const Word word : words) {
    if (!text.empty()) text += ' ';
    text += word == kSlot ? "_" : facts_.text_of(word);
  }
  return text;
}

/// Takes a taught or asked question; returns whether the input is one.
bool Knowledge::take_question(const memory::EpisodeRow& row, base::IdentityRule rule) {
  if (row.kind == kAsked) {
    asked_.push_back(row.text);
    return true;
  }
  if (row.kind == kTaught || row.kind == kRefused) {
    concepts::facts::TaughtQuestion taught{learn_words(row.text, rule),
                                           std::nullopt,
                                           static_cast<std::uint32_t>(told().sentences().size()),
                                           row.id,
                                           row.kind == kRefused,
                                           false,
                                           scenes_.scene_of(row.group)};
    if (row.answer) taught.answer = learn_words(*row.answer, rule);
    questions_.teach(std::move(taught));
    return true;
  }
  return false;
}

/// Takes the next entry of the log, a sentence by `take_sentence`; returns whether it was one.
bool Knowledge::take(const memory::Life& life, const memory::LogEntry& entry, TakeSentence take_sentence) {
  bool is_sentence = false;
  if (entry.episode != nullptr) {
    const base::IdentityRule rule = life.episodes().rule_at(entry.position);
    is_sentence = !take_question(*entry.episode, rule) &&
                  (facts_.*take_sentence)(learn_words(entry.episode->text, rule), entry.episode->id);
    if (is_sentence) {
      const auto sentence = static_cast<std::uint32_t>(told().sentences().size() - 1);
      scenes_.tell(scenes_.scene_of(entry.episode->group), sentence);
      unwritten_.push_back(sentence);
    }
  }
  take_withdrawal(entry);
  position_ = entry.position;
  return is_sentence;
}

/// Takes a thought or an undo of the log; only those of withdrawals say anything of what is known.
void Knowledge::take_withdrawal(const memory::LogEntry& entry) {
  if (entry.thought == nullptr || entry.thought->kind != thoughts::withdraw().name()) return;
  const std::int64_t input = thoughts::withdrawn_in(thought_of(*entry.thought).operands);
  if (const auto sentence = told().sentence_of(input)) unwritten_.push_back(*sentence);
  if (entry.kind == memory::LogKind::kThought) {
    facts_.withdraw(input);
    questions_.withdraw(input);
    paths_ = {};
  } else {
    facts_.restore(input);
    questions_.restore(input);
    paths_ = {};
  }
}

Knowledge Knowledge::of(const memory::Life& life) {
  Knowledge knowledge = stored_in(life);
  if (knowledge.was_thought_) knowledge.take_tail(life);
  return knowledge;
}

void Knowledge::catch_up(const memory::Life& life) {
  if (was_thought_ && position_ != life.last_position()) take_tail(life);
}

/// Takes what was told since, without thinking about it, and learns the questions if anything but a question was.
void Knowledge::take_tail(const memory::Life& life) {
  memory::for_each_log_entry(life, position_, [&](const memory::LogEntry& entry) {
    take(life, entry, &FactLayer::tell);
    if (entry.episode == nullptr || entry.episode->kind != kAsked) has_learned_ = false;
  });
  if (!has_learned_) questions_.learn(told(), facts_.relations(), written_alike());
  has_learned_ = true;
}

std::size_t Knowledge::think(const memory::Life& life, const std::function<bool()>& keep_on) {
  std::size_t inputs = 0;
  life.for_log_entries_while(position_, [&](const memory::LogEntry& entry) {
    if (keep_on && !keep_on()) return false;
    inputs += take(life, entry, &FactLayer::think);
    has_learned_ = false;
    return true;
  });
  was_thought_ = true;
  return inputs;
}

std::vector<KnownIdentity> Knowledge::identities_if_due() {
  return concepts::facts::is_due_again(told().sentences().size(), identified_at_) ? identities()
                                                                                  : std::vector<KnownIdentity>();
}

/// Names of one unit that mean one thing. Two that differ by one letter are spelled alike.
std::vector<KnownIdentity> Knowledge::identities() {
  identified_at_ = static_cast<std::uint32_t>(told().sentences().size());
  const auto name = [&](Thing thing) -> const std::string* {
    const Words& words = told().words_of(thing);
    return words.size() == 1 ? &facts_.text_of(words[0]) : nullptr;
  };
  const auto is_spelled_alike = [&](Thing a, Thing b) {
    const std::string *x = name(a), *y = name(b);
    return x != nullptr && y != nullptr && base::edit_distance(*x, *y, 1) <= 1;
  };
  std::vector<KnownIdentity> known;
  for (const auto& found : concepts::facts::find_identities(told(), is_spelled_alike, kMinIdentityBits)) {
    const std::string *a = name(found.a), *b = name(found.b);
    if (a == nullptr || b == nullptr) continue;
    known.push_back({*a, *b, found.bits});
    for (const std::uint32_t sentence : found.evidence)
      known.back().evidence.push_back(told().sentences()[sentence].source);
  }
  return known;
}

/// What a taught answer says between two parts, as it writes it.
std::string Knowledge::joint_as_taught(const memory::Life& life, const concepts::facts::Gathering::Joint& joint) const {
  const auto row = life.episodes().find(joint.source);
  if (!row || !row->answer) return " ";
  const std::vector<base::Unit> units = segmenter_.split(*row->answer);
  const std::size_t begin = units.at(joint.end - 1).end;
  return row->answer->substr(begin, units.at(joint.begin).text_begin - begin);
}

/// The filler of a slot, or some of its words, with the constants around it that answers say, as the input writes it.
std::string Knowledge::told_as(const memory::Life& life, Place place, Wrap wrap, const Words* part) const {
  const auto& sentence = told().sentences()[place.sentence];
  const auto row = life.episodes().input(sentence.source);
  const auto fillers = concepts::facts::match(told().form(place.form).pattern, sentence.words);
  base::check(fillers.has_value(), "a sentence does not match its template");
  Filler filler = (*fillers)[place.slot];
  if (part != nullptr) {
    const auto end = sentence.words.begin() + filler.end;
    const auto found = std::search(sentence.words.begin() + filler.begin, end, part->begin(), part->end());
    base::check(found != end, "a filler does not hold its part");
    filler.begin = static_cast<std::uint32_t>(found - sentence.words.begin());
    filler.end = filler.begin + static_cast<std::uint32_t>(part->size());
  }
  if (!row) return in_words({sentence.words.begin() + filler.begin, sentence.words.begin() + filler.end});
  const std::vector<base::Unit> units = segmenter_.split(row->text);
  const std::size_t begin = units.at(filler.begin - wrap.before).text_begin;
  return row->text.substr(begin, units.at(filler.end + wrap.after - 1).end - begin);
}

std::vector<memory::EpisodeId> Knowledge::sources_of(const std::vector<Fact>& chain) const {
  std::vector<memory::EpisodeId> sources;
  for (const Fact& fact : chain) sources.push_back(told().sentences()[fact.sentence].source);
  return sources;
}

/// How many sentences had been told by then. Inputs are taken to be in the order of their times. O(log sentences).
std::uint32_t Knowledge::sentences_as_of(const memory::Life& life, const AsOf& as_of) const {
  if (!as_of.time && !as_of.input) return concepts::facts::kNow;
  const auto& sentences = told().sentences();
  const auto later = std::partition_point(sentences.begin(), sentences.end(), [&](const auto& sentence) {
    if (as_of.input) return sentence.source <= *as_of.input;
    const auto row = life.episodes().find(sentence.source);
    return row && row->time <= *as_of.time;
  });
  return static_cast<std::uint32_t>(later - sentences.begin());
}

/// The kind of fact that holds one of the links.
std::optional<std::uint32_t> Knowledge::kind_of(const Relation& links) const {
  for (std::uint32_t kind = 0; kind < facts_.kinds().size(); ++kind)
    for (const Link& link : links)
      if (std::find(facts_.kinds()[kind].begin(), facts_.kinds()[kind].end(), link) != facts_.kinds()[kind].end())
        return kind;
  return std::nullopt;
}

KnownAnswer Knowledge::answer(const memory::Life& life, const std::string& question, const AsOf& as_of,
                              const std::string& group) const {
  const Question read = read_question(question);
  const Words& words = read.words;
  const std::uint32_t sentences = sentences_as_of(life, as_of);
  const auto scene = scenes_.sentences(scenes_.find(group), sentences);
  KnownAnswer by_relation = answer_by_relation(life, read, sentences);
  // A question about a group is not answered by what was told in another.
  const auto is_elsewhere = [&](memory::EpisodeId source) {
    const auto sentence = told().sentence_of(source);
    return !sentence || !std::binary_search(scene.begin(), scene.end(), *sentence);
  };
  if (!group.empty() && std::any_of(by_relation.chain.begin(), by_relation.chain.end(), is_elsewhere)) by_relation = {};
  auto by_path = answer_by_path(life, words, scene);
  // A path that only learned to find nothing does not speak against a fact.
  if (by_relation.is_untaught && by_relation.value && by_path && !by_path->value) return by_relation;
  if (!by_path || (by_relation.is_understood && by_relation.reliability >= by_path->reliability)) return by_relation;
  return *std::move(by_path);
}

/// Nothing if no way to the answer was right more often than not, or such questions are more often answered wrongly.
std::optional<KnownAnswer> Knowledge::answer_by_path(const memory::Life& life, const Words& question,
                                                     std::span<const std::uint32_t> scene) const {
  constexpr double kLeastRate = 0.5;
  const auto found = paths_.ask(told(), scenes_, questions_.taught(), question, scene);
  if (!found || found->rate < kLeastRate || found->reliability < kLeastRate) return std::nullopt;
  KnownAnswer answer{true};
  answer.reliability = found->reliability;
  answer.confidence = found->rate;
  for (const std::uint32_t sentence : found->path) answer.chain.push_back(told().sentences()[sentence].source);
  for (const concepts::facts::Part& part : found->parts)
    answer.value = (answer.value ? *answer.value + joint_as_taught(life, *found->joint) : "") +
                   told_as(life, part.place, {}, &part.words);
  if (answer.value) return answer;
  if (const auto row = found->taught_by ? life.episodes().find(*found->taught_by) : std::nullopt)
    answer.value = row->answer;
  return answer;
}

KnownAnswer Knowledge::answer_by_relation(const memory::Life& life, const Question& question,
                                          std::uint32_t sentences) const {
  KnownAnswer answer;
  const concepts::facts::Reply reply =
      questions_.ask(told(), facts_.relations(), question.words, sentences, written_alike(&question));
  answer.is_understood = reply.is_understood;
  answer.is_untaught = reply.is_untaught || reply.right + reply.wrong == 0;
  answer.confidence = answer.reliability = (reply.right + 0.5) / (reply.right + reply.wrong + 1.0);
  answer.chain = sources_of(reply.chain);
  if (reply.fact) {
    answer.value = told_as(life, place_of_value(*reply.fact), reply.wrap);
    return answer;
  }
  if (!reply.is_understood) return answer;
  const auto kind = kind_of(reply.links);
  const auto inferred =
      kind ? concepts::facts::infer(told(), facts_.kinds(), facts_.rules(), *kind, reply.subject, sentences)
           : std::nullopt;
  if (inferred) {
    const Fact& last = inferred->chain.back();
    answer.value = told_as(life, place_of_value(last));
    answer.inferred_by = in_words(facts_.rules()[inferred->rule]).says;
    answer.confidence *= facts_.rules()[inferred->rule].confidence();
    for (const memory::EpisodeId source : sources_of(inferred->chain)) answer.chain.push_back(source);
  } else if (reply.withdrawn) {
    const auto withdrawn = withdrawn_inputs(life);
    const auto found = withdrawn.find(told().sentences()[reply.withdrawn->sentence].source);
    if (found != withdrawn.end()) answer.gone_since = found->second;
  }
  return answer;
}

/// A kind of fact in the words of its template of most sentences; a condition's slot shows what it must be.
std::string Knowledge::in_words(const Relation& kind, const std::string& subject, const std::string& value,
                                const std::string& others) const {
  const Link& link = *std::max_element(kind.begin(), kind.end(), [&](const Link& a, const Link& b) {
    return told().form(a.form).members.size() < told().form(b.form).members.size();
  });
  std::string text;
  std::uint32_t slot = 0;
  for (const Word word : told().form(link.form).pattern) {
    if (!text.empty()) text += ' ';
    if (word != kSlot) {
      text += facts_.text_of(word);
      continue;
    }
    if (slot == link.subject)
      text += subject;
    else if (slot == link.value)
      text += value;
    else if (link.where == slot)
      text += in_words(told().words_of(link.is));
    else
      text += others;
    ++slot;
  }
  return text;
}

KnownRule Knowledge::in_words(const concepts::facts::Rule& rule) const {
  KnownRule known{in_words(facts_.kinds()[rule.kind], "X", "Y"), {}, rule.holds, rule.fails};
  for (std::size_t i = 0; i < rule.path.size(); ++i) {
    const std::string from = i == 0 ? "X" : "Z", to = i + 1 == rule.path.size() ? "Y" : "Z";
    const bool inverse = rule.path[i].is_inverse;
    known.path.push_back(in_words(facts_.kinds()[rule.path[i].kind], inverse ? to : from, inverse ? from : to));
  }
  return known;
}

/// Adds what one kind of fact says of a thing: a value told again counts once, another one takes its place.
void Knowledge::add_facts(const memory::Life& life, const Relation& kind, Thing subject, std::uint32_t sentences,
                          std::vector<KnownFact>& facts) const {
  const std::string name = in_words(kind, "_", "_");
  const std::size_t first = facts.size();
  for (const Fact& fact : concepts::facts::facts_of(told(), kind, subject, sentences)) {
    const memory::EpisodeId source = told().sentences()[fact.sentence].source;
    const auto row = life.episodes().find(source);
    const double time = row ? row->time : 0;
    const std::string value = told_as(life, place_of_value(fact));
    if (facts.size() > first && facts.back().value == value) {
      facts.back().told.push_back(source);
      continue;
    }
    if (facts.size() > first) facts.back().until = time;
    facts.push_back(
        {name, told_as(life, {fact.sentence, fact.link.form, fact.link.subject}), value, time, std::nullopt, {source}});
    facts.back().says = in_words(kind, facts.back().subject, value, "...");
  }
}

std::vector<KnownFact> Knowledge::facts(const memory::Life& life, const std::string& thing, const AsOf& as_of) const {
  const auto subject = concepts::facts::thing_named(told(), words_of(thing));
  std::vector<KnownFact> facts;
  if (!subject) return facts;
  const std::uint32_t sentences = sentences_as_of(life, as_of);
  for (const Relation& relation : facts_.relations()) add_facts(life, relation, *subject, sentences, facts);
  // What is told in a way that belongs to no relation: each value stands, for nothing says that one replaces another.
  for (const auto& [role, count] : *told().roles_of(*subject)) {
    for (std::uint32_t value = 0; value < told().form(role.first).slots.size(); ++value) {
      const Link link{role.first, role.second, value};
      const auto says = [&](const Link& other) {
        return other.form == link.form && other.subject == link.subject && other.value == link.value;
      };
      if (value == role.second ||
          std::any_of(facts_.relations().begin(), facts_.relations().end(),
                      [&](const Relation& relation) { return std::any_of(relation.begin(), relation.end(), says); }))
        continue;
      const std::size_t first = facts.size();
      add_facts(life, {link}, *subject, sentences, facts);
      for (std::size_t i = first; i < facts.size(); ++i) facts[i].until.reset();
    }
  }
  for (std::uint32_t kind = 0; kind < facts_.kinds().size(); ++kind) {
    if (concepts::facts::newest_fact(told(), facts_.kinds()[kind], *subject, sentences)) continue;
    const auto inferred = concepts::facts::infer(told(), facts_.kinds(), facts_.rules(), kind, *subject, sentences);
    if (!inferred) continue;
    const Fact& last = inferred->chain.back();
    const auto& rule = facts_.rules()[inferred->rule];
    // A value that was told of the thing in other words is nothing new.
    const std::string value = told_as(life, place_of_value(last));
    if (std::any_of(facts.begin(), facts.end(), [&](const KnownFact& known) { return known.value == value; })) continue;
    KnownFact fact{in_words(facts_.kinds()[kind], "_", "_"), thing, value};
    fact.says = in_words(facts_.kinds()[kind], thing, value, "...");
    fact.told = sources_of(inferred->chain);
    for (const memory::EpisodeId source : fact.told)
      if (const auto row = life.episodes().find(source)) fact.since = std::max(fact.since, row->time);
    fact.inferred_by = in_words(rule).says;
    fact.confidence = rule.confidence();
    facts.push_back(std::move(fact));
  }
  return facts;
}

/// The rules, the one that holds most often first. Two that read the same in words, such as a rule and its mirror
/// image, are one.
std::vector<KnownRule> Knowledge::rules_in_words() const {
  std::vector<KnownRule> known;
  for (const auto& rule : facts_.rules()) known.push_back(in_words(rule));
  std::stable_sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.holds > b.holds; });
  std::set<std::pair<std::string, std::vector<std::string>>> read;
  std::erase_if(known, [&](const auto& rule) { return !read.emplace(rule.says, rule.path).second; });
  return known;
}

std::vector<KnownRule> Knowledge::rules(const memory::Life& life) const {
  std::vector<KnownRule> known = rules_in_words();
  for (const std::string& question : asked_) {
    const KnownAnswer found = answer(life, question);
    for (KnownRule& rule : known)
      if (found.inferred_by == rule.says) {
        ++rule.used;
        break;
      }
  }
  return known;
}

std::vector<KnownRelation> Knowledge::relations() const {
  std::vector<KnownRelation> known;
  for (const Relation& relation : facts_.relations()) {
    KnownRelation one;
    for (const Link& link : relation) {
      one.templates.push_back(in_words({link}, "_", "_"));
      for (const std::uint32_t number : told().form(link.form).members)
        one.told += concepts::facts::holds(told(), number, link);
    }
    known.push_back(std::move(one));
  }
  std::stable_sort(known.begin(), known.end(), [](const auto& a, const auto& b) { return a.told > b.told; });
  return known;
}

}  // namespace noema::reasoning
